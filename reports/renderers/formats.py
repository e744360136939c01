"""Formats values as text and for Excel. No other module knows how a kind of value looks."""

import re
from datetime import datetime

from django.utils.timezone import localtime

from reports.renderers.richtext import plain
from reports.tables.table import Cell, CellKind
from sakip.dates import format_date
from sakip.numbers import format_number
from sakip.spreadsheets import DATE_FORMAT, GROUPED_FORMAT, WHOLE_FORMAT
from sakip.text import printable

EMPTY = "-"
NO_ROWS = "Tidak ada data"
MAX_EXCEL_FORMAT = 200  # Excel refuses number formats of more than 255 characters
SUFFIXES = {CellKind.PERCENT: "%", CellKind.ORDINAL: "."}


def value_text(cell: Cell) -> str:
    """Returns the value alone as it is printed; an empty text for None."""
    match cell.kind:
        case _ if cell.value is None:
            return ""
        case CellKind.RICH:
            return plain(cell.value)
        case CellKind.INTEGER:
            return format_number(cell.value, 0)
        case CellKind.NUMBER | CellKind.PERCENT:
            return format_number(cell.value, cell.places)
        case CellKind.DATE:
            return format_date(local_date(cell.value))
        case _:
            return printable(cell.value)


def marked_text(cell: Cell, missing: str = EMPTY) -> str:
    """Returns the value with sign and mark; `missing` when there is no value.

    Paper and screen print "-" for a missing value, so that nobody takes it for a blank that was
    forgotten. In a spreadsheet and in CSV the cell stays empty, so that sums and filters work.
    """
    if cell.value is None:
        return missing + printable(cell.mark)
    return value_text(cell) + SUFFIXES.get(cell.kind, "") + printable(cell.mark)


def cell_text(cell: Cell, missing: str = EMPTY) -> str:
    """Returns the whole cell as it is printed, with mark and annotation."""
    parts = (marked_text(cell, missing), printable(cell.annotation))
    return " ".join(part for part in parts if part).rstrip()


def excel_format(cell: Cell) -> str:
    """Returns an Excel number format. It shows mark and annotation, and the value stays a number."""
    if cell.kind is CellKind.DATE:
        return DATE_FORMAT
    code = WHOLE_FORMAT if cell.kind in (CellKind.ID, CellKind.ORDINAL) else GROUPED_FORMAT
    if cell.kind in (CellKind.NUMBER, CellKind.PERCENT) and cell.places:
        code += "." + "0" * cell.places
    suffix = f"{SUFFIXES.get(cell.kind, '')}{printable(cell.mark)} {printable(cell.annotation)}"
    # Characters inside quotes are not format codes; a quote itself cannot be escaped.
    literal = re.sub(r"\s+", " ", suffix.replace('"', "”").rstrip())[:MAX_EXCEL_FORMAT]
    return f'{code}"{literal}"' if literal else code


def local_date(value):
    return localtime(value).date() if isinstance(value, datetime) else value
