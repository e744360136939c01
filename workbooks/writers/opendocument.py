"""Writes an .ods row by row. odfpy holds the whole document in memory, which an export must not."""

import zipfile
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from xml.sax.saxutils import XMLGenerator

from workbooks.columns import fingerprints

MIME = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
SPACES = {
    f"xmlns:{prefix}": f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
    }.items()
}


def write(output, kind, exports):
    """Texts are texts, whatever they begin with; the fingerprints stand in a hidden column."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME)  # first, and not compressed
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as member:
            text = TextIOWrapper(member, encoding="utf-8", write_through=False)
            _Content(text).write(exports)
            text.flush()
            text.detach()


class _Content:
    def __init__(self, text):
        self.xml = XMLGenerator(text, "utf-8", short_empty_elements=True)

    def write(self, exports):
        self.xml.startDocument()
        self._start("office:document-content", {**SPACES, "office:version": "1.3"})
        self._date_style()
        self._start("office:body")
        self._start("office:spreadsheet")
        for export in exports:
            self._table(export)
        for name in ("office:spreadsheet", "office:body", "office:document-content"):
            self.xml.endElement(name)
        self.xml.endDocument()

    def _date_style(self):
        self._start("office:automatic-styles")
        self._start("number:date-style", {"style:name": "hari"})
        for part, how in (("day", {}), ("month", {"number:textual": "true"}), ("year", {})):
            look = {"number:style": "long"} if part != "day" else {}
            self._empty(f"number:{part}", how | look)
            if part != "year":
                self._start("number:text")
                self.xml.characters(" ")
                self.xml.endElement("number:text")
        self.xml.endElement("number:date-style")
        cell = {"style:name": "tanggal", "style:family": "table-cell"}
        self._empty("style:style", cell | {"style:data-style-name": "hari"})
        self.xml.endElement("office:automatic-styles")

    def _table(self, export):
        self._start("table:table", {"table:name": export.sheet.title})
        shown = {"table:number-columns-repeated": str(len(export.columns))}
        self._empty("table:table-column", shown)
        self._empty("table:table-column", {"table:visibility": "collapse"})
        self._row([*(column.label for column in export.columns), fingerprints.LABEL])
        for values, mark in export:
            self._row([*values, mark])
        self.xml.endElement("table:table")

    def _row(self, values):
        self._start("table:table-row")
        for value in values:
            self._cell(value)
        self.xml.endElement("table:table-row")

    def _cell(self, value):
        if value is None:
            self._empty("table:table-cell")
            return
        if isinstance(value, date):
            how = {"office:value-type": "date", "office:date-value": value.isoformat()}
            how["table:style-name"] = "tanggal"
        elif isinstance(value, int | Decimal):
            how = {"office:value-type": "float", "office:value": str(value)}
        else:
            how = {"office:value-type": "string"}
        self._start("table:table-cell", how)
        if isinstance(value, str):
            for line in value.split("\n"):
                self._line(line)
        self.xml.endElement("table:table-cell")

    def _line(self, line):
        self._start("text:p")
        self.xml.characters(line)
        self.xml.endElement("text:p")

    def _start(self, name, attributes=None):
        self.xml.startElement(name, attributes or {})

    def _empty(self, name, attributes=None):
        self.xml.startElement(name, attributes or {})
        self.xml.endElement(name)
