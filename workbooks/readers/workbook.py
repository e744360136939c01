"""Reads a workbook into sheets of plain values, and finds where its tables begin."""

import json
import re
from dataclasses import dataclass, field

import python_calamine
from openpyxl.utils import get_column_letter

from sakip import numbers
from sakip.errors import WrongState
from sakip.spelling import bare
from workbooks.columns.cells import Percent
from workbooks.columns.sheets import SheetColumn
from workbooks.readers import guard
from workbooks.readers.guard import WorkbookRefused

LONGEST_LABEL = 80  # a longer text is no heading that somebody renamed
MOST_SIMILAR = 60  # unknown labels of one row that are compared with the known ones
HEAD_SEARCH = 20  # rows: letterheads and titles stand above some tables
META_SHEET = "_sakip"
TEMPLATE_VERSION = 2  # of the templates; another one is refused in words


@dataclass
class ReadSheet:
    """`rows` are pairs of row number and values; wholly empty rows are left out.

    `merged_down` are the first row, the column and the last row of cells that cover several rows, all
    counted from 1. `is_partial`: that columns are missing is meant so. `title` is the known sheet that
    this one stands for by the answer of a person, `named` the known labels by unknown headings; both may
    be "", for nothing.
    """

    name: str
    rows: list[tuple[int, list]]
    is_hidden: bool = False
    formulas: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    merged_down: list[tuple[int, int, int]] = field(default_factory=list)
    is_partial: bool = False
    title: str | None = None
    named: dict[str, str] = field(default_factory=dict)


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


def read_workbook(file, name: str, names: dict[str, str] | None = None) -> list[ReadSheet]:
    """Raises WorkbookRefused with a sentence that says what to do.

    `names` says what unknown sheets and headings are (ImportRun.names).
    """
    scan = guard.check(file, name)
    try:
        book = python_calamine.load_workbook(file)
        sheets = [_sheet(book, meta, scan) for meta in book.sheets_metadata]
    except python_calamine.PasswordError as error:
        raise WorkbookRefused(
            f"{name} dikunci dengan kata sandi. Hapus kata sandinya, lalu unggah lagi."
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise WorkbookRefused(
            f"{name} tidak dapat dibaca sebagai buku kerja. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
        ) from error
    for sheet in sheets:
        _name(sheet, names or {})
    return sheets


def read_run(run) -> list[ReadSheet]:
    """The workbook of an ImportRun. Raises WorkbookRefused; WrongState for one that was read before, by an
    earlier program that knew less."""
    with run.opened() as file:
        try:
            return read_workbook(file, run.original_name, run.names)
        except WorkbookRefused as error:
            if run.preview:
                raise WrongState(str(error)) from error
            raise


def _sheet(book, meta, scan):
    if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return ReadSheet(meta.name, [], is_hidden=True)
    if scan.is_complete and meta.name not in scan.formulas:
        raise ValueError("a sheet that the guard has not seen")
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


def key_of(sheet: str, label: str) -> str:
    """Names a heading in the answers of a person; a sheet is named by its name alone."""
    return f"{sheet}!{label}"


def _name(sheet, names):
    sheet.title = names.get(sheet.name)
    head = key_of(sheet.name, "")
    sheet.named = {
        key.removeprefix(head): known
        for key, known in names.items()
        if key.startswith(head) and key != head
    }


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


def find_head(sheet: ReadSheet, columns: list[SheetColumn], more=None, is_like=None) -> Head | None:
    """The row that names most columns, alone or together with the row above it; None without all keys.

    `more(labels)` gives columns that depend on the labels found. With `is_like(label, known)` a row
    counts too that only has similar labels; they stay unknown.
    """
    best, most, previous = None, 0, []
    keys = {column.label for column in columns if column.key}
    for number, cells in sheet.rows:
        if number > HEAD_SEARCH:
            break
        alone = [_label(cell) for cell in cells]
        for labels in (alone, _joined(previous, alone), _joined(_carried(previous), alone)):
            known = [sheet.named.get(label) or label for label in labels]
            head = _head(number, labels, known, columns + (more(known) if more else []))
            count = len(head.columns) + (_similar(head, columns, is_like) if is_like else 0)
            if count > most:
                best, most = head, count
        previous = alone
    found = set(best.labels.values()) if best else set()
    return best if best and (keys <= found or most >= 2) else None


def _similar(head, columns, is_like):
    """How many more columns unknown labels resemble."""
    absent = [column.label for column in columns if column.label not in head.labels.values()]
    labels = [label for label in head.unknown.values() if len(label) <= LONGEST_LABEL]
    labels = labels[:MOST_SIMILAR]
    return sum(any(is_like(label, known) for label in labels) for known in absent)


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


def _head(number, written, labels, columns):
    """`written` are the labels of the row, `labels` what they stand for."""
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
            head.unknown[position] = written[position]
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
