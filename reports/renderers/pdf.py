"""PDF of a report: tagged, titled, and made without fetching anything from file or network."""

import logging
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from reports.renderers.html import document
from reports.tables import MARGINS, Report
from reports.typesetting import engine
from reports.typesetting.processes import WorkerFailed
from reports.typesetting.typesetter import print_long

logger = logging.getLogger(__name__)

OPTIONS = {"pdf_variant": "pdf/ua-1"}
STYLE_SHEETS = ("css/table.css", "css/print.css")


def render(report: Report, progress=None) -> bytes:
    """A long report is laid out by several processes; `progress(done, total)` may raise to give up."""
    html, css = document(report), page_css(report)
    progress = progress or _silent
    try:
        content = print_long(
            html, _style_sheets(html, css), OPTIONS, lambda frame: render_html(frame, css), progress
        )
    except WorkerFailed:
        logger.exception("A long report is printed in one process.")
        content = None
    return content or render_html(html, css)


def render_html(html: str, css: str = "") -> bytes:
    """Any document of ours on `base_print.html`; `css` comes after the common style sheets.

    A picture that is no data: address is left out and logged, never fetched.
    """
    return engine.layout(html, _style_sheets(html, css), **OPTIONS).write_pdf(**OPTIONS)


def _style_sheets(html: str, css: str) -> tuple[str, ...]:
    return (*_common_css(), _list_css(html), css)


def _silent(done, total):
    pass


@cache
def _common_css() -> tuple[str, ...]:
    return tuple(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLE_SHEETS)


def page_css(report: Report) -> str:
    width, height = report.page_size
    margins = " ".join(f"{MARGINS[side]}mm" for side in ("top", "right", "bottom", "left"))
    rule = f"@page {{ size: {width}mm {height}mm; margin: {margins} }}"
    return f"{rule}\n{column_css([table.shares for table in report.tables])}"


def column_css(shares: Iterable[Sequence[float]], scope: str = "") -> str:
    """Widths of the columns of consecutive tables; `scope` selects what contains them."""
    return "\n".join(
        f"{scope} .columns-{number} col:nth-child({position}) {{ width: {share:.3%} }}"
        for number, columns in enumerate(shares, start=1)
        for position, share in enumerate(columns, start=1)
    )


def _list_css(html: str) -> str:
    """The numbers at which lists and items start: WeasyPrint reads them from style sheets only."""
    rules = [
        f'li[value="{number}"] {{ counter-reset: list-item {number}; counter-increment: none }}'
        for number in set(re.findall(r'<li value="(\d+)"', html))
    ]
    rules += [
        f'ol[start="{number}"] {{ counter-reset: list-item {int(number) - 1} }}'
        for number in set(re.findall(r'<ol[^>]* start="(\d+)"', html))
    ]
    return "\n".join(rules)
