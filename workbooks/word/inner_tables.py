"""A table within a cell of a Word file, as lines of the notation."""

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from sakip import notation

# The first column of a table that only sets a list: a letter, a number or a bullet.
MARK = re.compile(r"\(?(?:[0-9]{1,3}|[A-Za-z]{1,2}|[ivx]{1,5}|[IVX]{1,5})[.)]|[-–•▪●]")
MOST_COLUMNS = 60


def lines(table, known: dict) -> Iterator[str]:
    """`known` are the lines of each paragraph. What is a table only for its layout becomes paragraphs: one of a
    single column, and a list with its letters in a column of their own.
    """
    rows = [row for row in _own(table, "w:tr", "w:tbl", table) if not _is_gone(row)]
    found = [list(_cells(row, known)) for row in rows]
    if max(map(len, found), default=0) <= 1:
        yield from (line for row in found for cell in row for line in cell)
        return
    words = [[" ".join(cell) for cell in row] for row in found]
    if all(len(row) == 2 and MARK.fullmatch(row[0]) for row in words):
        yield from (" ".join(row) for row in words)
        return
    heads = sum(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows)
    for number, row in enumerate(words, 1):
        yield notation.row_of(row)
        if number == heads and number < len(words):
            yield f"|{'---|' * len(row)}"


def _cells(row, known):
    """The lines of each place of the row; none where a cell goes on from above or from the left."""
    for cell in _own(row, "w:tc", "w:tr", row):
        span, down = (cell.find(f"{qn('w:tcPr')}/{qn(tag)}") for tag in ("w:gridSpan", "w:vMerge"))
        goes_on = down is not None and down.get(qn("w:val"), "continue") == "continue"
        yield [] if goes_on else [line for p in cell.iter(qn("w:p")) for line in known.get(p, ())]
        width = span.get(qn("w:val"), "") if span is not None else ""
        for _ in range(1, min(int(width), MOST_COLUMNS) if width.isdecimal() else 1):
            yield []


def _own(element, tag, around, owner):
    return [
        one for one in element.iter(qn(tag)) if next(one.iterancestors(qn(around)), None) is owner
    ]


def _is_gone(row):
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
