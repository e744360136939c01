"""Excel workbook of a report: one sheet per table, and one sheet for the passages.

Numbers and dates are stored as such. Texts are stored as texts, so no cell can become a formula.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

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
from sakip.richtext import printable
from sakip.spreadsheets import A4, FOLIO, FORMULA_SIGNS, fitting, line_count, sheet_name

FONT, SIZE = "Arial", 10
PROSE_WIDTH = 0.85
LINE_HEIGHT = 13.5  # points
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


def render(report: Report) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = printable(report.title)
    workbook.properties.language = "id-ID"
    workbook.properties.creator = None
    for table in report.tables:
        _TableSheet(_new_sheet(workbook, report, table.name or table.title), report, table).write()
    if report.passages or not report.tables:
        _ProseSheet(_new_sheet(workbook, report, "Catatan"), report).write()
    output = BytesIO()
    workbook.save(output)
    return output.getvalue()


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
        cell.font = Font(name=FONT, size=SIZE, bold=bold, italic=italic, color=color)
        cell.alignment = Alignment(horizontal=align, vertical=vertical, wrap_text=True)

    def line(self, value: str | CellRichText, **style):
        """Writes one text over the whole width."""
        self.text(1, value, **style)
        self.span(self.row, 1, len(self.widths))
        self.fit_height(self.row, [(str(value), sum(self.widths))])
        self.row += 1

    def span(self, row: int, column: int, columns: int, rows: int = 1):
        if columns > 1 or rows > 1:
            self.sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + rows - 1,
                end_column=column + columns - 1,
            )

    def fit_height(self, row: int, texts: Iterable[tuple[str, float]]):
        """Sets an estimated row height, because Excel does not measure merged or generated cells."""
        lines = max((line_count(text, width) for text, width in texts), default=1)
        height = min(MAX_ROW_HEIGHT, lines * LINE_HEIGHT + 3)
        self.sheet.row_dimensions[row].height = height


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
        self.widen_for_numbers()
        self.apply_widths()
        self.titles()
        head_row = self.row
        self.head()
        self.print_setup(head_row)
        for cells in self.body:
            self.cells(cells)
        if not self.body:
            self.line(formats.NO_ROWS, italic=True, align="center")
        for cells in self.footer:
            self.cells(cells, bold=True, fill=FOOT_FILL)
        self.row += 1
        for note in self.table.notes:
            self.line(printable(note))
        for warning in self.table.warnings:
            self.line(f"Perhatian: {printable(warning)}", bold=True)

    def widen_for_numbers(self):
        """Widens columns for numbers with annotations. Excel shows a number that does not fit as ####."""
        for cells in (*self.body, *self.footer):
            for position, cell in _with_positions(cells):
                if cell.is_number and cell.span == 1:
                    needed = len(formats.cell_text(cell)) + 2
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
        rows = self.table.head()
        for cells in rows:
            for label, position, colspan, rowspan in cells:
                self.text(position + 1, printable(label), **HEAD_STYLE)
                self.span(self.row, position + 1, colspan, rowspan)
            is_last = cells is rows[-1]
            shown = [c for row in rows for c in row if c.colspan == 1] if is_last else cells
            self.close_row([(c.label, c.position, c.colspan) for c in shown], HEAD_FILL)
        if numbers := self.table.column_numbers:
            for column, number in enumerate(numbers, start=1):
                self.text(column, printable(number), align="center")
            self.close_row([], FOOT_FILL)

    def cells(self, cells: list[Cell], *, bold: bool = False, fill: PatternFill | None = None):
        texts = []
        for position, cell in _with_positions(cells):
            self.value(position + 1, cell, bold)
            self.span(self.row, position + 1, cell.span)
            texts.append((formats.cell_text(cell), position, cell.span))
        self.close_row(texts, fill)

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

    def close_row(self, texts: list[tuple[str, int, int]], fill: PatternFill | None):
        """Sets borders, fill and height, then goes to the next row. `texts` hold place and span."""
        for column in range(1, len(self.widths) + 1):
            cell = self.sheet.cell(self.row, column)
            cell.border = BORDER
            if fill:
                cell.fill = fill
        self.fit_height(
            self.row,
            [(text, sum(self.widths[start : start + span])) for text, start, span in texts],
        )
        self.row += 1

    def print_setup(self, head_row: int):
        """Freezes the head, repeats it on every printed page, and puts the filters on its last row."""
        first_row, sheet = self.row, self.sheet
        sheet.freeze_panes = sheet.cell(first_row, 1)
        sheet.print_title_rows = f"{head_row}:{first_row - 1}"
        last_row = first_row - 1 + len(self.body)
        last_column = get_column_letter(len(self.widths))
        sheet.auto_filter.ref = f"A{first_row - 1}:{last_column}{last_row}"


def _with_positions(cells: list[Cell]) -> Iterator[tuple[int, Cell]]:
    position = 0
    for cell in cells:
        yield position, cell
        position += cell.span
