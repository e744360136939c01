"""The name of a received file, as people may see it."""

import unicodedata

LONGEST = 200


def safe_name(name: str) -> str:
    """The last part of the path as plain text: no control and invisible characters, at most 200 others."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if not unicodedata.category(char).startswith("C"))
    stem, dot, extension = " ".join(name.split()).rpartition(".")
    if not dot:
        return extension[:LONGEST]
    return f"{stem[: LONGEST - 1 - len(extension)]}{dot}{extension}"[-LONGEST:]
