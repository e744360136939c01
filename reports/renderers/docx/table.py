"""A Table as a Word table: fixed widths, a head that is repeated on every page, rows that are not split
unless they are very long.
"""

from itertools import accumulate

from reports.renderers import formats
from reports.renderers.docx.numbering import Numbering
from reports.renderers.docx.prose import paragraphs
from reports.renderers.docx.xml import paragraph, run, twips, w
from reports.renderers.html import is_long, room_of
from reports.renderers.widths import fitted, longest_words
from reports.tables.table import Align, Cell, CellKind, HeadCell, Table
from sakip import colours
from sakip.colours import digits
from sakip.text import printable

HEAD_FILL, FOOT_FILL = digits(colours.TABLE_HEAD), digits(colours.TABLE_FOOT)
ANNOTATION_SIZE = 13  # half points
MILLIMETRES_PER_POINT = 25.4 / 72
CELL_PADDING = 3.2  # millimetres left and right of a text and its lines, by the style TabelLaporan
ALIGNMENTS = {Align.START: "left", Align.CENTER: "center", Align.END: "right"}


def element(table: Table, numbering: Numbering, text_width: int, size: float, tick=None):
    """`text_width` is in millimetres and is divided as `Table.shares` says, but no word of the head and no
    figure is broken. `size` is that of the type in points. `tick` is called for each row.
    """
    return _TableWriter(table, numbering, text_width, size).write(tick or _silent)


def _silent():
    pass


def _annotation_look():
    return w("rPr", w("sz", val=ANNOTATION_SIZE), w("szCs", val=ANNOTATION_SIZE))


class _TableWriter:
    def __init__(self, table: Table, numbering: Numbering, text_width: int, size: float):
        self.table = table
        self.numbering = numbering
        self.body = list(table.body())
        widths = [share * text_width for share in table.shares]
        words = longest_words(table, self.body)
        needed = [word / 1000 * size * MILLIMETRES_PER_POINT + CELL_PADDING for word in words]
        self.edges = [twips(edge) for edge in accumulate(fitted(widths, needed), initial=0)]
        self.room = room_of(table, text_width)

    def write(self, tick):
        found = w("tbl", self._look(), self._grid())
        for number, cells in enumerate(self.table.head()):
            found.append(self._head_row(cells, number))
        if numbers := self.table.column_numbers:
            found.append(self._numbers_row(numbers))
        body, footer = self.body, list(self.table.footer())
        for number, cells in enumerate(body, start=1):
            is_last = number == len(body) and bool(footer)
            found.append(self._row(cells, "IsiTabel", keep_next=is_last))
            tick()
        if not body:
            found.append(self._empty_row())
        for number, cells in enumerate(footer, start=1):
            is_last = number == len(footer)
            found.append(self._row(cells, "JumlahTabel", FOOT_FILL, keep_next=not is_last))
        return found

    def _look(self):
        title = printable(self.table.title or self.table.name)
        return w(
            "tblPr",
            w("tblStyle", val="TabelLaporan"),
            w("tblW", w=self._width(0, len(self.table.columns)), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0,
              noHBand=1, noVBand=1),
            w("tblCaption", val=title) if title else None,
        )  # fmt: skip

    def _grid(self):
        positions = range(len(self.table.columns))
        return w("tblGrid", *(w("gridCol", w=self._width(at, 1)) for at in positions))

    def _width(self, position, span):
        return self.edges[position + span] - self.edges[position]

    def _head_row(self, cells: list[HeadCell], number: int):
        """Returns a row of the head. A cell over two rows is written in both rows, empty in the second
        one.
        """
        row = w("tr", w("trPr", w("cantSplit"), w("tblHeader")))
        shown = {cell.position: cell for cell in cells}
        position = 0
        while position < len(self.table.columns):
            cell = shown.get(position) or HeadCell("", position)
            merge = None
            if cell.rowspan > 1:
                merge = w("vMerge", val="restart")
            elif position not in shown:
                merge = w("vMerge")
            label = paragraph(run(printable(cell.label)), style="KepalaTabel")
            row.append(self._cell([label], position, cell.colspan, HEAD_FILL, merge, "center"))
            position += cell.colspan
        return row

    def _numbers_row(self, numbers):
        row = w("tr", w("trPr", w("cantSplit"), w("tblHeader")))
        for position, number in enumerate(numbers):
            text = paragraph(run(printable(number)), style="NomorKolom")
            row.append(self._cell([text], position, 1, FOOT_FILL))
        return row

    def _empty_row(self):
        text = paragraph(run(formats.NO_ROWS, italic=True), style="IsiTabel", align="center")
        return w("tr", self._cell([text], 0, len(self.table.columns)))

    def _row(self, cells: list[Cell], style: str, fill: str = "", *, keep_next: bool):
        whole = style == "JumlahTabel" or not is_long(cells, self.room)
        row = w("tr", w("trPr", w("cantSplit")) if whole else None)
        position = 0
        for cell in cells:
            width = self._width(position, cell.span) - twips(CELL_PADDING)
            content = self._content(cell, style, keep_next, width)
            row.append(self._cell(content, position, cell.span, fill))
            position += cell.span
        return row

    def _content(self, cell: Cell, style: str, keep_next: bool, width: int):
        align = "" if cell.align is Align.START else ALIGNMENTS[cell.align]
        if cell.kind is CellKind.RICH and cell.value is not None:
            (look,) = paragraph(style=style, keep_next=keep_next, align=align)
            about = {"numbering": self.numbering, "place": "cell", "width": width}
            return paragraphs(cell.value, look=look, **about)
        text = [run(formats.cell_text(cell))]
        if cell.annotation:  # smaller and never broken, as in the PDF
            words = printable(cell.annotation).replace(" ", "\N{NO-BREAK SPACE}")
            text = [run(f"{formats.marked_text(cell)} "), run(words, base=_annotation_look())]
        return [paragraph(*text, style=style, keep_next=keep_next, align=align)]

    def _cell(self, content, position, span, fill="", merge=None, vertical=""):
        look = w(
            "tcPr",
            w("tcW", w=self._width(position, span), type="dxa"),
            w("gridSpan", val=span) if span > 1 else None,
            merge,
            w("shd", val="clear", color="auto", fill=fill) if fill else None,
            w("vAlign", val=vertical) if vertical else None,
        )
        return w("tc", look, *content)
