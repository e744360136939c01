"""Looks at the table of an .ods before it is parsed: a few bytes there can stand for a million rows."""

import re
from typing import NamedTuple
from xml.parsers import expat

from django.conf import settings

from sakip.uploads import archive, office
from sakip.uploads.archive import ArchiveRefused, Fault

MAX_COLUMNS = 500
MACROS = re.compile(r"(basic|scripts)/", re.IGNORECASE)
# Data of another file or program, and what a click or the opening starts.
OUTSIDE = {
    "table:table-source",
    "table:cell-range-source",
    "table:dde-link",
    "office:dde-source",
    "text:dde-connection",
}
CALLS = ("macro:", "vnd.sun.star.script:", "javascript:")
REPEATED = "table:number-{}-repeated"


class Area(NamedTuple):
    """Cells side by side; `row` and `column` count from 0."""

    row: int
    column: int
    height: int = 1
    width: int = 1


class WorkbookRefused(ValueError):
    """The file as a whole cannot be used; the message is a sentence that says what to do."""


class _Extent:
    """Counts rows and columns up to the last cell with a value, and notes the cells shown as a percentage."""

    def __init__(self):
        self.row = self.column = self.last_row = self.last_column = 0
        self.repeated = 1
        self.percents: dict[str, list[Area]] = {}
        self.areas: list[Area] = []

    def start(self, name, attributes):
        if name in OUTSIDE:
            raise ArchiveRefused(Fault.OUTSIDE, part=attributes.get("xlink:href", "DDE"))
        if attributes.get("xlink:href", "").startswith(CALLS):
            raise ArchiveRefused(Fault.MACRO, part=attributes["xlink:href"])
        if name == "table:table":
            self.row = 0
            self.areas = self.percents.setdefault(attributes.get("table:name", ""), [])
        elif name == "table:table-row":
            self.repeated, self.column = _repeated(attributes, "rows"), 0
            self.row += self.repeated
        elif name in ("table:table-cell", "table:covered-table-cell"):
            first, width = self.column, _repeated(attributes, "columns")
            self.column += width
            if attributes.get("office:value-type") == "percentage":
                area = Area(self.row - self.repeated, first, self.repeated, width)
                self.areas.append(area)
            if "office:value-type" in attributes:
                self.last_row = max(self.last_row, self.row)
                self.last_column = max(self.last_column, self.column)


def _repeated(attributes, what):
    return int(attributes.get(REPEATED.format(what), 1))


def walk(package, limits, name) -> dict[str, list[Area]]:
    """Looks at every part. Raises WorkbookRefused and ArchiveRefused; returns what `check` does."""
    percents = {}
    for entry in package.infolist():
        path = archive.path_of(entry)
        if MACROS.match(path):
            raise ArchiveRefused(Fault.MACRO, part=path)
        pieces = office.sniffed(path, archive.pieces(package, entry, limits))
        if path == "content.xml":
            percents = check(pieces, name)
        else:
            for _piece in pieces:
                pass
    return percents


def check(pieces, name) -> dict[str, list[Area]]:
    """Raises WorkbookRefused. `pieces` are the bytes of content.xml.

    Returns the cells shown as a percentage, by name of the sheet.
    """
    extent, parser = _Extent(), expat.ParserCreate()
    parser.StartElementHandler = extent.start

    def refuse(*_args):
        raise WorkbookRefused(f"{name} berisi definisi XML yang tidak diperbolehkan.")

    parser.StartDoctypeDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            _check_extent(extent, name)
        return extent.percents
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, WorkbookRefused):
            raise
        raise WorkbookRefused(
            f"{name} rusak. Buka di LibreOffice, simpan ulang, lalu unggah lagi."
        ) from error


def _check_extent(extent, name):
    if extent.last_row > settings.IMPORT_MAX_ROWS + 100 or extent.last_column > MAX_COLUMNS:
        raise WorkbookRefused(
            f"{name} berisi sel di luar batas. Paling banyak {settings.IMPORT_MAX_ROWS} baris dan "
            f"{MAX_COLUMNS} kolom; hapus sel yang jauh itu."
        )
