"""Chooses the path under which an uploaded or generated file is stored."""

import uuid
from pathlib import PurePath

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
