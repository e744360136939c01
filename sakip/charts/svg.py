"""The few SVG elements that charts consist of. A drawing is as many units wide as `data.SIZES` says."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from sakip import colours
from sakip.charts.data import SIZES, Size
from sakip.colours import CHART_GRID as GRID
from sakip.colours import CHART_INK as INK
from sakip.colours import CHART_SOFT as SOFT
from sakip.colours import CHART_TRACK as TRACK
from sakip.colours import WHITE as PAPER

NAMES = {width: size for size, width in SIZES.items()}

FONT = "Arial, 'Liberation Sans', Arimo, 'DejaVu Sans', sans-serif"
SIZE = 12  # of the characters
LETTER = 0.56  # average width of a letter relative to its size, rounded up to be safe

TILE = 6


class Fill(NamedTuple):
    """A colour with a pattern on it, so that fills can be told apart when printed in grey."""

    ground: str
    figure: str = ""
    ink: str = ""


FILLS = (
    Fill(colours.CHART_BLUE),
    Fill(colours.CHART_BLUE_PALE, "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", colours.CHART_BLUE),
    Fill(colours.CHART_SAND, "M1.5,1.5 h1 v1 h-1 z M4.5,4.5 h1 v1 h-1 z", colours.CHART_BROWN),
    Fill(PAPER, "M0,3 h6", SOFT),
    Fill(colours.CHART_GREY),
    Fill(colours.CHART_VIOLET_PALE, "M0,3 h6 M3,0 v6", colours.CHART_VIOLET),
)
# What a status looks like wherever it is drawn, from what is finished to what was not begun: darker means further.
LOOKS = {
    "done": Fill(colours.CHART_GREEN),
    "submitted": Fill(
        colours.CHART_BLUE_PALE, "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", colours.CHART_BLUE
    ),
    "returned": Fill(
        colours.CHART_SAND, "M1.5,1.5 h1 v1 h-1 z M4.5,4.5 h1 v1 h-1 z", colours.CHART_BROWN
    ),
    "in_progress": Fill(colours.CHART_STEEL),
    "open": Fill(colours.CHART_MIST),
}
STROKES = (
    colours.CHART_BLUE,
    colours.CHART_ORANGE,
    SOFT,
    colours.CHART_VIOLET,
    colours.BETTER,
    colours.WORSE,
)
DASHES = ("", "6 3", "2 2", "8 3 2 3", "1 3", "10 2")


def element(name: str, *children, **attributes) -> SafeString:
    """`stroke_width=1` becomes stroke-width="1". Lengths have one decimal; None writes no attribute."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return mark_safe(f"<{name}{said}>{join(children)}</{name}>")  # noqa: S308  every part is escaped


def _short(value):
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def join(parts) -> SafeString:
    """Joins the parts to one SVG text; parts that are not marked as safe are escaped."""
    return mark_safe("".join(map(conditional_escape, parts)))  # noqa: S308  every part is escaped


def document(chart, height: float, *parts, width: int) -> SafeString:
    title, description = f"{chart.id}-title", f"{chart.id}-desc"
    return element(
        "svg",
        element("title", chart.title, id=title),
        element("desc", chart.description, id=description),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart-drawing is-{chart.kind} is-{NAMES.get(width, Size.NARROW)}",
        viewBox=f"0 0 {_short(float(width))} {_short(float(height))}",
        role="img",
        aria_labelledby=f"{title} {description}",
        font_family=FONT,
        font_size=SIZE,
        fill=INK,
    )


def text(x, y, content, *, anchor=None, size=None, fill=None, halo=False) -> SafeString:
    """`halo` puts a light edge around the letters, so that they are readable on lines and patterns."""
    options = {"text_anchor": anchor, "font_size": size}
    drawn = element("text", content, x=float(x), y=float(y), fill=fill, **options)
    if not halo:
        return drawn
    ground = {"stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round", "aria_hidden": "true"}
    below = element("text", content, x=float(x), y=float(y), fill=PAPER, **options, **ground)
    return join([below, drawn])


def line(x1, y1, x2, y2, stroke=GRID, **options) -> SafeString:
    ends = {"x1": float(x1), "y1": float(y1), "x2": float(x2), "y2": float(y2)}
    return element("line", stroke=stroke, **ends, **options)


def patterns(chart) -> SafeString:
    """The definitions of the patterns that the series of the chart use; `fill(chart, number)` refers to them."""
    looks = {
        _look_name(chart, number): look_of(chart, number) for number in range(len(chart.series))
    }
    return definitions(chart.id, looks)


def definitions(owner: str, looks: Mapping[str, Fill]) -> SafeString:
    return element(
        "defs", *(_pattern(owner, name, look) for name, look in looks.items() if look.figure)
    )


def _pattern(owner, name, look):
    return element(
        "pattern",
        element("rect", width=TILE, height=TILE, fill=look.ground),
        element("path", d=look.figure, stroke=look.ink, stroke_width=1.2, fill="none"),
        id=f"{owner}-fill-{name}",
        width=TILE,
        height=TILE,
        patternUnits="userSpaceOnUse",
    )


def look_of(chart, number: int) -> Fill:
    return LOOKS.get(chart.series[number].look) or FILLS[number % len(FILLS)]


def band(below_best: int) -> str:
    """The ground of a band, so many below the best one; neighbours differ."""
    if not below_best:
        return colours.CHART_BAND_HIGH
    return colours.CHART_BAND if below_best % 2 else colours.CHART_BAND_LOW


def _look_name(chart, number):
    return chart.series[number].look or str(number % len(FILLS))


def fill(chart, number: int) -> str:
    return filled(chart.id, _look_name(chart, number), look_of(chart, number))


def filled(owner: str, name: str, look: Fill) -> str:
    """What the attribute `fill` says; `owner` is whose definitions hold the pattern."""
    return f"url(#{owner}-fill-{name})" if look.figure else look.ground


def track(x, y, width, height) -> SafeString:
    """The ground of a bar, as long as its scale."""
    ends = {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}
    return element("rect", fill=TRACK, rx=2, **ends)


def box(x, y, width, height, *, fill, hollow=False) -> SafeString:
    return element(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        fill=PAPER if hollow else fill,
        stroke=INK,
        stroke_width=0.8,
        stroke_dasharray="3 2" if hollow else None,
    )


def width_of(content: str, size: float = SIZE) -> float:
    return len(content) * size * LETTER


def fitted(content: str, room: float, size: float = SIZE) -> str:
    """`content` cut to the width `room`; the description and the table contain all of it."""
    most = int(room / (size * 0.5))  # in a whole line narrow letters balance wide ones
    return content if len(content) <= most else content[: max(1, most - 1)].rstrip() + "…"
