"""How wide a column must be where no program hyphenates, in Word and in a workbook, so that neither a word
of the head nor a figure is broken.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from reports.renderers import formats
from reports.tables.table import Cell, CellKind, Table
from sakip import type_metrics
from sakip.text import printable

MOST = 9_000  # thousandths of the size of the type; an address or a checksum may be broken


def longest_words(table: Table, body: Iterable[list[Cell]]) -> list[int]:
    """Returns for each column the width of its widest word, in thousandths of the size of the type."""
    found = [0] * len(table.columns)

    def note(position, text, *, bold):
        for word in printable(text).split():
            width = type_metrics.width_of(word, bold=bold)
            found[position] = max(found[position], min(width, MOST))

    for head in chain.from_iterable(table.head()):
        if head.colspan == 1:
            note(head.position, head.label, bold=True)
    for cells, is_footer in chain(
        ((row, False) for row in body), ((r, True) for r in table.footer())
    ):
        position = 0
        for cell in cells:
            if cell.span == 1 and cell.kind is not CellKind.RICH:
                note(position, formats.marked_text(cell), bold=is_footer)
            position += cell.span
    return found


def fitted(widths: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Returns widths with the same sum that give each column what it needs, if there is enough for all.

    The other columns pay for it out of what they have to spare.
    """
    lacking = sum(max(0, need - width) for width, need in zip(widths, needed, strict=True))
    spare = sum(max(0, width - need) for width, need in zip(widths, needed, strict=True))
    if not lacking:
        return list(widths)
    if lacking > spare:
        whole = sum(widths) / sum(needed)
        return [need * whole for need in needed]
    taken = 1 - lacking / spare
    return [need + max(0, width - need) * taken for width, need in zip(widths, needed, strict=True)]
