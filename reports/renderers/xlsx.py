"""Excel workbook of a report: one sheet per table, and one sheet for the passages.

Numbers and dates are stored as such. Texts are stored as texts, so no cell can become a formula.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import chain
from math import ceil
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.renderers import formats
from reports.renderers.richtext import excel
from reports.tables.table import MARGINS, Align, Cell, CellKind, Paper, Report, Table, Tone
from sakip import colours
from sakip.colours import digits
from sakip.spreadsheets import (
    A4,
    FOLIO,
    FORMULA_SIGNS,
    column_width,
    fitting,
    line_count,
    sheet_name,
)
from sakip.text import printable

FONT, SIZE = "Arial", 10
PROSE_WIDTH = 0.85
LINE_HEIGHT, ROW_PADDING = 12.75, 2.5  # points
MAX_ROW_HEIGHT = 409  # points; limit of Excel
MILLIMETRES_PER_CHARACTER = 1.9
TONES = {
    Tone.BETTER: digits(colours.BETTER),
    Tone.WORSE: digits(colours.WORSE),
    Tone.WARNING: digits(colours.WARNING),
}
GROUNDS = {
    Tone.HEAT_1: PatternFill("solid", fgColor=digits(colours.HEAT_1)),
    Tone.HEAT_2: PatternFill("solid", fgColor=digits(colours.HEAT_2)),
    Tone.HEAT_3: PatternFill("solid", fgColor=digits(colours.HEAT_3)),
    Tone.HEAT_4: PatternFill("solid", fgColor=digits(colours.HEAT_4)),
    Tone.HEAT_5: PatternFill("solid", fgColor=digits(colours.HEAT_5)),
}
PAPER_CODES = {Paper.F4: FOLIO, Paper.A4: A4}
ALIGNMENTS = {Align.START: "left", Align.CENTER: "center", Align.END: "right"}

THIN = Side(style="thin")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor=digits(colours.TABLE_HEAD))
HEAD_STYLE = {"bold": True, "align": "center", "vertical": "center"}
FOOT_FILL = PatternFill("solid", fgColor=digits(colours.TABLE_FOOT))


class Placed(NamedTuple):
    """A text in the current row: its first column, from 0, and how many columns it covers."""

    text: str
    position: int
    span: int = 1
    bold: bool = False


@cache
def _font(bold, italic, color):
    return Font(name=FONT, size=SIZE, bold=bold, italic=italic, color=color)


@cache
def _alignment(align, vertical):
    return Alignment(horizontal=align, vertical=vertical, wrap_text=True)


def render(report: Report) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    _set_type(workbook)
    workbook.properties.title = printable(report.title)
    workbook.properties.language = "id-ID"
    workbook.properties.creator = None
    for table in report.tables:
        _TableSheet(_new_sheet(workbook, report, table.name or table.title), report, table).write()
    if _has_words(report) or not report.tables:
        _ProseSheet(_new_sheet(workbook, report, "Catatan"), report).write()
    output = BytesIO()
    workbook.save(output)
    return output.getvalue()


def _has_words(report: Report) -> bool:
    """Headings alone, such as those above charts, which a workbook does not hold, make no sheet."""
    return any(passage.html or passage.figures for passage in report.passages)


def _set_type(workbook: Workbook):
    """Makes our type that of the style Normal, whose digits are the unit of all column widths.

    With openpyxl's Calibri, a computer without it would make every column as wide as its substitute.
    """
    workbook._fonts[0] = _font(False, False, None)
    workbook._named_styles["Normal"].font = _font(False, False, None)


def _new_sheet(workbook: Workbook, report: Report, name: str) -> Worksheet:
    sheet = workbook.create_sheet(sheet_name(name or report.title, workbook.sheetnames))
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.paperSize = PAPER_CODES[report.paper]
    sheet.page_setup.orientation = report.orientation.value
    for side, millimetres in MARGINS.items():
        setattr(sheet.page_margins, side, round(millimetres / 25.4, 3))
    sheet.oddFooter.right.text = "Halaman &P dari &N"
    sheet.oddFooter.right.size = 8
    return sheet


class _Sheet:
    """A worksheet that is written from top to bottom. `row` is the next free row."""

    def __init__(self, sheet: Worksheet, report: Report, shares: list[float]):
        self.sheet = sheet
        self.report = report
        characters = report.text_width / MILLIMETRES_PER_CHARACTER
        self.widths = [max(4, share * characters) for share in shares]
        self.row = 1

    def apply_widths(self):
        for position, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(position)].width = round(width, 1)

    def text(self, column: int, value: str | CellRichText, *, row: int | None = None, **style):
        """Writes a text. A text that begins with `=` or a similar character is quoted, so Excel does not
        run it.
        """
        cell = self.sheet.cell(row or self.row, column)
        self.look(cell, **style)
        if not value:
            return
        cell.value = value if isinstance(value, CellRichText) else fitting(value)
        cell.data_type = "s"
        cell.quotePrefix = str(value).startswith(FORMULA_SIGNS)

    def look(self, cell, *, bold=False, italic=False, color=None, align="left", vertical="top"):
        cell.font = _font(bold, italic, color)
        cell.alignment = _alignment(align, vertical)

    def line(self, value: str | CellRichText, **style):
        """Writes one text over the whole width."""
        self.text(1, value, **style)
        self.end_row([Placed(str(value), 0, len(self.widths), style.get("bold", False))])

    def end_row(self, placed: Iterable[Placed]):
        """Makes the row as high as its texts and goes to the next row.

        No program measures merged or generated cells by itself. A text that needs more than the highest
        row of Excel goes over several rows, whose cells are merged.
        """
        placed = list(placed)
        lines = max((self.lines_of(one) for one in placed), default=1)
        height = lines * LINE_HEIGHT + ROW_PADDING
        rows = ceil(height / MAX_ROW_HEIGHT)
        for row in range(self.row, self.row + rows):
            self.sheet.row_dimensions[row].height = round(height / rows, 2)
        for one in placed:
            self.span(self.row, one.position + 1, one.span, rows)
        self.row += rows

    def lines_of(self, placed: Placed) -> int:
        width = sum(self.widths[placed.position : placed.position + placed.span])
        return line_count(placed.text, width, size=SIZE, bold=placed.bold)

    def span(self, row: int, column: int, columns: int, rows: int = 1):
        if columns > 1 or rows > 1:
            self.sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + rows - 1,
                end_column=column + columns - 1,
            )


class _ProseSheet(_Sheet):
    def __init__(self, sheet: Worksheet, report: Report):
        super().__init__(sheet, report, [1])
        # No program makes a single column smaller when it is wider than the paper.
        self.widths = [width * PROSE_WIDTH for width in self.widths]

    def write(self):
        self.apply_widths()
        self.line(printable(self.report.title), bold=True, align="center")
        for passage in self.report.passages:
            self.row += 1
            self.line(printable(passage.heading), bold=True)
            if passage.html:
                self.line(excel(passage.html, font=FONT, size=SIZE))
            for figure in passage.figures:
                self.line(f"(Keterangan gambar: {printable(figure.caption)})", italic=True)


class _TableSheet(_Sheet):
    def __init__(self, sheet: Worksheet, report: Report, table: Table):
        super().__init__(sheet, report, table.shares)
        self.table = table
        self.body = list(table.body())
        self.footer = list(table.footer())

    def write(self):
        self.widen_for_words()
        self.widen_for_numbers()
        self.apply_widths()
        self.titles()
        head_row = self.row
        self.head()
        self.print_setup(head_row)
        self.rows()
        if not self.body:
            self.line(formats.NO_ROWS, italic=True, align="center")
        for cells in self.footer:
            self.cells(cells, bold=True, fill=FOOT_FILL)
        self.row += 1
        for note in self.table.notes:
            self.line(printable(note))
        for warning in self.table.warnings:
            self.line(f"Perhatian: {printable(warning)}", bold=True)

    def rows(self):
        """Writes the rows and puts the filters on the last row of the head."""
        first_row = self.row
        for cells in self.body:
            self.cells(cells)
        last_column = get_column_letter(len(self.widths))
        self.sheet.auto_filter.ref = f"A{first_row - 1}:{last_column}{self.row - 1}"

    def widen_for_words(self):
        """Widens columns for the longest word of their heads: the sheet then gets smaller on paper."""
        for cell in chain.from_iterable(self.table.head()):
            if cell.colspan == 1:
                words = printable(cell.label).split()
                needed = [column_width(word, size=SIZE, bold=True) for word in words]
                self.widths[cell.position] = max(self.widths[cell.position], *needed, 0)

    def widen_for_numbers(self):
        """Widens columns for numbers and dates. Excel shows one that does not fit as ####."""
        for rows, bold in ((self.body, False), (self.footer, True)):
            for position, cell in chain.from_iterable(map(_with_positions, rows)):
                if (cell.is_number or cell.kind is CellKind.DATE) and cell.span == 1:
                    needed = column_width(formats.cell_text(cell), size=SIZE, bold=bold)
                    self.widths[position] = max(self.widths[position], needed)

    def titles(self):
        table, report = self.table, self.report
        self.line(printable(report.title), bold=True, align="center")
        if report.subtitle:
            self.line(printable(report.subtitle), align="center")
        if table.title and table.title != report.title:
            self.line(printable(table.title), bold=True)
        if table.subtitle:
            self.line(printable(table.subtitle))
        self.row += 1

    def head(self):
        rows, high = self.table.head(), []
        for cells in rows:
            for cell in cells:
                self.text(cell.position + 1, printable(cell.label), **HEAD_STYLE)
                if cell.rowspan > 1:
                    self.span(self.row, cell.position + 1, cell.colspan, cell.rowspan)
            high += [cell for cell in cells if cell.rowspan > 1]
            ended = [cell for cell in cells if cell.rowspan == 1]
            ended += high if cells is rows[-1] else []
            self.close_row([Placed(c.label, c.position, c.colspan, True) for c in ended], HEAD_FILL)
        if numbers := self.table.column_numbers:
            for column, number in enumerate(numbers, start=1):
                self.text(column, printable(number), align="center")
            placed = [Placed(number, position) for position, number in enumerate(numbers)]
            self.close_row(placed, FOOT_FILL)

    def cells(self, cells: list[Cell], *, bold: bool = False, fill: PatternFill | None = None):
        placed = []
        for position, cell in _with_positions(cells):
            self.value(position + 1, cell, bold)
            placed.append(Placed(formats.cell_text(cell), position, cell.span, bold))
        self.close_row(placed, fill)

    def value(self, column: int, cell: Cell, bold: bool):
        style = {"align": ALIGNMENTS[cell.align], "bold": bold, "color": TONES.get(cell.tone)}
        if cell.kind is CellKind.RICH and cell.value is not None:
            self.text(column, excel(cell.value, font=FONT, size=SIZE), **style)
        elif cell.is_number or (cell.kind is CellKind.DATE and cell.value is not None):
            written = self.sheet.cell(self.row, column, formats.local_date(cell.value))
            written.number_format = formats.excel_format(cell)
            self.look(written, **style)
        else:
            self.text(column, formats.cell_text(cell, missing=""), **style)
        if cell.tone in GROUNDS:
            self.sheet.cell(self.row, column).fill = GROUNDS[cell.tone]

    def close_row(self, placed: list[Placed], fill: PatternFill | None):
        """Sets height, borders and fill, then goes to the next row."""
        first = self.row
        self.end_row(placed)
        for row in range(first, self.row):
            for column in range(1, len(self.widths) + 1):
                cell = self.sheet.cell(row, column)
                cell.border = BORDER
                if fill:
                    cell.fill = fill

    def print_setup(self, head_row: int):
        """Freezes the head and repeats it on every printed page."""
        self.sheet.freeze_panes = self.sheet.cell(self.row, 1)
        self.sheet.print_title_rows = f"{head_row}:{self.row - 1}"


def _with_positions(cells: list[Cell]) -> Iterator[tuple[int, Cell]]:
    position = 0
    for cell in cells:
        yield position, cell
        position += cell.span
