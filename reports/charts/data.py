"""A chart as data: what is drawn, what a screen reader is told, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.text import slugify

from reports.tables import Cell, Column, Kind, Table
from sakip.numbers import format_number

NO_DATA = "tidak ada data"
CARRIED_OVER = "angka tahun sebelumnya"


class ChartKind(StrEnum):
    BARS = "bars"  # lying bars, those of one category side by side
    STACKED = "stacked"  # one lying bar per category, its parts in a row; parts are not negative
    LINES = "lines"  # categories are moments in order
    SMALL = "small"  # a line small enough to stand beside a dozen others


@dataclass(frozen=True, slots=True)
class Point:
    """One figure; `value` None is a gap. `text` is what is printed of it where the number is not.

    `is_hollow`: carried over from another year. `url` is where its rows are, for the table.
    """

    value: Decimal | int | None
    text: str = ""
    places: int = 2
    is_hollow: bool = False
    url: str = ""

    @property
    def label(self) -> str:
        return self.text or format_number(self.value, self.places)


GAP = Point(None)


@dataclass(frozen=True, slots=True)
class Series:
    """`points` follow the categories of the chart."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`suffix` follows each printed number ("%"). `low` and `high` are the ends of the scale where the
    data do not set them. `key` tells charts of one page apart; by default it comes from the title."""

    kind: ChartKind
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    category_label: str = ""
    summary: str = ""
    suffix: str = ""
    low: Decimal | int | None = None
    high: Decimal | int | None = None
    key: str = ""

    def __post_init__(self):
        if any(len(row.points) != len(self.categories) for row in self.series):
            raise ValueError(f"{self.title}: one point per category, please")

    @property
    def id(self) -> str:
        return f"chart-{self.key or slugify(self.title)}"

    @property
    def values(self) -> list[Decimal | int]:
        points = (point for row in self.series for point in row.points)
        return [point.value for point in points if point.value is not None]

    @property
    def is_empty(self) -> bool:
        return not self.values

    def text(self, point: Point) -> str:
        """What is written beside a mark."""
        suffix = "" if point.text or point.value is None or not self.suffix else f" {self.suffix}"
        return point.label + suffix

    @property
    def description(self) -> str:
        """Every number in words, for those who do not see the drawing."""
        rows = [f"{row.label}: {self._spoken(row)}." for row in self.series]
        return " ".join([self.summary, *rows]).strip()

    def _spoken(self, series):
        return "; ".join(
            f"{category} {self._said(point)}"
            for category, point in zip(self.categories, series.points, strict=True)
        )

    def _said(self, point):
        if point.value is None:
            return point.text or NO_DATA
        return self.text(point) + (f" ({CARRIED_OVER})" if point.is_hollow else "")

    @property
    def table(self) -> Table:
        """The same numbers; hollow ones are annotated."""
        columns = [Column(self.category_label, lambda row: row[0], width=30)]
        columns += [_column(number, row.label) for number, row in enumerate(self.series, start=1)]
        points = (row.points for row in self.series)
        rows = list(zip(self.categories, *points, strict=True))
        notes = [f"Angka dalam {self.suffix}."] if self.suffix else []
        return Table(title=self.title, columns=columns, rows=rows, notes=notes)


def _column(number, label):
    return Column(label, lambda row: _cell(row[number]), Kind.NUMBER, width=14)


def _cell(point):
    return Cell(
        value=point.text or point.value,
        places=point.places,
        annotation=f"({CARRIED_OVER})" if point.is_hollow else "",
        url=point.url,
    )
