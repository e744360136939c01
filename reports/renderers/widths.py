"""How wide a column must be so that no figure is broken; nor a word of the head where no program hyphenates, in
Word and in a workbook.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from reports.renderers import formats
from reports.tables.table import Cell, CellKind, Report, Table
from sakip import type_metrics
from sakip.text import printable

MOST = 9_000  # thousandths of the size of the type; an address or a checksum may be broken
# In millimetres, of `css/print.css`: its larger type for a thousandth of a width, and the padding of a cell.
PRINTED, PADDING = 9 / 1000 * 25.4 / 72, 2.9


def longest_words(table: Table, body: Iterable[list[Cell]]) -> list[int]:
    """Returns for each column the width of its widest word, in thousandths of the size of the type."""
    return list(map(max, _in_head(table), _in_cells(table, body)))


def _in_head(table):
    found = [0] * len(table.columns)
    for head in chain.from_iterable(table.head()):
        if head.colspan == 1:
            found[head.position] = _widest(head.label, bold=True)
    return found


def _in_cells(table, body):
    found = [0] * len(table.columns)
    for cells, is_footer in chain(
        ((row, False) for row in body), ((r, True) for r in table.footer())
    ):
        position = 0
        for cell in cells:
            if cell.span == 1 and cell.kind is not CellKind.RICH:
                width = _widest(formats.marked_text(cell), bold=is_footer)
                found[position] = max(found[position], width)
            position += cell.span
    return found


def _widest(text, *, bold):
    words = printable(text).split()
    return min(max((type_metrics.width_of(word, bold=bold) for word in words), default=0), MOST)


def report_shares(report: Report) -> list[list[float]]:
    """Returns for each table of the report the shares of its columns on paper."""
    return [printed_shares(table, report.text_width) for table in report.tables]


def printed_shares(table: Table, text_width: int) -> list[float]:
    """Returns the shares of the columns on paper: those of the table, unless a figure would be broken.

    `text_width` is in millimetres; 0 where it is not known, and the shares are those of the table.
    """
    figures = [at for at, column in enumerate(table.columns) if column.kind.is_number]
    if not figures or not text_width:
        return table.shares
    widths = [share * text_width for share in table.shares]
    words = _in_cells(table, table.body())
    if all(_needed(words[at]) <= widths[at] for at in figures):
        return table.shares
    needed = map(_needed, map(max, words, _in_head(table)))
    return [width / text_width for width in fitted(widths, list(needed))]


def _needed(width):
    return width * PRINTED + PADDING


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
