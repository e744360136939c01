"""The rows that an import refused, as the same workbook: as they were typed, with a comment in each faulty cell.

Renamed sheets and headings have their known names, and merged cells are filled, so that nothing is asked again.
"""

from collections import defaultdict
from datetime import date, timedelta

from sakip import colours
from sakip.spreadsheets import DATE_FORMAT, NAME_LIMIT
from workbooks.columns import shelves
from workbooks.compare import previews
from workbooks.compare.analysis import sheet_for
from workbooks.compare.plan import RowOutcome
from workbooks.kinds import KINDS
from workbooks.readers import merged, workbook
from workbooks.readers.workbook import META_SHEET

AUTHOR = "SAKIP"


def write(output, run):
    """Costs one reading of the file; the problems are those of the preview."""
    kind, preview, directory = KINDS[run.kind], previews.load(run), shelves.directory_for(run.actor)
    book = workbook.read_run(run)
    refused = defaultdict(dict)
    for row in preview.rows:
        if row["outcome"] == RowOutcome.REFUSED:
            refused[row["sheet"]][row["number"]] = row["problems"]
    out = Out(output)
    for sheet_class in kind.sheets:
        read = sheet_for(sheet_class(), kind, book)
        if read is not None and read.name in refused:
            out.add(sheet_class(), read, refused[read.name], directory)
    out.close([sheet for sheet in book if sheet.name == META_SHEET])


class Out:
    def __init__(self, output):
        import xlsxwriter

        self.book = xlsxwriter.Workbook(
            output, {"strings_to_formulas": False, "strings_to_urls": False}
        )
        wrap = {"text_wrap": True, "valign": "top", "border": 1, "border_color": colours.SHEET_EDGE}
        self.looks = {
            faulty: {
                "text": self.book.add_format(wrap | fill | {"num_format": "@"}),
                "number": self.book.add_format(wrap | fill),
                "date": self.book.add_format(wrap | fill | {"num_format": DATE_FORMAT}),
            }
            for faulty, fill in ((False, {}), (True, {"bg_color": colours.SHEET_MISTAKE}))
        }
        self.head = self.book.add_format(wrap | {"bold": True, "bg_color": colours.SHEET_HEAD})

    def add(self, sheet, read, problems, directory):
        head = workbook.find_head(
            read, sheet.columns(), lambda labels: sheet.more_columns(labels, directory)
        )
        merged.fill_down(read, head)
        page = self.book.add_worksheet((read.title or read.name)[:NAME_LIMIT])
        for position, column in head.columns.items():
            page.set_column(position, position, column.width)
        if head.fingerprint is not None:
            page.set_column(head.fingerprint, head.fingerprint, 4, None, {"hidden": True})
        at = 0
        for number, values in read.rows:
            if number <= head.row or number in problems:
                said = _by_column(problems.get(number, ()))
                if number == head.row:
                    values = [read.named.get(value) or value for value in values]  # noqa: PLW2901
                self._write_row(page, at, values, said, is_head=number <= head.row)
                at += 1
            if number == head.row:
                page.freeze_panes(at, 0)

    def _write_row(self, page, row, values, said, is_head):
        for position in range(max([len(values), *(column + 1 for column in said)])):
            value = values[position] if position < len(values) else ""
            looks = self.looks[position in said]
            _write_cell(page, row, position, value, looks, self.head if is_head else None)
            if position in said:
                size = {"x_scale": 2, "y_scale": 1 + len(said[position]) // 120}
                page.write_comment(row, position, said[position], {"author": AUTHOR, **size})

    def close(self, meta):
        for sheet in meta:
            page = self.book.add_worksheet(META_SHEET)
            page.write_string(0, 0, str(sheet.rows[0][1][0]))
            page.very_hidden()
        self.book.close()


def _by_column(problems):
    """What is said of each cell; warnings go along."""
    said = defaultdict(list)
    for problem in problems:
        if problem["cell"]:
            said[workbook.position(problem["cell"])].append(problem["message"])
    return {position: "\n".join(messages) for position, messages in said.items()}


def _write_cell(page, row, position, value, looks, head):
    if value in ("", None):
        page.write_blank(row, position, None, head or looks["text"])
    elif isinstance(value, bool):
        page.write_boolean(row, position, value, head or looks["number"])
    elif isinstance(value, int | float):
        page.write_number(row, position, value, head or looks["number"])
    elif isinstance(value, date | timedelta):
        page.write_datetime(row, position, value, head or looks["date"])
    else:
        page.write_string(row, position, str(value), head or looks["text"])
