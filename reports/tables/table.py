"""A report as data. Values stay raw here; only `renderers/formats.py` knows how they look."""

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
    RICH = "rich"  # HTML of the small rich text; sanitised again when printed
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"  # 87.5 is 87,50%
    DATE = "date"
    ID = "id"  # a year, a letter number: never localised
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value with exceptions. None: as the column says.

    `mark` follows a number at once (3,51*), `annotation` after a space (65,64 (peringkat 4)); both
    leave it a number in a spreadsheet. `note` is a remark for screen and CSV, `url` a link on screen.
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
        """Whether a spreadsheet gets a number; `Column.cell` has made texts TEXT."""
        return self.value is not None and (
            self.kind.is_number or self.kind in (CellKind.ID, CellKind.ORDINAL)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """`value` is an attribute path of the row, or a function of it that returns a value or a Cell.

    `width` is a share: the widths of a table need not add up to 100. Neighbours of one `group`
    stand under one spanning head. `is_place`: it only says where the row stands, such as a running
    number; another one means that the row moved. An ORDINAL always does.
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
        """`value` with everything filled in that it leaves to the column."""
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
    position: int  # of its first column, from 0
    colspan: int = 1
    rowspan: int = 1


class Record(NamedTuple):
    """What a row says about one thing, for telling what changed since the last issue.

    `key` stays the same from issue to issue, whatever is renamed or moved; `name` is what people call
    it. `values` are pairs (label, plain text or Cell) of all that is printed of it. `place` is the
    number under which it is printed.
    """

    key: str
    name: str
    values: Sequence[tuple[str, "str | Cell"]] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` must bear being read twice. A footer row holds values or Cells whose spans fill the columns.

    `name` is the short name of the sheet, by default the title. `column_numbers` is the printed row
    "1 2 3 … 8=(7/6-1)*100"; `notes` stand below the table, `warnings` too, but louder.
    `key` tells the table from its neighbours in the next issue, `row_key` (an attribute path of the
    row, or a function of it) a row from others. Where a row speaks of several things, `records` tells
    them apart instead. Without either, a row is known by its first words.
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
        """Width of each column as part of 1."""
        total = sum(column.width for column in self.columns)
        return [column.width / total for column in self.columns]

    def head(self) -> list[list[HeadCell]]:
        """One row, or two when there are groups."""
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
        """ "" where the table declares none."""
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
    """A picture with its caption: `data_uri` is printed, `url` is shown on screen; both may be missing.

    `key` tells it from others in the next issue.
    """

    caption: str
    data_uri: str | None = None
    url: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A passage of small rich text; `level` 2 is a chapter, 3 a part of it. `key` as of a Table."""

    heading: str
    html: str = ""
    figures: Sequence[Figure] = ()
    level: int = 2
    key: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is printed outside tables and passages, such as the head of a letter: pairs (label, text).

    It is there to be kept and compared; whoever prints it knows how.
    """

    title: str
    values: Sequence[tuple[str, str]]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetterhead:
    """The head of a letter, ready for paper: `logo` is a data URI."""

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


# Of every page, in millimetres, as PermenPANRB 80/2012 asks at least.
MARGINS = {"left": 30, "right": 20, "top": 20, "bottom": 25}


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Typeface(StrEnum):
    SANS = "sans"
    SERIF = "serif"


CELL = 50  # characters that the frame of a cell is worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`filename` has no extension; by default it is the name. `is_compact`: small type and two charts
    side by side, to fit one page. `head`: what is printed above the sections, where that is not
    title and subtitle."""

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
        """How much there is to print, roughly; markup counts too."""
        cells = (cell for table in self.tables for row in table.body() for cell in row)
        passages = sum(len(passage.html) for passage in self.passages)
        return passages + sum(CELL + len(str(cell.value)) for cell in cells)

    @property
    def page_size(self) -> tuple[int, int]:
        """Width and height in millimetres as the paper lies."""
        width, height = self.paper.value
        return (height, width) if self.orientation is Orientation.LANDSCAPE else (width, height)

    @property
    def text_width(self) -> int:
        """Millimetres between the margins."""
        return self.page_size[0] - MARGINS["left"] - MARGINS["right"]


def values_of(columns: Sequence[Column], row: Any) -> list[tuple[str, Cell]]:
    """What a row says, for a Record: its cells but for those that only tell its place."""
    said = [
        column for column in columns if not (column.is_place or column.kind is CellKind.ORDINAL)
    ]
    return [(f"{column.group} {column.label}".strip(), column.read(row)) for column in said]


def data_uri(content: bytes, content_type: str) -> str:
    """The only address from which a PDF may take a picture."""
    return f"data:{content_type};base64,{b64encode(content).decode()}"


def fingerprint(uri: str | None) -> str:
    """The SHA-256 of a picture given as data, "" without one."""
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
