"""CSV of a report, for Excel in Indonesian: semicolons, a byte order mark, decimal comma.

It contains data only: no titles, notes, passages or thousands dots; dates are written as 2023-10-02.
Marks and annotations would turn numbers into text, so they are written to a last column "Keterangan",
which exists only when needed. Several tables of one report are written one after the other; a first
column "Bagian" tells them apart.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from reports.renderers import formats
from reports.tables.table import Cell, CellKind, Report, Table
from sakip.spreadsheets import without_formula
from sakip.text import printable


def render(report: Report) -> bytes:
    output = StringIO()
    writer = csv.writer(output, delimiter=";")
    tables = [(table, [*table.body(), *table.footer()]) for table in report.tables]
    several = len(tables) > 1
    remarked = any(_remark(table, row) for table, rows in tables for row in rows)
    labels = None
    for table, rows in tables:
        if table.labels != labels:
            labels = table.labels
            head = ["Bagian"] * several + labels + ["Keterangan"] * remarked
            writer.writerow(map(without_formula, head))
        part = [without_formula(table.name or table.title)] * several
        for row in rows:
            remark = [without_formula(_remark(table, row))] * remarked
            writer.writerow([*part, *_values(row), *remark])
    return output.getvalue().encode("utf-8-sig")


def _values(row: list[Cell]) -> Iterator[str]:
    for cell in row:
        yield _value(cell)
        yield from [""] * (cell.span - 1)


def _value(cell: Cell) -> str:
    if cell.is_number:
        return formats.value_text(cell).replace(".", "")
    if cell.kind is CellKind.DATE and cell.value is not None:
        return formats.local_date(cell.value).isoformat()
    return without_formula(formats.value_text(cell))


def _remark(table: Table, row: list[Cell]) -> str:
    """Returns everything that is printed beside the values of this row: "2023: * (peringkat 4)"."""
    remarks, position = [], 0
    for cell in row:
        said = " ".join(filter(None, (cell.mark, cell.annotation, cell.note)))
        if said:
            remarks.append(f"{table.labels[position]}: {said}")
        position += cell.span
    return printable("; ".join(remarks))
