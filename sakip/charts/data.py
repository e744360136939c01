"""A chart as data: what is drawn, and the description for screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.utils.text import slugify

from sakip.numbers import format_number

NO_DATA = "tidak ada data"
PREFIX = "chart-"
CARRIED_OVER = "angka tahun sebelumnya"


class ChartKind(StrEnum):
    BARS = "bars"  # horizontal bars, one per series in each category
    STACKED = "stacked"  # one horizontal bar per category, made of parts that are not negative
    LINES = "lines"  # categories are points in time, in order
    SMALL = "small"  # a small line chart, for pages that show about a dozen of them


class Size(StrEnum):
    """A width in which a chart is drawn: for a telephone or half a page, a column or a sheet, a whole window."""

    NARROW = "narrow"
    MIDDLE = "middle"
    WIDE = "wide"


SIZES = {Size.NARROW: 320, Size.MIDDLE: 640, Size.WIDE: 900}


@dataclass(frozen=True, slots=True)
class Point:
    """One figure. `text`, when given, is printed instead of the number.

    `value` None is a gap, and `text` then says why. `mark` is printed directly after the number
    (3,51*). `is_hollow` means that the figure is carried over from another year. `url` is the page
    with the rows behind the figure; the table of the chart links to it.
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
    """One line or one kind of bar. `points` has one point for each category of the chart, in order.

    `look` names one of `svg.LOOKS`, the same on every page; by default the place of the series decides.
    `is_target`: the line is dashed and thin, because it says what was wanted.
    """

    label: str
    points: Sequence[Point]
    look: str = ""
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class ScaleBand:
    """A range of the scale with a name, such as a grade, drawn as the ground of a line chart."""

    label: str
    low: Decimal | int
    high: Decimal | int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`suffix` is printed after each number ("%"). `low` and `high` are the ends of the scale; None takes
    them from the data. `key` must differ between charts on one page; by default it is the title.

    `bands` are the ground of a line chart, in place of its grid. `goal` is the value that is to be exceeded
    next, with the words beside its line. `window` has the first and the last category that a line chart draws;
    None: from the first figure to the last, so that years without data take no room. `notes` has words for the end of each bar of a stacked chart, in place
    of its sum.
    """

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
    bands: Sequence[ScaleBand] = ()
    goal: tuple[Decimal | int, str] | None = None
    notes: Sequence[str] = ()
    window: tuple[int, int] | None = None

    def __post_init__(self):
        if any(len(row.points) != len(self.categories) for row in self.series):
            raise ValueError(f"{self.title}: one point per category, please")

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes in which a page holds it. Small charts stand side by side and have one."""
        return (Size.NARROW,) if self.kind is ChartKind.SMALL else tuple(Size)

    @property
    def is_half(self) -> bool:
        """Whether two of them stand side by side on a compact sheet of paper."""
        return self.kind is not ChartKind.STACKED

    @property
    def id(self) -> str:
        return f"{PREFIX}{self.key or slugify(self.title)}"

    @property
    def values(self) -> list[Decimal | int]:
        points = (point for row in self.series for point in row.points)
        return [point.value for point in points if point.value is not None]

    @property
    def is_empty(self) -> bool:
        return not self.values

    def text(self, point: Point) -> str:
        """The text printed beside the mark or bar of a point."""
        suffix = "" if point.text or point.value is None or not self.suffix else f" {self.suffix}"
        return point.label + suffix

    @property
    def description(self) -> str:
        """The summary and every number as text, for people who cannot see the drawing."""
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


def window_of(charts: Sequence[Chart]) -> tuple[int, int] | None:
    """The places of the first and the last figure in any of these charts, which have the same categories."""
    known = [
        place
        for chart in charts
        for row in chart.series
        for place, point in enumerate(row.points)
        if point.value is not None
    ]
    return (min(known), max(known)) if known else None


def trimmed(chart: Chart) -> Chart:
    """What of the chart is drawn."""
    window = chart.window or window_of([chart])
    if window is None:
        return chart
    kept = slice(window[0], window[1] + 1)
    rows = [replace(row, points=row.points[kept]) for row in chart.series]
    return replace(chart, categories=chart.categories[kept], series=rows)
