"""Chooses the path under which an uploaded or generated file is stored."""

import os
import uuid
from pathlib import Path, PurePath

from django.core.files.storage import FileSystemStorage
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


def is_on_this_machine(storage) -> bool:
    """Whether the files are on a disk of this machine, not in a bucket."""
    return isinstance(storage, FileSystemStorage)


def each_file(storage):
    """(name, size in bytes) of every file in the storage, in no certain order, whoever wrote it."""
    if not is_on_this_machine(storage):
        yield from storage.names_and_sizes()
        return
    for folder, _, names in os.walk(storage.location):
        for name in names:
            path = Path(folder, name)
            try:
                size = path.lstat().st_size
            except FileNotFoundError:  # removed just now
                continue
            yield str(path.relative_to(storage.location)), size
