"""Formats and limits for all our spreadsheets, whichever library writes them."""

import re
from collections.abc import Iterable

from sakip import type_metrics
from sakip.text import printable

DATE_FORMAT = "[$-421]d mmmm yyyy"  # with Indonesian names of months
WHOLE_FORMAT = "0"  # for a year or an id, which have no thousands dot
GROUPED_FORMAT = "#,##0"
EXACT_DIGITS = 15  # digits that a number in a spreadsheet keeps
CELL_LIMIT = 32_767  # UTF-16 units in one cell
NAME_LIMIT = 31  # characters in the name of a sheet
# The width of a column counts digits of Arial 10 or Calibri 11, which are as wide, and the padding.
DIGIT_PIXELS, CELL_PADDING, POINTS_PER_PIXEL = 7, 5, 0.75
SCREEN_LOSS = 0.97  # Excel rounds the width of each letter on screen to whole pixels
A4, FOLIO = 9, 14  # Excel's codes; Folio is 8,5 × 13 inch
# A spreadsheet program runs a text that begins with one of these; in CSV also after the blanks below.
# (OWASP ASVS 5.0, 1.2.10)
FORMULA_SIGNS = ("=", "+", "-", "@")
FORMULA_STARTS = (*FORMULA_SIGNS, "\t", "\r", "\n")


def without_formula(text: str) -> str:
    """`text` for a CSV file. One that looks like a formula gets an apostrophe, so that it is not run."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def fitting(text: str) -> str:
    """The text cut to the size of one cell; a text that was cut ends with an ellipsis."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= CELL_LIMIT * 2:
        return text
    return units[: (CELL_LIMIT - 1) * 2].decode("utf-16-le", "ignore").rstrip() + "…"


def line_count(text: str, width: float, *, size: float = 10, bold: bool = False) -> int:
    """The number of lines of `text` in Arial of `size` points in a column `width` characters wide."""
    return type_metrics.line_count(text, room_of(width, size=size), bold=bold)


def room_of(width: float, *, size: float = 10) -> float:
    """The room for a line in a column `width` characters wide, as `type_metrics` counts it."""
    points = (width * DIGIT_PIXELS - CELL_PADDING) * POINTS_PER_PIXEL
    return points * SCREEN_LOSS / size * 1000


def column_width(text: str, *, size: float = 10, bold: bool = False) -> float:
    """The width, in characters, of a column that shows `text` in one line of Arial."""
    points = type_metrics.width_of(text, bold=bold) * size / 1000 / SCREEN_LOSS
    return (points / POINTS_PER_PIXEL + CELL_PADDING) / DIGIT_PIXELS


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A sheet name that Excel accepts: short, without []:*?/\\ or outer apostrophes, not in `taken`."""
    name = re.sub(r"[\[\]:*?/\\\s]+", " ", printable(wanted)).strip(" '")
    name = name[:NAME_LIMIT].strip(" '") or "Tabel"
    if name.lower() == "history":  # reserved by Excel
        name = "Riwayat"
    taken, unique, number = {other.lower() for other in taken}, name, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{name[: NAME_LIMIT - 5]} ({number})"
    return unique
