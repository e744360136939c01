"""Chooses the path under which an uploaded or generated file is stored."""

import os
import uuid
from pathlib import Path, PurePath

from django.utils import timezone
from django.utils.deconstruct import deconstructible


@deconstructible
class RandomPath:
    """An `upload_to` for a FileField: a random name in `folder`, which nobody can guess.

    It keeps only the extension of the given name. `folder` may contain %Y for the current year.
    """

    def __init__(self, folder: str):
        self.folder = folder

    def __call__(self, record, filename: str) -> str:
        extension = PurePath(filename).suffix.lower()
        return f"{timezone.now():{self.folder}}/{uuid.uuid4().hex}{extension}"

    def __eq__(self, other):
        return isinstance(other, RandomPath) and self.folder == other.folder

    def __hash__(self):
        return hash(self.folder)


def each_file(storage):
    """(name, size in bytes) of every file in the storage, in no certain order, whoever wrote it."""
    if hasattr(storage, "bucket"):
        prefix = f"{storage.location.strip('/')}/" if storage.location else ""
        for row in storage.bucket.objects.filter(Prefix=prefix):
            yield row.key.removeprefix(prefix), row.size
        return
    for folder, _, names in os.walk(storage.location):
        for name in names:
            path = Path(folder, name)
            yield str(path.relative_to(storage.location)), path.lstat().st_size
