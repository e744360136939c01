"""A table within a text as a Word table: in a cell of a report, or between the paragraphs of a letter."""

from typing import NamedTuple

from docx.oxml.ns import qn

from reports.renderers.docx.xml import paragraph, w
from reports.renderers.widths import MOST, fitted
from sakip import colours, type_metrics
from sakip.colours import digits

HEAD_FILL = digits(colours.TABLE_HEAD)
NARROWEST, WIDEST = 5, 40  # letters for which a column gets room
TYPE_SIZE, TWIPS = 9, 20  # of the style IsiTabel, in points; a point has so many
PADDING = 200  # twips left and right of a word, with its lines
STYLES = {True: "KepalaTabel", False: "IsiTabel"}  # of a head and of any other cell


class WordTextCell(NamedTuple):
    """`content` are paragraphs."""

    is_head: bool
    colspan: int
    rowspan: int
    content: list

    @property
    def texts(self) -> list[str]:
        return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in self.content]


def element(rows: list[list[WordTextCell]], heads: int, width: int, indent: int = 0):
    """The first `heads` rows are repeated on every page. `width` and `indent` are in twips."""
    columns = sum(cell.colspan for cell in rows[0])
    below: dict[int, tuple[int, WordTextCell]] = {}
    grid = [_row_of(row, columns, below) for row in rows]
    edges = _edges(grid, columns, width)
    look = w(
        "tblPr",
        w("tblStyle", val="TabelLaporan"),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=indent, type="dxa") if indent else None,
        w("tblLayout", type="fixed"),
        w("tblLook", val="0000", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )  # fmt: skip
    lines = [w("gridCol", w=edges[at + 1] - edges[at]) for at in range(columns)]
    found = w("tbl", look, w("tblGrid", *lines))
    for number, row in enumerate(grid):
        head = [w("tblHeader")] if number < heads else []
        line = w("tr", w("trPr", w("cantSplit"), *head))
        for column, cell, goes_on in row:
            line.append(_cell(cell, goes_on, edges[column + cell.colspan] - edges[column]))
        found.append(line)
    return found


def _row_of(cells, columns, below):
    """Each place of the row: its column, its cell, and whether that began above. `below` holds those that go
    on in the next row, by their column.
    """
    found, rest, column = [], iter(cells), 0
    while column < columns:
        left, cell = below.pop(column, (0, None))
        goes_on = cell is not None
        if not goes_on:
            cell = next(rest, WordTextCell(False, 1, 1, []))
            left = cell.rowspan
        if left > 1:
            below[column] = (left - 1, cell)
        found.append((column, cell, goes_on))
        column += cell.colspan
    return found


def _edges(grid, columns, width):
    """The room of a column follows from its longest text, within bounds, but no word of it is broken as long as
    there is room for all.
    """
    letters, needed = [NARROWEST] * columns, [0.0] * columns
    for column, cell, goes_on in (place for row in grid for place in row):
        if cell.colspan > 1 or goes_on:
            continue
        for text in cell.texts:
            letters[column] = max(letters[column], min(len(text), WIDEST))
            for word in text.split():
                room = min(type_metrics.width_of(word, bold=cell.is_head), MOST) / 1000
                needed[column] = max(needed[column], room * TYPE_SIZE * TWIPS + PADDING)
    widths = fitted([width * one / sum(letters) for one in letters], needed)
    return [round(sum(widths[:at])) for at in range(columns + 1)]


def _cell(cell, goes_on, width):
    merge = None
    if cell.rowspan > 1:
        merge = w("vMerge") if goes_on else w("vMerge", val="restart")
    look = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=cell.colspan) if cell.colspan > 1 else None,
        merge,
        w("shd", val="clear", color="auto", fill=HEAD_FILL) if cell.is_head else None,
    )
    content = [] if goes_on else cell.content
    return w("tc", look, *(content or [paragraph(style=STYLES[cell.is_head])]))
