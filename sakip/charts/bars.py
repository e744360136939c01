"""Horizontal bars. They always begin at zero; a missing value is shown as words instead of a bar."""

from sakip.charts import svg
from sakip.charts.data import NO_DATA, Point
from sakip.charts.svg import SIZE, WIDTH

BAR, GAP, BETWEEN = 13, 3, 10
LABEL = SIZE + 5  # height of a line of text, with the space around it


def bars(chart):
    """Draws for each category a line of text, and below it its bars with their numbers at the end."""
    left, right = _room(chart)
    scale = _scale(chart, left, WIDTH - right)
    zero = scale(0)
    parts, top = [svg.patterns(chart)], 0
    for place, category in enumerate(chart.categories):
        parts.append(svg.text(0, top + SIZE, svg.fitted(category, WIDTH)))
        start = top = top + LABEL
        for number, row in enumerate(chart.series):
            parts.append(_bar(chart, scale, top, number, row.points[place]))
            top += BAR + GAP
        parts.append(svg.line(zero, start - 2, zero, top - 1, svg.INK, stroke_width=0.8))
        top += BETWEEN
    return svg.document(chart, max(top - BETWEEN + 2, 1), *parts)


def _bar(chart, scale, top, number, point):
    words = _words(chart, number, point)
    base = scale(0)
    if point.value is None:
        return svg.text(base + 5, top + BAR - 2, words, fill=svg.SOFT)
    end = scale(point.value)
    mark = svg.box(
        min(base, end),
        top,
        abs(end - base),
        BAR,
        fill=svg.fill(chart, number),
        hollow=point.is_hollow,
    )
    if end < base:
        return svg.join([mark, svg.text(end - 5, top + BAR - 2, words, anchor="end")])
    return svg.join([mark, svg.text(end + 5, top + BAR - 2, words)])


def _words(chart, number, point):
    said = NO_DATA if point.value is None and not point.text else chart.text(point)
    return f"{chart.series[number].label} {said}" if len(chart.series) > 1 else said


def _room(chart):
    """Width to leave free on the left and on the right of the bars, for the numbers at their ends."""
    sides = [0.0, 0.0]
    for number, row in enumerate(chart.series):
        for point in row.points:
            side = 0 if point.value is not None and point.value < 0 else 1
            needed = svg.width_of(_words(chart, number, point)) + 8
            sides[side] = min(max(sides[side], needed), WIDTH * 0.55)
    return max(sides[0], 1), sides[1]


def _scale(chart, left, right):
    low = float(min([0, *chart.values, *_given(chart.low)]))
    high = float(max([0, *chart.values, *_given(chart.high)]))
    span = (high - low) or 1
    return lambda value: left + (float(value) - low) / span * (right - left)


def _given(value):
    return [] if value is None else [value]


def stacked(chart):
    """Draws for each category one bar made of parts. The largest sum takes the whole width."""
    legend, top = _legend(chart)
    parts = [svg.patterns(chart), *legend]
    sums = [_sum(chart, place) for place in range(len(chart.categories))]
    room = WIDTH - max((svg.width_of(_total(chart, value)) for value in sums), default=0) - 8
    unit = room / (float(max(sums, default=0)) or 1)
    for place, category in enumerate(chart.categories):
        if category:
            parts.append(svg.text(0, top + SIZE, svg.fitted(category, WIDTH)))
            top += LABEL
        parts += _row(chart, place, top, unit)
        end = float(sums[place]) * unit + 6
        parts.append(svg.text(end, top + BAR - 1, _total(chart, sums[place])))
        top += BAR + 2 + BETWEEN
    return svg.document(chart, max(top - BETWEEN + 2, 1), *parts)


def _row(chart, place, top, unit):
    left, parts = 1.0, []
    for number, series in enumerate(chart.series):
        point = series.points[place]
        width = float(point.value or 0) * unit
        if width <= 0:
            continue
        parts.append(
            svg.box(left, top, width, BAR + 2, fill=svg.fill(chart, number), hollow=point.is_hollow)
        )
        label = point.label
        if svg.width_of(label) + 6 < width:
            parts.append(_inside(left + width / 2, top, label))
        left += width
    return parts


def _inside(centre, top, label):
    """The label on a white rectangle, because no text is readable on every pattern."""
    width = svg.width_of(label) + 4
    ground = svg.element(
        "rect", x=centre - width / 2, y=top + 1.5, width=width, height=BAR - 1, fill=svg.PAPER, rx=2
    )
    return svg.join([ground, svg.text(centre, top + BAR - 1, label, anchor="middle")])


def _sum(chart, place):
    return sum(row.points[place].value or 0 for row in chart.series)


def _total(chart, value):
    places = max((point.places for row in chart.series for point in row.points), default=0)
    return chart.text(Point(value, places=places))


def _legend(chart):
    """The SVG parts of the legend, and the y position below it where the bars begin."""
    parts, left, top = [], 0.0, 0.0
    for number, row in enumerate(chart.series):
        width = 18 + svg.width_of(row.label) + 10
        if left and left + width > WIDTH:
            left, top = 0.0, top + LABEL
        parts.append(svg.box(left + 1, top + 2, 11, 11, fill=svg.fill(chart, number)))
        parts.append(svg.text(left + 16, top + SIZE, row.label))
        left += width
    return parts, top + LABEL + 6
