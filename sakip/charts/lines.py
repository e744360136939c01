"""Line charts over time. A missing figure is a gap; a figure carried over has a hollow mark."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil, floor, log10

from sakip.charts import svg
from sakip.charts.data import trimmed
from sakip.charts.svg import SIZE
from sakip.numbers import format_number

MOST_LABELLED = 8  # points in time; with more of them the numbers are not written beside the marks
MOST_MARKED = 31  # points in time; with more of them the line has no marks
APART = SIZE + 1  # smallest distance between two lines of text
SMALL = 300  # width of a small chart
HEIGHTS = {320: 136, 640: 220, 900: 260}  # by width
BANDED = {320: 124, 640: 130, 900: 200}


@dataclass(frozen=True)
class Frame:
    """The area in which the lines are drawn, and the scale. `moments` counts the points in time.

    `inset` is the room between the sides of the area and the outer marks, for the numbers at these.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    moments: int
    inset: float = 0

    def x(self, place: int) -> float:
        first = self.left + self.inset
        room = self.width - self.right - self.inset - first
        return first + (room / 2 if self.moments == 1 else room * place / (self.moments - 1))

    def y(self, value) -> float:
        part = (float(value) - self.low) / ((self.high - self.low) or 1)
        return self.height - self.bottom - part * (self.height - self.top - self.bottom)


def lines(chart, width):
    """Draws a grid of three lines or the bands, and each series with its name and latest number at its end."""
    whole, chart = chart, trimmed(chart)
    tails = [_tail(chart, number) for number in range(len(chart.series))]
    right = min(max((svg.width_of(words) for _, _, words in tails), default=0) + 26, 150)
    low, high = _bounds(chart) if chart.bands else _round_bounds(chart)
    if chart.bands:
        right = 4
        left = max(svg.width_of(band.label) for band in chart.bands) + 14
    else:
        left = (
            max(svg.width_of(_rounded(value), 10) for value in (low, (low + high) / 2, high)) + 14
        )
    each = len(chart.categories) <= MOST_LABELLED and len(chart.series) < 3
    frame = Frame(
        width,
        (BANDED if chart.bands else HEIGHTS)[width],
        left,
        right,
        8 if chart.bands else 20,
        26 if chart.bands else 38,
        low,
        high,
        len(chart.categories),
        _inset(chart, each=each),
    )
    parts = [*(_banded(chart, frame) if chart.bands else _grid(frame))]
    parts += _moments(chart, frame, fewest=frame.moments > MOST_LABELLED)
    parts += [*_goal(chart, frame), *_drawn(chart, frame, each=each)]
    return svg.document(whole, frame.height, *parts, *_names(tails, frame), width=width)


def _inset(chart, *, each):
    """Half of the widest number, so that those of the first and the last mark lie beside the axis."""
    if not each:
        return 6
    ends = (row.points[place] for row in chart.series for place in (0, -1) if row.points)
    widths = (svg.width_of(chart.text(point), 11) for point in ends if point.value is not None)
    names = (svg.width_of(name, 11) for name in (*chart.categories[:1], *chart.categories[-1:]))
    return max(max(widths, default=0), max(names, default=0)) / 2 + 2


def small(chart, _width):
    """Draws without grid and names: the heading beside the chart names it, each mark has its number."""
    whole, chart = chart, trimmed(chart)
    low, high = _bounds(chart)
    known = [p for row in chart.series for p in row.points if p.value is not None]
    widest = max((svg.width_of(chart.text(point), 11) for point in known), default=0)
    side = min(widest / 2 + 4, 40)
    frame = Frame(SMALL, 118, side, side, 20, 44, low, high, len(chart.categories))
    parts = [
        svg.line(0, 100, SMALL, 100),
        *_moments(chart, frame, fewest=frame.moments > 6),
        *_drawn(chart, frame, each=frame.moments <= 6),
    ]
    return svg.document(whole, frame.height, *parts, width=SMALL)


def _bounds(chart):
    values = [float(value) for value in chart.values] or [0.0]
    low = min(values) if chart.low is None else float(chart.low)
    high = max(values) if chart.high is None else float(chart.high)
    if low == high:
        return low - 1, high + 1
    return low, high


def _round_bounds(chart):
    """The ends of the scale; an end that the chart does not give is moved outwards to a round number."""
    low, high = _bounds(chart)
    step = 10 ** floor(log10(high - low))
    down = low if chart.low is not None else floor(low / step) * step
    return down, high if chart.high is not None else ceil(high / step) * step


def _banded(chart, frame):
    """The bands as far as the scale shows them, each with its name at the side."""
    for number, band in enumerate(chart.bands):
        low, high = max(float(band.low), frame.low), min(float(band.high), frame.high)
        if low >= high:
            continue
        top, height = frame.y(high), frame.y(low) - frame.y(high)
        ground = svg.band(len(chart.bands) - 1 - number)
        width = frame.width - frame.left - frame.right
        yield svg.element("rect", x=frame.left, y=top, width=width, height=height, fill=ground)
        yield svg.text(
            frame.left - 9, top + height / 2 + 4, band.label, anchor="end", fill=svg.SOFT
        )


def _goal(chart, frame):
    if chart.goal is None:
        return
    value, words = chart.goal
    y, end = frame.y(value), frame.width - frame.right
    yield svg.line(frame.left, y, end, y, svg.SOFT, stroke_dasharray="5 3")
    at_end = _starts_nearer(chart, value)
    x, anchor = (end - 8, "end") if at_end else (frame.left + 8, None)
    yield svg.text(x, y - 5, words, anchor=anchor, size=11, fill=svg.SOFT)


def _starts_nearer(chart, goal):
    """Whether the first mark is nearer to the goal than the last; its number would lie on words at the left."""
    ends = [(row.points[0].value, row.points[-1].value) for row in chart.series if row.points]
    known = [pair for pair in ends if None not in pair]
    return any(abs(first - goal) < abs(last - goal) for first, last in known)


def _grid(frame):
    for value in (frame.low, (frame.low + frame.high) / 2, frame.high):
        y = frame.y(value)
        yield svg.line(frame.left - 6, y, frame.width - frame.right, y)
        yield svg.text(
            frame.left - 9, y + 3.5, _rounded(value), anchor="end", size=10, fill=svg.SOFT
        )


def _rounded(value):
    """The number as text, with at most two decimals and without zeros at the end."""
    exact = Decimal(str(round(float(value), 2)))
    return format_number(exact, max(0, -exact.normalize().as_tuple().exponent))


def _moments(chart, frame, *, fewest):
    """The names of the points in time below the lines; with `fewest` only the first and the last."""
    last = frame.moments - 1
    for place, category in enumerate(chart.categories):
        if fewest and place not in (0, last):
            continue
        anchor = "middle"
        if fewest and last:
            anchor = "start" if place == 0 else "end"
        yield svg.text(frame.x(place), frame.height - 6, category, anchor=anchor, size=11)


def _drawn(chart, frame, *, each):
    """The lines, then all marks, then the numbers, so that nothing covers a number."""
    marks, numbers = [], []
    for number, series in enumerate(chart.series):
        yield from _strokes(series, frame, number)
        for place, point in enumerate(series.points):
            if point.value is None:
                continue
            x, y = frame.x(place), frame.y(point.value)
            if frame.moments <= MOST_MARKED or _is_alone(series, place):
                marks.append(_mark(x, y, number, hollow=point.is_hollow))
            if each:
                below = _is_lower(chart, number, place) or _is_valley(series, place)
                side, anchor = (0, "middle") if below else _beside(series, place)
                label, shift = chart.text(point), 15 if below else -7
                numbers.append(
                    svg.text(x + side, y + shift, label, anchor=anchor, size=11, halo=True)
                )
    yield from marks
    yield from numbers


def _strokes(series, frame, number):
    """One line for each group of points without a gap between them."""
    known = groupby(enumerate(series.points), key=lambda pair: pair[1].value is not None)
    for is_known, run in known:
        places = (
            [f"{frame.x(place):.1f},{frame.y(point.value):.1f}" for place, point in run]
            if is_known
            else []
        )
        if len(places) > 1:
            yield svg.element(
                "polyline",
                points=" ".join(places),
                fill="none",
                stroke=svg.STROKES[number % len(svg.STROKES)],
                stroke_width=1.4 if series.is_target else 2.2,
                stroke_dasharray="5 3"
                if series.is_target
                else svg.DASHES[number % len(svg.DASHES)] or None,
            )


def _is_alone(series, place):
    before = series.points[place - 1].value if place else None
    after = series.points[place + 1].value if place + 1 < len(series.points) else None
    return before is None and after is None


def _is_lower(chart, number, place):
    """Whether another series is higher at this place. The number is then written below the mark."""
    own = chart.series[number].points[place].value
    others = [
        (row.points[place].value, at)
        for at, row in enumerate(chart.series)
        if at != number and row.points[place].value is not None
    ]
    return any((value, -at) > (own, -number) for value, at in others)


def _is_valley(series, place):
    """Whether both neighbours are higher. The number is then written below the mark."""
    beside = [*series.points[max(place - 1, 0) : place], *series.points[place + 1 : place + 2]]
    known = [point.value for point in beside if point.value is not None]
    return bool(known) and all(value > series.points[place].value for value in known)


def _beside(series, place):
    """Where the number above a mark is off the line: at the left of a rising line, at the right of a falling one."""
    if not 0 < place < len(series.points) - 1:
        return 0, "middle"
    before, own, after = (point.value for point in series.points[place - 1 : place + 2])
    if before is not None and after is not None and before < own < after:
        return 5, "end"
    if before is not None and after is not None and before > own > after:
        return -5, "start"
    return 0, "middle"


def _mark(x, y, number, *, hollow):
    stroke = svg.STROKES[number % len(svg.STROKES)]
    look = {"fill": svg.PAPER if hollow else stroke, "stroke": stroke, "stroke_width": 1.8}
    if number % 3 == 0:
        return svg.element("circle", cx=x, cy=y, r=3.5, **look)
    if number % 3 == 1:
        return svg.element("rect", x=x - 3.2, y=y - 3.2, width=6.4, height=6.4, **look)
    corners = f"M{x:.1f},{y - 4:.1f} l4,7 h-8 z"
    return svg.element("path", d=corners, **look)


def _tail(chart, number):
    """(place, value, words) of the latest figure of a series; place and value are None without one."""
    series = chart.series[number]
    known = [pair for pair in enumerate(series.points) if pair[1].value is not None]
    if not known:
        return None, None, ""
    place, point = known[-1]
    each = len(chart.categories) <= MOST_LABELLED and len(chart.series) < 3
    words = series.label if each else f"{series.label} {chart.text(point)}"
    return place, point.value, words if len(chart.series) > 1 or not each else ""


def _names(tails, frame):
    """The names of the series, each with its mark and at the height of its last figure.

    Names that would overlap are moved down.
    """
    placed = sorted(
        (frame.y(value), number, words) for number, (_, value, words) in enumerate(tails) if words
    )
    floor = frame.top
    for y, number, words in placed:
        y = max(y, floor)
        floor = y + APART
        x = frame.width - frame.right + 20
        yield _mark(x - 8, y, number, hollow=False)
        yield svg.text(x, y + 4, svg.fitted(words, frame.right - 20))
