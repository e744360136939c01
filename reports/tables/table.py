"""A report as data. Values are not formatted here; `renderers/formats.py` does that."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings


class CellKind(StrEnum):
    TEXT = "text"  # plain text; its line breaks are kept
    RICH = "rich"  # HTML of the small rich text; cleaned again when printed
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"  # 87.5 is 87,50%
    DATE = "date"
    ID = "id"  # a year or a letter number: written without thousands dots
    ORDINAL = "ordinal"  # a row's number: 1 is printed as "1."

    @property
    def is_number(self) -> bool:
        return self in (CellKind.INTEGER, CellKind.NUMBER, CellKind.PERCENT)


class Align(StrEnum):
    START = "start"
    CENTER = "center"
    END = "end"


class Tone(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    WARNING = "warning"
    HEAT_1 = "heat-1"  # the ground of the cell, from the lowest grades to the highest
    HEAT_2 = "heat-2"
    HEAT_3 = "heat-3"
    HEAT_4 = "heat-4"
    HEAT_5 = "heat-5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value with its exceptions. A field that is None takes the setting of the column.

    `mark` is printed directly after a number (3,51*), `annotation` after a space (65,64 (peringkat 4)).
    With both, the value stays a number in a spreadsheet. `note` is a remark for screen and CSV, `url` a
    link on screen.
    """

    value: Any
    kind: CellKind | None = None
    places: int | None = None
    align: Align | None = None
    mark: str = ""
    annotation: str = ""
    note: str = ""
    tone: Tone | None = None
    span: int = 1
    url: str = ""

    @property
    def is_number(self) -> bool:
        """Returns whether a spreadsheet gets a number. `Column.cell` has already changed the kind of
        texts.
        """
        return self.value is not None and (
            self.kind.is_number or self.kind in (CellKind.ID, CellKind.ORDINAL)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `value` is an attribute path of the row, or a function of the row that returns a value or
    a Cell.

    `width` is a share; the widths of a table need not add up to 100. Neighbours with the same `group`
    share one heading above them. `is_place`: the value only tells the position of the row, such as a
    running number, so another value means that the row moved. An ORDINAL column is always such a
    column.
    """

    label: str
    value: str | Callable[[Any], Any]
    kind: CellKind = CellKind.TEXT
    width: float = 10
    group: str = ""
    places: int = settings.DEFAULT_DECIMALS
    align: Align | None = None
    is_place: bool = False

    def cell(self, value: Any) -> Cell:
        """Returns `value` as a Cell with the defaults of the column filled in."""
        cell = value if isinstance(value, Cell) else Cell(value=value)
        kind = cell.kind or self.kind
        if isinstance(cell.value, str) and kind is not CellKind.RICH:
            kind = CellKind.TEXT
        return replace(
            cell,
            kind=kind,
            places=self.places if cell.places is None else cell.places,
            align=cell.align or self.align or _natural_align(self.kind),
        )

    def read(self, row: Any) -> Cell:
        getter = attrgetter(self.value) if isinstance(self.value, str) else self.value
        return self.cell(getter(row))


class HeadCell(NamedTuple):
    label: str
    position: int  # index of its first column, from 0
    colspan: int = 1
    rowspan: int = 1


class Record(NamedTuple):
    """What a row says about one thing; used to find changes since the last issue.

    `key` stays the same from issue to issue, even if the thing is renamed or moved. `name` is shown to
    people. `values` are all printed (label, plain text or Cell) pairs. `place` is the printed number.
    """

    key: str
    name: str
    values: Sequence[tuple[str, "str | Cell"]] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. `rows` is read more than once. A footer row holds values or Cells whose spans fill the
    columns.

    `name` is the short name of the sheet; default: the title. `column_numbers` is the printed row "1 2
    3 … 8=(7/6-1)*100". `notes` are printed below the table; `warnings` too, with more emphasis. `key`
    identifies the table among its neighbours in the next issue; `row_key` (an attribute path or
    function of the row) identifies a row. When a row is about several things, `records` splits it into
    Records instead. Without either, a row is identified by its first words.
    """

    columns: Sequence[Column]
    rows: Iterable[Any]
    title: str = ""
    name: str = ""
    subtitle: str = ""
    column_numbers: Sequence[str] = ()
    footer_rows: Sequence[Sequence[Any]] = ()
    notes: Sequence[str] = ()
    warnings: Sequence[str] = ()
    key: str = ""
    row_key: str | Callable[[Any], str] | None = None
    records: Callable[[Any], Iterable[Record]] | None = None

    def __post_init__(self):
        if self.column_numbers and len(self.column_numbers) != len(self.columns):
            raise ValueError(f"{self.title}: one column number per column, please")

    @property
    def labels(self) -> list[str]:
        return [f"{column.group} {column.label}".strip() for column in self.columns]

    @property
    def shares(self) -> list[float]:
        """Returns the width of each column as a fraction of 1."""
        total = sum(column.width for column in self.columns)
        return [column.width / total for column in self.columns]

    def head(self) -> list[list[HeadCell]]:
        """Returns one head row, or two when there are groups."""
        height = 2 if any(column.group for column in self.columns) else 1
        top, bottom, position = [], [], 0
        for group, members in groupby(self.columns, key=lambda column: column.group):
            labels = [column.label for column in members]
            if group:
                top.append(HeadCell(group, position, colspan=len(labels)))
            for label in labels:
                row, rowspan = (bottom, 1) if group else (top, height)
                row.append(HeadCell(label, position, rowspan=rowspan))
                position += 1
        return [top, bottom][:height]

    def body(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            yield [column.read(row) for column in self.columns]

    def key_of(self, row: Any) -> str:
        """Returns the key of the row; "" when the table declares none."""
        if self.row_key is None:
            return ""
        getter = attrgetter(self.row_key) if isinstance(self.row_key, str) else self.row_key
        return str(getter(row))

    def footer(self) -> Iterator[list[Cell]]:
        for values in self.footer_rows:
            cells, position = [], 0
            for value in values:
                cells.append(self.columns[position].cell(value))
                position += cells[-1].span
            if position != len(self.columns):
                raise ValueError(f"{self.title}: a footer row does not fill the columns")
            yield cells


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption. `data_uri` is printed, `url` is shown on screen; both may be missing.

    `key` identifies it in the next issue.
    """

    caption: str
    data_uri: str | None = None
    url: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A passage of small rich text. `level` 2 is a chapter, 3 a part of it. `key` is as in Table."""

    heading: str
    html: str = ""
    figures: Sequence[Figure] = ()
    level: int = 2
    key: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs (label, text) printed outside tables and passages, such as the head of a letter.

    They are only stored and compared; the printing document lays them out itself.
    """

    title: str
    values: Sequence[tuple[str, str]]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetterhead:
    """The letterhead for printing. `logo` is a data URI."""

    government: str
    body: str
    address: str = ""
    phone: str = ""
    online: str = ""
    logo: str | None = None

    @property
    def facts(self) -> Facts:
        return Facts(
            "Kop surat",
            (
                ("Pemerintah", self.government),
                ("Perangkat daerah", self.body),
                ("Alamat", self.address),
                ("Telepon", self.phone),
                ("Laman dan surel", self.online),
                ("Lambang", fingerprint(self.logo)),
            ),
            key="kop",
        )


class Paper(Enum):
    """Width and height in millimetres."""

    F4 = (215, 330)
    A4 = (210, 297)


# For every page, in millimetres; the minimum of PermenPANRB 80/2012.
MARGINS = {"left": 30, "right": 20, "top": 20, "bottom": 25}


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Typeface(StrEnum):
    SANS = "sans"
    SERIF = "serif"


CELL = 50  # size of an empty cell, in characters, for the estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report. `filename` has no extension; its default is the name. `is_compact`: small type and two
    charts side by side, to fit one page. `head` is printed above the sections when it is more than
    title and subtitle.
    """

    name: str
    title: str
    sections: Sequence[Table | Prose | Facts]
    subtitle: str = ""
    head: Facts | None = None
    letterhead: PrintedLetterhead | None = None
    paper: Paper = Paper.F4
    orientation: Orientation = Orientation.PORTRAIT
    typeface: Typeface = Typeface.SANS
    filename: str = ""
    is_compact: bool = False

    @property
    def tables(self) -> list[Table]:
        return [section for section in self.sections if isinstance(section, Table)]

    @property
    def passages(self) -> list[Prose]:
        return [section for section in self.sections if isinstance(section, Prose)]

    @property
    def characters(self) -> int:
        """Returns a rough number of characters to print. Markup is counted too."""
        cells = (cell for table in self.tables for row in table.body() for cell in row)
        passages = sum(len(passage.html) for passage in self.passages)
        return passages + sum(CELL + len(str(cell.value)) for cell in cells)

    @property
    def page_size(self) -> tuple[int, int]:
        """Returns width and height of the page in millimetres, in its orientation."""
        width, height = self.paper.value
        return (height, width) if self.orientation is Orientation.LANDSCAPE else (width, height)

    @property
    def text_width(self) -> int:
        """Returns the millimetres between the left and right margins."""
        return self.page_size[0] - MARGINS["left"] - MARGINS["right"]


def values_of(columns: Sequence[Column], row: Any) -> list[tuple[str, Cell]]:
    """Returns the values of a Record: all cells except those that only tell the position."""
    said = [
        column for column in columns if not (column.is_place or column.kind is CellKind.ORDINAL)
    ]
    return [(f"{column.group} {column.label}".strip(), column.read(row)) for column in said]


def data_uri(content: bytes, content_type: str) -> str:
    """Returns the picture as a data: address, the only kind of address that a PDF may use for pictures."""
    return f"data:{content_type};base64,{b64encode(content).decode()}"


def fingerprint(uri: str | None) -> str:
    """Returns the SHA-256 of a picture given as a data: address; "" without one."""
    if not uri:
        return ""
    try:
        content = b64decode(uri.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        content = b""
    return f"SHA-256 {sha256(content or uri.encode(errors='replace')).hexdigest()}"


def _natural_align(kind: CellKind) -> Align:
    if kind.is_number:
        return Align.END
    return Align.CENTER if kind in (CellKind.DATE, CellKind.ID, CellKind.ORDINAL) else Align.START
