"""A table as JSON and back: what an issued document keeps, whatever becomes of the records.

Only what is printed is kept: `thaw(freeze(table))` prints the same in every format, but its rows are
the cells, no longer the records.
"""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

from reports.tables import Align, Cell, Column, Kind, Table, Tone

WORDS = ("title", "name", "subtitle")
LISTS = ("column_numbers", "notes", "warnings")


def freeze(table: Table) -> dict[str, Any]:
    return {
        **{name: getattr(table, name) for name in WORDS},
        **{name: list(getattr(table, name)) for name in LISTS},
        "columns": [_freeze_column(column) for column in table.columns],
        "rows": [[_freeze_cell(cell) for cell in row] for row in table.body()],
        "footer_rows": [[_freeze_cell(cell) for cell in row] for row in table.footer()],
    }


def thaw(frozen: dict[str, Any]) -> Table:
    return Table(
        columns=[_thaw_column(number, row) for number, row in enumerate(frozen["columns"])],
        rows=[[_thaw_cell(cell) for cell in row] for row in frozen["rows"]],
        footer_rows=[[_thaw_cell(cell) for cell in row] for row in frozen["footer_rows"]],
        **{name: frozen[name] for name in (*WORDS, *LISTS)},
    )


def _freeze_column(column):
    kept = ("label", "kind", "width", "group", "places", "align")
    return {name: getattr(column, name) for name in kept}


def _thaw_column(number, frozen):
    kind, align = Kind(frozen["kind"]), frozen["align"]
    return Column(
        **frozen | {"value": itemgetter(number), "kind": kind, "align": align and Align(align)}
    )


def _freeze_cell(cell):
    """Without what is as always, which is most."""
    given = {row.name: getattr(cell, row.name) for row in fields(Cell) if row.name != "value"}
    usual = {row.name: row.default for row in fields(Cell)}
    changed = {name: value for name, value in given.items() if value != usual[name]}
    return {"value": _freeze_value(cell.value), **changed}


def _thaw_cell(frozen):
    enums = {"kind": Kind, "align": Align, "tone": Tone}
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
