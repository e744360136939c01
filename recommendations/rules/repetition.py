"""The sentence about a recommendation that an earlier LHE made already; the Word import recognises it."""

import re

PRINTED = re.compile(r"Berulang sejak LHE tahun kinerja [0-9]{4}\.?")


def sentence(year: int | None) -> str:
    return f"Berulang sejak LHE tahun kinerja {year}" if year else ""


def is_sentence(text: str) -> bool:
    """Whether a printed line says nothing but this."""
    return bool(PRINTED.fullmatch(" ".join(text.split())))
