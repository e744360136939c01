"""One file of the corpus. Nothing of it is stored: the tests make every file when they need it."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile


class Case(NamedTuple):
    """`reason` is a part of the sentence with which it is refused; empty for a file that is kept."""

    name: str
    make: Callable[[], bytes]
    reason: str = ""

    @property
    def content(self) -> bytes:
        return _made(self.make)

    def upload(self):
        """What the browser says about the type counts for nothing."""
        return SimpleUploadedFile(self.name, self.content, "text/html")


@cache
def _made(make):
    return make()
