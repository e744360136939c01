"""The text of a report at the time of issue: stored permanently, hashed, compared with the next issue.

A section holds what is printed once (`head`, `labels`, `notes`), the printed rows (`rows`, `footer`),
and their Records (`records`, `totals`) with keys that stay the same when something is renamed, moved or
inserted. Snapshots of version 1 have no keys; `older.py` reads them.
"""

import hashlib
import json
import re
from collections import Counter
from typing import Any

from django.utils.text import Truncator

from reports.renderers import formats
from reports.renderers.richtext import plain
from reports.tables.charts import Chart
from reports.tables.table import Cell, CellKind, Facts, Prose, Report, Table, fingerprint
from sakip.text import printable

VERSION = 2
LONGEST_NAME = 80
NUMBERED = re.compile(r"((?:\d+|[a-z])\. )?(.*)", re.DOTALL)
IN_CONTENTS = "Dalam daftar isi"  # label of a title in the table of contents
CAPTION, PICTURE = "Keterangan gambar", "Gambar"


def take(report: Report) -> dict[str, Any]:
    """Returns every printed word of `report`. Only lists and texts are used, so JSON keeps the order.

    Head and letterhead come last.
    """
    head = report.head or Facts(
        report.title, (("Judul", report.title), ("Anak judul", report.subtitle)), key="kepala"
    )
    letterhead = [report.letterhead.facts] if report.letterhead else []
    sections = [*report.sections, head, *letterhead]
    titles = {report.title} | {
        text
        for row in sections
        if isinstance(row, Facts)
        for label, text in row.values
        if label == IN_CONTENTS
    }
    return {
        "version": VERSION,
        "title": printable(report.title),
        "subtitle": printable(report.subtitle),
        "sections": [_section(row, titles) for row in sections],
    }


def numbered(labels: list[str]) -> list[str]:
    """Returns labels made unique: a repeated label gets a number."""
    seen, found = Counter(), []
    for label in labels:
        seen[label] += 1
        found.append(f"{label} ({seen[label]})" if seen[label] > 1 else label)
    return found


def shortened(name: str) -> str:
    return Truncator(name).chars(LONGEST_NAME)


def digest(snapshot: dict[str, Any]) -> str:
    """Returns the SHA-256 of `snapshot`, written as JSON in one fixed form."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _section(section, titles):
    """`titles` are stored separately."""
    match section:
        case Table():
            return _table(section, titles)
        case Prose():
            return _prose(section, titles)
        case Chart():
            return _chart(section)
        case Facts():
            return _facts(section)


def _about(kind, section, title, head):
    return {
        "key": section.key,
        "kind": kind,
        "title": printable(title),
        "head": [[label, printable(text)] for label, text in head if text],
    }


def _record(key, name, values, places=()):
    return {
        "key": key,
        "name": shortened(printable(name)),
        "values": [[printable(label), _text(value)] for label, value in values],
        "places": [[printable(label), _text(value)] for label, value in places],
    }


def _text(value: str | Cell) -> str:
    return formats.cell_text(value) if isinstance(value, Cell) else printable(value)


# ── Passages, heads, charts ─────────────────────────────────────────────────────────────────────
def _prose(prose: Prose, titles: set[str]) -> dict[str, Any]:
    figures = [
        _record(
            figure.key,
            figure.caption or PICTURE,
            [(CAPTION, figure.caption), (PICTURE, fingerprint(figure.data_uri))],
        )
        for figure in prose.figures
    ]
    text = _record("isi", prose.heading, [("Isi", plain(prose.html))])
    heading = "" if prose.heading in titles else prose.heading
    about = _about("prose", prose, prose.heading, [("Judul", heading)])
    return about | {"records": [text, *figures]}


def _facts(facts: Facts) -> dict[str, Any]:
    values = [(label, text) for label, text in facts.values if text]
    about = _about("facts", facts, facts.title, [])
    return about | {"records": [_record("isi", facts.title, values)]}


def _chart(chart: Chart) -> dict[str, Any]:
    """Returns one line of numbers for each series, so that a new day is one change and not thirty."""
    place, title = NUMBERED.fullmatch(chart.title).groups()
    places = [("Nomor", place.strip())] if place else []
    about = _about("chart", chart, title, [("Judul", title)])
    series = [
        _record(row.label, title, [(f"Grafik {row.label}".strip(), _points(chart, row))])
        for row in chart.series
    ]
    return about | {"records": [_record("nomor", title, [], places), *series]}


def _points(chart, series):
    return "; ".join(
        f"{category} {chart.text(point)}{' (berongga)' if point.is_hollow else ''}"
        for category, point in zip(chart.categories, series.points, strict=True)
    )


# ── Tables ──────────────────────────────────────────────────────────────────────────────────────
def _table(table: Table, titles: set[str]) -> dict[str, Any]:
    body, footer = list(table.body()), list(table.footer())
    labels = [printable(label) for label in table.labels]
    title = "" if table.title in titles else table.title
    head = [
        ("Judul", title),
        ("Anak judul", table.subtitle),
        ("Nomor kolom", " | ".join(table.column_numbers)),
    ]
    return _about("table", table, table.title or table.name, head) | {
        "labels": labels,
        "rows": [[formats.cell_text(cell) for cell in row] for row in body],
        "footer": [[formats.cell_text(cell) for cell in row] for row in footer],
        "notes": [printable(note) for note in (*table.notes, *table.warnings)],
        "records": list(_body_records(table, body, numbered(labels))),
        "totals": [_row_record("", table, row, numbered(labels)) for row in footer],
    }


def _body_records(table: Table, body: list[list[Cell]], labels: list[str]):
    for row, cells in zip(table.rows, body, strict=True):
        if table.records is None:
            yield _row_record(table.key_of(row), table, cells, labels)
            continue
        for found in table.records(row):
            places = [("Nomor", found.place)] if found.place else []
            yield _record(found.key, found.name, found.values, places)


def _row_record(key, table, cells, labels):
    """Returns all cells of a row under their column labels; the first words of the row are its name."""
    name, values, places, position = "", [], [], 0
    for cell in cells:
        column, label = table.columns[position], labels[position]
        if cell.kind is CellKind.ORDINAL or column.is_place and cell.span == 1:
            places.append((label, cell))
        else:
            values.append((label, cell))
            name = name or _naming(cell)
        position += cell.span
    return _record(key, name, values, places)


def _naming(cell):
    text = formats.cell_text(cell)
    return text if cell.kind in (CellKind.TEXT, CellKind.RICH) and text != formats.EMPTY else ""
