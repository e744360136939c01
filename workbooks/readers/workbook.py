"""Reads a workbook into sheets of plain values, and finds where its tables begin."""

import json
import re
from dataclasses import dataclass, field

import python_calamine
from openpyxl.utils import get_column_letter

from sakip import numbers
from sakip.spelling import bare
from workbooks.columns.cells import Percent
from workbooks.columns.sheets import SheetColumn
from workbooks.readers import guard
from workbooks.readers.guard import WorkbookRefused

HEAD_SEARCH = 20  # rows: letterheads and titles stand above some tables
META_SHEET = "_sakip"
TEMPLATE_VERSION = 2  # of the templates; another one is refused in words


@dataclass
class ReadSheet:
    """`rows` are pairs of row number and values; wholly empty rows are left out.

    `merged_down` are the first row, the column and the last row of cells that cover several rows, all
    counted from 1. `is_partial`: that columns are missing is meant so.
    """

    name: str
    rows: list[tuple[int, list]]
    is_hidden: bool = False
    formulas: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    merged_down: list[tuple[int, int, int]] = field(default_factory=list)
    is_partial: bool = False


@dataclass(frozen=True)
class Template:
    """What a workbook that this program made says of itself."""

    kind: str
    version: int


@dataclass
class Head:
    """Where a table's head is and which of its columns are understood."""

    row: int
    columns: dict[int, SheetColumn]
    labels: dict[int, str]
    unknown: dict[int, str]
    fingerprint: int | None = None
    doubled: list[str] = field(default_factory=list)
    values: list = field(default_factory=list)


def read_workbook(file, name: str) -> list[ReadSheet]:
    """Raises WorkbookRefused with a sentence that says what to do."""
    scan = guard.check(file, name)
    try:
        book = python_calamine.load_workbook(file)
        return [_sheet(book, meta, scan) for meta in book.sheets_metadata]
    except python_calamine.PasswordError as error:
        raise WorkbookRefused(
            f"{name} dikunci dengan kata sandi. Hapus kata sandinya, lalu unggah lagi."
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise WorkbookRefused(
            f"{name} tidak dapat dibaca sebagai buku kerja. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
        ) from error


def _sheet(book, meta, scan):
    if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return ReadSheet(meta.name, [], is_hidden=True)
    sheet = book.get_sheet_by_name(meta.name)
    values = sheet.to_python(skip_empty_area=False)
    merged = sheet.merged_cell_ranges or ()
    _spread(values, merged)
    _show_percents(values, scan.percents.get(meta.name, ()))
    rows = [
        (row, cells)
        for row, cells in enumerate(values, 1)
        if any(cell not in ("", None) for cell in cells)
    ]
    hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
    formulas, errors = (seen.get(meta.name, set()) for seen in (scan.formulas, scan.errors))
    down = [(top + 1, left + 1, low + 1) for (top, left), (low, _right) in merged if low > top]
    return ReadSheet(meta.name, rows, hidden, formulas, errors, down)


def template_of(book: list[ReadSheet]) -> Template | None:
    """Returns None when the workbook has no template data or when the data is invalid."""
    for sheet in book:
        if sheet.name == META_SHEET and sheet.rows:
            try:
                said = json.loads(str(sheet.rows[0][1][0]))
                return Template(str(said["kind"]), int(said["version"]))
            except (ValueError, TypeError, LookupError):
                return None
    return None


def _spread(values, merged):
    """A merged cell speaks for every cell it covers in its first row; below, it stays alone."""
    for (top, left), (_bottom, right) in merged:
        if top < len(values) and top < HEAD_SEARCH and left < len(values[top]):
            for column in range(left + 1, min(right + 1, len(values[top]))):
                values[top][column] = values[top][left]


def _show_percents(values, areas):
    for area in areas:
        for row in values[area.row : area.row + area.height]:
            for column in range(area.column, min(area.column + area.width, len(row))):
                if isinstance(row[column], int | float) and not isinstance(row[column], bool):
                    row[column] = Percent(round(row[column] * 100, 9))


def find_head(sheet: ReadSheet, columns: list[SheetColumn], more=None) -> Head | None:
    """The row that names most columns, alone or together with the row above it; None without all keys.

    `more(labels)` gives columns that depend on the labels found.
    """
    best = None
    previous = []
    for number, cells in sheet.rows:
        if number > HEAD_SEARCH:
            break
        alone = [_label(cell) for cell in cells]
        for labels in (alone, _joined(previous, alone), _joined(_carried(previous), alone)):
            head = _head(number, labels, columns + (more(labels) if more else []))
            if head.columns and (best is None or len(head.columns) > len(best.columns)):
                head.values, best = cells, head
        previous = alone
    keys = {column.label for column in columns if column.key}
    found = {column.label for column in best.columns.values()} if best else set()
    return best if best and (keys <= found or len(found) >= 2) else None


def _carried(labels):
    """An empty cell belongs to the label left of it, as in heads that were never merged."""
    carried, last = [], ""
    for label in labels:
        last = label or last
        carried.append(last)
    return carried


def _joined(above, below):
    above = above + [""] * (len(below) - len(above))
    return [
        lower if not upper or upper == lower else f"{upper} {lower}".strip()
        for upper, lower in zip(above, below, strict=False)
    ]


def _head(number, labels, columns):
    known = {}
    for column in columns:
        for spelling in (column.label, *column.aliases):
            known.setdefault(folded_label(spelling), column)
    head = Head(number, {}, {}, {})
    for position, label in enumerate(labels):
        column = known.get(folded_label(label))
        if folded_label(label) == "sidik":
            head.fingerprint = position
        elif column is None and label:
            head.unknown[position] = label
        elif column and column.label in head.labels.values():
            head.doubled.append(label)
        elif column:
            head.columns[position], head.labels[position] = column, column.label
    return head


def folded_label(text: str) -> str:
    """Case, accents, spaces, stars and punctuation do not tell labels apart."""
    return re.sub(r"[^a-z0-9]+", " ", bare(str(text))).strip()


def _label(cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a year at the head of a column
    return " ".join(str(cell or "").split())


def address(column: int, row: int) -> str:
    """`column` counts from 0, as in `Head.columns`."""
    return f"{get_column_letter(column + 1)}{row}"


def position(cell: str) -> int:
    """The column of an address, counted from 0."""
    return numbers.position(cell.rstrip("0123456789")) - 1
