"""A bar of parts for one row of a table. It is as wide as its cell: all its lengths are percentages.

The patterns stand once on a page (`patterns`), because a page has one strip for each row.
"""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from sakip.charts import svg

OWNER = "strip"
HEIGHT = 14


def strip(parts: Sequence[tuple[str, int]], longest: int, words: str) -> SafeString:
    """`parts` are (look, number); `longest` is the sum that takes the whole width; `words` say the same."""
    drawn, left = [], 0
    for look, number in parts:
        if number:
            drawn.append(_part(look, left, number, longest))
        left += number
    return svg.element(
        "svg",
        svg.element("title", words),
        svg.element("rect", width="100%", height=HEIGHT, rx=2, fill=svg.TRACK),
        *drawn,
        class_="chart-strip",
        width="100%",
        height=HEIGHT,
        role="img",
        aria_label=words,
    )


def _part(look, left, number, longest):
    return svg.element(
        "rect",
        x=_share(left, longest),
        width=_share(number, longest),
        height=HEIGHT,
        fill=svg.filled(OWNER, look, svg.LOOKS[look]),
        stroke=svg.PAPER,
    )


def _share(number, longest):
    return f"{100 * number / (longest or 1):.2f}%"


def swatch(look: str) -> SafeString:
    """The square of a legend."""
    fill = svg.filled(OWNER, look, svg.LOOKS[look])
    square = svg.element("rect", width=11, height=11, rx=2, fill=fill)
    return svg.element(
        "svg", square, class_="chart-swatch", width=11, height=11, aria_hidden="true"
    )


def patterns() -> SafeString:
    return svg.element(
        "svg",
        svg.definitions(OWNER, svg.LOOKS),
        class_="chart-patterns",
        width=0,
        height=0,
        aria_hidden="true",
    )
