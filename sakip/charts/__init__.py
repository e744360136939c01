"""Charts drawn on the server: data in, one SVG out, the same on screen and on paper.

Own code, since no library fits: pygal and matplotlib put <style> or style="" into the SVG, which the
security policy refuses, leather and pygal know neither patterns nor gaps with hollow marks, and none
writes title and description. WeasyPrint does not show a page's classes to an SVG, hence attributes.
"""

from django.utils.safestring import SafeString

from sakip.charts import bars, lines
from sakip.charts.data import GAP, Chart, ChartKind, Point, Series

__all__ = ["GAP", "Chart", "ChartKind", "Point", "Series", "draw"]

DRAWERS = {
    ChartKind.BARS: bars.bars,
    ChartKind.STACKED: bars.stacked,
    ChartKind.LINES: lines.lines,
    ChartKind.SMALL: lines.small,
}


def draw(chart: Chart) -> SafeString:
    """The chart as an SVG element; needs `css/charts.css` for its size on the page."""
    return DRAWERS[chart.kind](chart)
