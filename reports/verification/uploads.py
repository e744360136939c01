"""Hashes an uploaded file without keeping any of it in memory or on disk."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


@dataclass
class HashedFile:
    name: str
    size: int
    sha256: str
    is_too_large: bool


class HashingHandler(FileUploadHandler):
    """Stops hashing at the limit but reads the rest, so that the page can answer with a sentence."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.digest, self.size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if not self._is_too_large:
            self.digest.update(raw_data)

    def file_complete(self, file_size):
        return HashedFile(self.file_name, self.size, self.digest.hexdigest(), self._is_too_large)

    @property
    def _is_too_large(self):
        return self.size > settings.VERIFICATION_MAX_MEGABYTES * 1024 * 1024
