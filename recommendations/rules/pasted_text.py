"""Text copied from Word or Excel, read as lines of the page that enters an LHE like a table.

A numbered and lettered list becomes recommendations and their points; columns separated by tabs, as
Excel and a table of Word give them, become renaksi. What cannot be read is kept as text, with a remark.
"""

from collections.abc import Collection

from recommendations.rules.pasted_list import ListReader
from recommendations.rules.pasted_signs import (
    BULLET,
    HEADING,
    LETTER,
    NUMBER,
    Pasted,
    Shape,
    cleaned,
)
from recommendations.rules.pasted_table import TableReader

MOST_CHARACTERS = 200_000
MOST_ROWS = 1_000


def read(text: str, shape: str = "", components: Collection[str] = ()) -> Pasted:
    """`components` are names that, on a line of their own, tell the component of what follows."""
    text = cleaned(text)
    if (shape or _guess(text)) == Shape.TABLE:
        pasted = TableReader(text).read()
    else:
        pasted = ListReader(components).read(text)
    if len(pasted.lines) > MOST_ROWS:
        spare = len(pasted.lines) - MOST_ROWS
        pasted.remarks.append(
            f"Teks ini memuat lebih dari {MOST_ROWS} baris. {spare} baris terakhir tidak diambil; "
            "simpan dahulu, lalu tempelkan sisanya."
        )
        del pasted.lines[MOST_ROWS:]
    return pasted


def _guess(text):
    """Tabs within lines make a table; a tab behind a mark of a list does not."""
    for line in text.split("\n"):
        rest = line.strip(" \t")
        for pattern in (NUMBER, LETTER, BULLET, HEADING):
            if match := pattern.match(rest):
                rest = rest[match.end() :]
                break
        if "\t" in rest:
            return Shape.TABLE
    return Shape.LIST
