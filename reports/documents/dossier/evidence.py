"""What a document does with evidence files, and whether a file is still the one that was received."""

import hashlib
from enum import StrEnum


class Mode(StrEnum):
    """What a document does with the files of its annexes."""

    NONE = "none"
    ATTACHED = "attached"
    MERGED = "merged"


def lost(revision):
    """Returns why the stored file cannot be used; empty when it is still the file that was received."""
    if not revision.file.storage.exists(revision.file.name):
        return "tidak ada lagi di tempat penyimpanan"
    with revision.file.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() == revision.sha256:
            return ""
    return "isinya tidak sama lagi dengan yang diunggah (SHA-256 berbeda)"
