"""HTML of a report: `preview` for a page of the program, `document` for paper."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from itertools import accumulate
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from reports.renderers import formats
from reports.renderers.widths import printed_shares
from reports.tables.charts import Chart, ChartKind
from reports.tables.table import Cell, CellKind, Orientation, Prose, Report, Table
from reports.verification import Seal
from sakip.richtext import shown
from sakip.spreadsheets import line_count
from sakip.text import printable
from sakip.text_tables import has_table
from sakip.type_metrics import width_of

CROWDED = 8  # columns; with more of them a table is set in smaller type on screen
CHANGES = "perubahan"  # id of the table of changes, which has no number
MILLIMETRES_PER_CHARACTER = 1.65  # in a printed table
# A thousandth of the size of the type in characters of MILLIMETRES_PER_CHARACTER: of 10 points, and a
# third wider than Arial.
CHARACTERS_PER_WIDTH = 0.0028
INDENT = 4  # characters that each list, and the margin of the cell, takes at most
MARKUP = re.compile("<[^>]*>")
LIST = re.compile("(<)[ou]l[ >]|</[ou]l>")
LONG_ROW = 25  # lines; an F4 page has 65. A longer row may be split over two pages.


def preview(report: Report) -> SafeString:
    """Returns the tables and passages, without title and letterhead. `css/table.css` shows it."""
    context = {"sections": _sections(report, on_screen=True), "on_screen": True}
    return render_to_string("reports/_sections.html", context)


def preview_table(table: Table, number: int = 1) -> SafeString:
    """Returns one table. `number` makes the ids of several tables on one page unique."""
    context = {"table": _table(table, number, on_screen=True), "on_screen": True}
    return render_to_string("reports/_table.html", context)


def rendered_tables(report: Report, *, on_screen: bool) -> list[SafeString]:
    """Returns each table alone, for a document that puts them between its own paragraphs."""
    return [
        render_to_string("reports/_table.html", {"table": section["table"], "on_screen": on_screen})
        for section in _sections(report, on_screen=on_screen)
        if "table" in section
    ]


def printed(report: Report) -> SafeString:
    """Returns the tables and passages for paper, without title and letterhead."""
    context = {"sections": _sections(report, on_screen=False), "on_screen": False}
    return render_to_string("reports/_sections.html", context)


def document(report: Report, seal: Seal | None = None) -> SafeString:
    """Returns a whole page without addresses of files or hosts; `pdf.py` adds the style sheets."""
    sections = _sections(report, on_screen=False)
    context = {"report": report, "sections": sections, "seal": sealed(seal)}
    return render_to_string("reports/print/report.html", context)


def sealed(seal: Seal | None) -> SafeString | str:
    """Returns the end of an issued document: the changes, and the QR code that leads to the verification."""
    if seal is None:
        return ""
    changes = seal.changes and _table(seal.changes, CHANGES, on_screen=True)
    return render_to_string("reports/print/_seal.html", {"seal": seal, "changes": changes})


def _sections(report: Report, *, on_screen: bool) -> list[dict[str, Any]]:
    sections, tables = [], 0
    for section in report.sections:
        if isinstance(section, Prose):
            sections.append({"prose": section, "html": shown(section.html)})
            continue
        if isinstance(section, Chart):
            _add_chart(sections, section)
            continue
        tables += 1
        table = _table(section, tables, on_screen=on_screen, text_width=report.text_width)
        table["is_wide"] = report.orientation is Orientation.LANDSCAPE
        if section.title == report.title:
            table["title"] = ""
        sections.append({"table": table})
    return sections


def _add_chart(sections, chart):
    """Adds a chart. Small charts that follow each other are placed side by side."""
    if chart.kind is not ChartKind.SMALL:
        sections.append({"chart": chart})
    elif sections and "charts" in sections[-1]:
        sections[-1]["charts"].append(chart)
    else:
        sections.append({"charts": [chart]})


def _table(
    table: Table, number: int | str, *, on_screen: bool, text_width: int = 0
) -> dict[str, Any]:
    room, name_at = room_of(table, text_width), _name_at(table)
    return {
        "number": number,
        "title": table.title,
        "subtitle": table.subtitle,
        "columns": table.columns,
        "head": table.head(),
        "name_at": name_at,
        "is_crowded": len(table.columns) > CROWDED,
        "column_numbers": table.column_numbers,
        "rows": [
            {
                "cells": _cells(row, on_screen, name_at, [] if on_screen else room),
                "is_long": not on_screen and is_long(row, room),
            }
            for row in table.body()
        ],
        "footer_rows": [_cells(row, on_screen) for row in table.footer()],
        "notes": table.notes,
        "warnings": table.warnings,
        "no_rows": formats.NO_ROWS,
    }


def room_of(table: Table, text_width: int) -> list[float]:
    """Returns how many characters fit into each column of a printed table."""
    shares = printed_shares(table, text_width)
    return [share * text_width / MILLIMETRES_PER_CHARACTER for share in shares]


def is_long(row: list[Cell], room: list[float]) -> bool:
    """Returns whether a row may be split. WeasyPrint loses the table head on a page filled by an unsplit
    row. How high a table within a cell becomes nobody knows before.
    """
    if any(cell.kind is CellKind.RICH and has_table(cell.value or "") for cell in row):
        return True
    lines = (
        line_count(formats.cell_text(cell), width) for cell, width in zip(row, room, strict=True)
    )
    return max(lines, default=0) > LONG_ROW


def _name_at(table: Table) -> int:
    """Returns the position of the column that names the rows: the first, or the one after the numbers."""
    is_numbered = len(table.columns) > 1 and table.columns[0].kind is CellKind.ORDINAL
    return 1 if is_numbered else 0


def _cells(
    row: list[Cell], on_screen: bool, name_at: int | None = None, room: Sequence[float] = ()
) -> list[dict[str, Any]]:
    """`room` as of `room_of`, where it is known that the cells are one below the other."""
    cells = []
    for position, cell in enumerate(row):
        html = _cell_html(cell, on_screen)
        css = [f"is-{cell.kind} to-{cell.align}"]
        css += [f"is-{cell.tone}"] if cell.tone else []
        css += ["is-name"] if position == name_at else []
        css += ["is-fitting"] if room and _fits(html, room[position]) else []
        cells.append({"html": html, "css": " ".join(css), "note": cell.note, "span": cell.span})
    return cells


def _fits(html: str, room: float) -> bool:
    """Returns whether surely no word is wider than its column, in any typeface and size of a report."""
    if has_table(html):
        return False
    depth = max(accumulate(1 if tag == "<" else -1 for tag in LIST.findall(html)), default=0)
    left = (room - INDENT * (1 + depth)) / CHARACTERS_PER_WIDTH
    words = unescape(MARKUP.sub(" ", html)).split()
    return all(_width_of(word) <= left for word in words)


@lru_cache(maxsize=10_000)
def _width_of(word: str) -> int:
    return width_of(word, bold=True)


def _cell_html(cell: Cell, on_screen: bool) -> SafeString:
    """Uses `escape`, not `conditional_escape`: only RICH is HTML, and only what `shown` allows."""
    if cell.kind is CellKind.RICH and cell.value is not None:
        return shown(cell.value)
    content = escape(formats.marked_text(cell))
    if cell.annotation:  # the number is not split; its annotation moves to the next line as a whole
        if cell.kind is not CellKind.TEXT:
            content = format_html('<span class="nowrap">{}</span>', content)
        note = printable(cell.annotation)
        content = format_html('{} <span class="annotation">{}</span>', content, note)
    if cell.url and on_screen:
        return format_html('<a href="{}">{}</a>', cell.url, content)
    return content
