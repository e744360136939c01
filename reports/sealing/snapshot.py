"""What a report said when it was issued, as text: kept for good, hashed, compared with the next one."""

import hashlib
import json
from collections import Counter
from typing import Any

from django.utils.text import Truncator

from reports.charts import Chart
from reports.renderers import formats
from reports.richtext import plain, printable
from reports.tables import Cell, Kind, Prose, Report, Table

VERSION = 1
LONGEST_NAME = 80


def take(report: Report) -> dict[str, Any]:
    """Every word of `report` as it is printed, in lists and texts only, so that JSON keeps the order."""
    return {
        "version": VERSION,
        "title": printable(report.title),
        "subtitle": printable(report.subtitle),
        "sections": [
            _table(section) if isinstance(section, Table) else _prose(section)
            for section in report.sections
            if not isinstance(section, Chart)  # its numbers are those of a table
        ],
    }


def digest(snapshot: dict[str, Any]) -> str:
    """SHA-256 of the one way to write `snapshot` down."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _prose(prose: Prose) -> dict[str, Any]:
    captions = [["Keterangan gambar", printable(figure.caption)] for figure in prose.figures]
    values = [["Isi", plain(prose.html)], *captions]
    return {
        "title": printable(prose.heading),
        "records": _unique([("", printable(prose.heading), values)]),
    }


def _table(table: Table) -> dict[str, Any]:
    body, footer = list(table.body()), list(table.footer())
    return {
        "title": printable(table.title or table.name),
        "labels": [printable(label) for label in table.labels],
        "rows": [[formats.cell_text(cell) for cell in row] for row in body],
        "footer": [[formats.cell_text(cell) for cell in row] for row in footer],
        "notes": [printable(note) for note in (*table.notes, *table.warnings)],
        "records": _unique([*_body_records(table, body), *_footer_records(table, footer)]),
    }


def _body_records(table: Table, body: list[list[Cell]]):
    if table.records:
        for row in table.rows:
            for record in table.records(row):
                values = [[label, _text(value)] for label, value in record.values]
                yield record.key, record.name, values
        return
    for row in body:
        yield _record(table.labels, row, 0)


def _footer_records(table: Table, footer: list[list[Cell]]):
    for row in footer:
        key, name, values = _record(table.labels, row, 0)
        yield f"footer:{key}", name, values


def _record(labels, row, position):
    """A row is known by its first words; the running number before them says nothing about it."""
    name, values = "", []
    for cell in row:
        text = formats.cell_text(cell)
        if not name and cell.kind in (Kind.TEXT, Kind.RICH) and text not in ("", formats.EMPTY):
            name = text
        elif cell.kind is not Kind.ORDINAL and (name or cell.is_number):
            values.append([printable(labels[position]), text])
        position += cell.span
    return name, Truncator(name).chars(LONGEST_NAME), values


def _unique(found) -> list[list]:
    """Rows of the same name are told apart by their order."""
    seen, records = Counter(), []
    for key, name, values in found:
        seen[key] += 1
        records.append([f"{key}#{seen[key]}", name, values])
    return records


def _text(value) -> str:
    return plain(value) if "<" in str(value) else printable(value)
