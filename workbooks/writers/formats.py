"""The file formats of an export. Writers take rows one by one, so memory does not grow with the rows.

CSV and JSON are for other programs; XLSX and ODS come back through the import.
"""

import csv
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import TextIOWrapper

from sakip.spreadsheets import without_formula
from workbooks.writers import opendocument, xlsx
from workbooks.writers.exports import SheetExport

EPOCH = (1980, 1, 1, 0, 0, 0)  # what a zip tells of files that are made on the way


@dataclass(frozen=True)
class ExportFormat:
    """`write(output, kind, exports)` fills a binary file that can be read again."""

    label: str
    content_type: str
    write: Callable


def extension(format: str, exports: Sequence[SheetExport]) -> str:
    """Several tables of CSV come in one zip."""
    return "zip" if format == "csv" and len(exports) > 1 else format


def content_type(format: str, exports: Sequence[SheetExport]) -> str:
    several = extension(format, exports) == "zip"
    return "application/zip" if several else FORMATS[format].content_type


def _write_csv(output, kind, exports):
    if len(exports) == 1:
        _write_table(output, exports[0])
        return
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for export in exports:
            place = zipfile.ZipInfo(f"{export.sheet.title}.csv", EPOCH)
            place.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(place, "w", force_zip64=True) as member:
                _write_table(member, export)


def _write_table(output, export):
    """For Excel in Indonesian: semicolons, a byte order mark, decimal comma; dates as 2023-10-02."""
    text = TextIOWrapper(output, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([without_formula(column.label) for column in export.columns])
    for values, _ in export:
        writer.writerow(map(_csv_text, values))
    text.detach()


def _csv_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return without_formula(value) if isinstance(value, str) else str(value)


def _write_json(output, kind, exports):
    """{"jenis", "lembar": [{"nama", "kolom", "baris": [{label: value}]}]}; exact figures as texts."""
    text = TextIOWrapper(output, encoding="utf-8", newline="\n", write_through=True)
    text.write(f'{{"jenis": {_json(kind.name)}, "lembar": [')
    for number, export in enumerate(exports):
        labels = [column.label for column in export.columns]
        text.write(",\n" if number else "\n")
        text.write(f'{{"nama": {_json(export.sheet.title)}, "kolom": {_json(labels)}, "baris": [')
        for row, (values, _) in enumerate(export):
            text.write(",\n" if row else "\n")
            text.write(_json(dict(zip(labels, values, strict=True))))
        text.write("]}")
    text.write("]}\n")
    text.detach()


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False, default=_json_text)


def _json_text(value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


FORMATS = {
    "xlsx": ExportFormat(
        "Excel (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write_exports,
    ),
    "ods": ExportFormat(
        "LibreOffice (ODS)",
        "application/vnd.oasis.opendocument.spreadsheet",
        opendocument.write,
    ),
    "csv": ExportFormat("CSV", "text/csv; charset=utf-8", _write_csv),
    "json": ExportFormat("JSON", "application/json", _write_json),
}
