"""Draws charts on the server: from data to one SVG, which is the same on screen and on paper.

This is our own code because no library fits. pygal and matplotlib put <style> or style="" into the SVG,
which the security policy refuses. leather and pygal have no patterns, no gaps and no hollow marks. None
of them writes a title and a description. The SVG uses attributes instead of classes, because WeasyPrint
does not apply the style sheet of the page to an SVG.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.safestring import SafeString

from sakip.charts import bars, lines
from sakip.charts.data import (
    GAP,
    PREFIX,
    SIZES,
    Chart,
    ChartKind,
    Point,
    ScaleBand,
    Series,
    Size,
    window_of,
)

__all__ = ["GAP", "ScaleBand", "Chart", "ChartKind", "Point", "Series", "Size", "draw", "window_of"]

DRAWERS = {
    ChartKind.BARS: bars.bars,
    ChartKind.STACKED: bars.stacked,
    ChartKind.LINES: lines.lines,
    ChartKind.SMALL: lines.small,
}
KEPT = 256  # drawings of a process


@dataclass(frozen=True)
class _Drawing:
    """A chart in a size, found by every word and figure of it."""

    chart: Chart = field(compare=False)
    size: Size
    said: str


def draw(chart: Chart, size: Size | str = Size.NARROW) -> SafeString:
    """The chart as an SVG element; needs `css/charts.css` (of site.css) for its size on the page.

    A drawing is scaled to the width of its column, letters and all. So a page holds a chart in several sizes,
    and its style sheet shows the one that fits.
    """
    return _drawn(_Drawing(chart, Size(size), repr(chart)))


@lru_cache(maxsize=KEPT)
def _drawn(drawing):
    chart, size = drawing.chart, drawing.size
    chart = replace(chart, key=f"{chart.id.removeprefix(PREFIX)}-{size}")  # ids are said once
    return DRAWERS[chart.kind](chart, SIZES[size])
