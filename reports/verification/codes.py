"""The short code of an issued report: 80 random bits that can be read aloud and typed."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
LENGTH, GROUP = 16, 4
MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise(text: str) -> str:
    """Returns the code as it is printed, however it was typed. Text that is no code gives an unknown code."""
    characters = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    return _grouped(characters.translate(MISREAD)[: 2 * LENGTH])


def _grouped(characters: str) -> str:
    starts = range(0, len(characters), GROUP)
    return "-".join(characters[start : start + GROUP] for start in starts)
