"""Where an uploaded or made file is stored."""

import uuid
from pathlib import PurePath

from django.utils import timezone
from django.utils.deconstruct import deconstructible


@deconstructible
class RandomPath:
    """`upload_to` of a FileField: a name in `folder` that nobody can guess and that tells nothing.

    Of the given name only the extension is kept. `folder` may hold %Y, the year of today.
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
