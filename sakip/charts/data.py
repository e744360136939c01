"""A chart as data: what is drawn and what a screen reader is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.utils.text import slugify

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
    """One figure; `value` None is a gap, `text` why. `text` is what is printed where the number is not.

    `mark` follows the number at once (3,51*). `is_hollow`: carried over from another year. `url` is where its rows are, for a table.
    """

    value: Decimal | int | None
    text: str = ""
    places: int = settings.DEFAULT_DECIMALS
    mark: str = ""
    is_hollow: bool = False
    url: str = ""

    @property
    def label(self) -> str:
        return self.text or format_number(self.value, self.places) + self.mark


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
