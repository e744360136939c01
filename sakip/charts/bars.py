"""Horizontal bars. They always begin at zero; a missing value is shown as words instead of a bar.

Behind each bar lies a track as long as the scale, so that a bar of length zero is seen to be one.
"""

from sakip.charts import svg
from sakip.charts.data import NO_DATA, Point
from sakip.charts.svg import SIZE

BAR, GAP, BETWEEN, CLOSER = 13, 3, 10, 4
LABEL = SIZE + 5  # height of a line of text, with the space around it
BESIDE = 500  # with this width the names stand beside their bars, else above them


def bars(chart, width):
    """Draws for each category its name, and its bars with their numbers at the end."""
    names = _names_room(chart, width)
    low, high = _room(chart, width - names)
    scale = _scale(chart, names + low, width - high)
    zero = scale(0)
    parts, top = [svg.patterns(chart)], 0
    for place, category in enumerate(chart.categories):
        parts.append(svg.text(0, top + SIZE, svg.fitted(category, (names or width) - 8)))
        start = top = top if names else top + LABEL
        for number, row in enumerate(chart.series):
            parts.append(_bar(chart, scale, top, number, row.points[place]))
            top += BAR + GAP
        parts.append(svg.line(zero, start - 2, zero, top - 1, svg.INK, stroke_width=0.8))
        top += BETWEEN
    return svg.document(chart, max(top - BETWEEN + 2, 1), *parts, width=width)


def _names_room(chart, width):
    """Room at the left for the names; 0 when they stand above the bars."""
    if width < BESIDE:
        return 0
    widest = max((svg.width_of(name) for name in chart.categories), default=0)
    return min(widest + 14, width * 0.36)


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
    track = svg.track(base, top, scale(_ends(chart)[1]) - base, BAR)
    said = svg.text(scale(_ends(chart)[1]) + 5, top + BAR - 2, words)
    return svg.join([track, mark, said])


def _words(chart, number, point):
    said = NO_DATA if point.value is None and not point.text else chart.text(point)
    return f"{chart.series[number].label} {said}" if len(chart.series) > 1 else said


def _room(chart, width):
    """Width to leave free on the left and on the right of the bars, for the numbers at their ends."""
    sides = [0.0, 0.0]
    for number, row in enumerate(chart.series):
        for point in row.points:
            side = 0 if point.value is not None and point.value < 0 else 1
            needed = svg.width_of(_words(chart, number, point)) + 8
            sides[side] = min(max(sides[side], needed), width * 0.55)
    return max(sides[0], 1), sides[1]


def _ends(chart):
    low = float(min([0, *chart.values, *_given(chart.low)]))
    high = float(max([0, *chart.values, *_given(chart.high)]))
    return low, high


def _scale(chart, left, right):
    low, high = _ends(chart)
    span = (high - low) or 1
    return lambda value: left + (float(value) - low) / span * (right - left)


def _given(value):
    return [] if value is None else [value]


def stacked(chart, width):
    """Draws for each category one bar made of parts. The largest sum takes the whole length."""
    legend, top = _legend(chart, width)
    parts = [svg.patterns(chart), *legend]
    sums = [_sum(chart, place) for place in range(len(chart.categories))]
    ends = chart.notes or [_total(chart, value) for value in sums]
    names = _names_room(chart, width)
    room = width - names - max(map(svg.width_of, ends), default=0) - 8
    unit = room / (float(max(sums, default=0)) or 1)
    for place, category in enumerate(chart.categories):
        if category:
            parts.append(svg.text(0, top + SIZE, svg.fitted(category, (names or width) - 8)))
            top += 0 if names else LABEL
        parts.append(svg.track(names, top, room, BAR + 2))
        parts += _row(chart, place, names, top, unit)
        parts.append(svg.text(width, top + BAR - 1, ends[place], anchor="end"))
        top += BAR + 2 + (CLOSER if names else BETWEEN)
    return svg.document(chart, max(top - CLOSER + 2, 1), *parts, width=width)


def _row(chart, place, left, top, unit):
    parts = []
    for number, series in enumerate(chart.series):
        point = series.points[place]
        width = float(point.value or 0) * unit
        if width <= 0:
            continue
        look = {"fill": svg.fill(chart, number), "hollow": point.is_hollow}
        parts.append(svg.box(left, top, width, BAR + 2, **look))
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


def _legend(chart, width):
    """The SVG parts of the legend, and the y position below it where the bars begin."""
    parts, left, top = [], 0.0, 0.0
    for number, row in enumerate(chart.series):
        taken = 18 + svg.width_of(row.label) + 10
        if left and left + taken > width:
            left, top = 0.0, top + LABEL
        parts.append(svg.box(left + 1, top + 2, 11, 11, fill=svg.fill(chart, number)))
        parts.append(svg.text(left + 16, top + SIZE, row.label))
        left += taken
    return parts, top + LABEL + 6
