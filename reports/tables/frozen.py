"""Stores a table as JSON and reads it again, so that an issued document does not change with the records.

`thaw(freeze(table))` prints the same in every format. Its rows are the printed cells, not the records.
The Records of each row and their keys are stored too, so that later changes can be found. Tables that
were frozen by older versions have no keys.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any

from reports.tables.table import Align, Cell, CellKind, Column, Record, Table, Tone

WORDS = ("title", "name", "subtitle")
LISTS = ("column_numbers", "notes", "warnings")


def freeze(table: Table) -> dict[str, Any]:
    return {
        **{name: getattr(table, name) for name in WORDS},
        **{name: list(getattr(table, name)) for name in LISTS},
        "columns": [_freeze_column(column) for column in table.columns],
        "rows": [[_freeze_cell(cell) for cell in row] for row in table.body()],
        "footer_rows": [[_freeze_cell(cell) for cell in row] for row in table.footer()],
        "key": table.key,
        **_freeze_records(table),
    }


def thaw(frozen: dict[str, Any]) -> Table:
    rows = [_FrozenRow(_thaw_cell(cell) for cell in row) for row in frozen["rows"]]
    for row, key in zip(rows, frozen.get("row_keys", ()), strict=False):
        row.key = key
    for row, records in zip(rows, frozen.get("records", ()), strict=False):
        row.records = [_thaw_record(record) for record in records]
    return Table(
        columns=[_thaw_column(number, row) for number, row in enumerate(frozen["columns"])],
        rows=rows,
        footer_rows=[[_thaw_cell(cell) for cell in row] for row in frozen["footer_rows"]],
        key=frozen.get("key", ""),
        row_key="key",
        records=attrgetter("records") if "records" in frozen else None,
        **{name: frozen[name] for name in (*WORDS, *LISTS)},
    )


class _FrozenRow(list):
    """The cells of a row."""

    key = ""
    records: Sequence[Record] = ()


def _freeze_records(table):
    if table.records:
        return {
            "records": [
                [_freeze_record(record) for record in table.records(row)] for row in table.rows
            ]
        }
    return {"row_keys": [table.key_of(row) for row in table.rows]}


def _freeze_record(record):
    values = [
        [label, _freeze_cell(value) if isinstance(value, Cell) else value]
        for label, value in record.values
    ]
    return {**record._asdict(), "values": values}


def _thaw_record(frozen):
    values = [
        (label, _thaw_cell(value) if isinstance(value, dict) else value)
        for label, value in frozen["values"]
    ]
    return Record(**frozen | {"values": values})


def _freeze_column(column):
    kept = ("label", "kind", "width", "group", "places", "align", "is_place")
    return {name: getattr(column, name) for name in kept}


def _thaw_column(number, frozen):
    kind, align = CellKind(frozen["kind"]), frozen["align"]
    return Column(
        **frozen | {"value": itemgetter(number), "kind": kind, "align": align and Align(align)}
    )


def _freeze_cell(cell):
    """Stores only the fields that differ from their default."""
    given = {row.name: getattr(cell, row.name) for row in fields(Cell) if row.name != "value"}
    usual = {row.name: row.default for row in fields(Cell)}
    changed = {name: value for name, value in given.items() if value != usual[name]}
    return {"value": _freeze_value(cell.value), **changed}


def _thaw_cell(frozen):
    enums = {"kind": CellKind, "align": Align, "tone": Tone}
    known = {name: enum(frozen[name]) for name, enum in enums.items() if name in frozen}
    return Cell(**frozen | known | {"value": _thaw_value(frozen["value"])})


def _freeze_value(value):
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)


def _thaw_value(value):
    match value:
        case {"decimal": text}:
            return Decimal(text)
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case _:
            return value
