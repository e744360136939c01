"""Looks at an uploaded workbook before any of it is parsed: what it is, and how large it would become."""

import html
import re
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from sakip.numbers import position
from sakip.uploads import archive, office, real_type, scanner
from sakip.uploads.archive import OLD_OFFICE, ArchiveRefused, Fault, Limits
from sakip.uploads.contents import XLSX
from sakip.uploads.refusals import Refused
from workbooks.readers import number_formats, opendocument
from workbooks.readers.opendocument import MAX_COLUMNS, Area, WorkbookRefused

# The files are foreign: no pattern may look through the rest of one again and again. A start tag ends
# before the next "<", and what one part of a pattern has taken it does not give back.
# Written otherwise than all known programs do: a cell without its address, or with other quotes and blanks.
# What follows finds no such cell, so its formula, percentage and place would go unseen.
STRANGE = re.compile(
    rb"""<(?:\w++:)?c(?=[\s/>])(?! r="[A-Z]{1,3}[0-9]{1,7}"(?: [a-z]++="[^"<>]*+")*+/?>)"""
    rb"""(?:(?![^<>]*?\sr="[A-Z])|[^<>]*?(?:'|\s=|=\s))[^<>]*+>|<!\[CDATA\["""
)
# The text "" is what a formula may make of it, as in =IF(A1="";"";B1): then it has a value.
FORMULA = re.compile(
    rb'<(?:\w++:)?c\b(?![^<>]*?\bt="str")(?>[^<]*?\br="([A-Z]{1,3}[0-9]{1,7})")[^<]*+<(?:\w++:)?f\b'
)
ERROR = re.compile(rb'<(?:\w++:)?c\b(?=[^<]*?\bt="e")[^<]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
TAG = re.compile(r"<(?:\w++:)?(?:sheet|Relationship)\b([^<>]*+)>")
OTHER_EXCEL = {
    "xls": "berformat Excel lama",
    "xlt": "berformat Excel lama",
    "xlsm": "buku kerja bermakro",
    "xlsb": "buku kerja biner",
    "xltx": "templat Excel",
    "xltm": "templat Excel bermakro",
    "csv": "berkas teks (CSV)",
    "tsv": "berkas teks",
    "txt": "berkas teks",
}
SAVE_AS = "Di Excel pilih Simpan sebagai (Save as), jenis .xlsx, lalu unggah hasilnya."
HEAD = 1 << 20  # bytes of the list of sheets that are looked at
OVERLAP = 1 << 12  # no start tag of a cell is longer
NO_WORKBOOK = (
    "tidak dapat dibaca sebagai buku kerja. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
)
SENTENCES = office.SENTENCES | {
    Fault.DAMAGED: (
        "rusak atau bukan buku kerja Excel. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
    ),
    Fault.UNLISTED: NO_WORKBOOK,
    Fault.OTHER_KIND: NO_WORKBOOK,
    Fault.MACRO: "berisi makro. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi.",
    Fault.OUTSIDE: (
        "mengambil data dari luar ({part}). Di Excel pilih Data, Edit tautan, Putuskan tautan "
        "(atau hapus koneksinya), simpan, lalu unggah lagi."
    ),
}


@dataclass
class Scan:
    """What the guard saw, by name of the sheet: the addresses of formulas and of failed ones, and the
    cells whose number is shown as a percentage. `is_complete`: no other sheet may be read."""

    formulas: dict[str, set[str]] = field(default_factory=dict)
    errors: dict[str, set[str]] = field(default_factory=dict)
    percents: dict[str, list[Area]] = field(default_factory=dict)
    is_complete: bool = False


def check(file, name: str) -> Scan:
    """Raises WorkbookRefused. Reads the file as a stream; nothing is unpacked to memory or disk."""
    extension = name.rpartition(".")[2].lower()
    head = file.read(8)
    file.seek(0)
    if extension in OTHER_EXCEL or (head == OLD_OFFICE and extension not in ("xlsx", "ods")):
        kind = OTHER_EXCEL.get(extension, OTHER_EXCEL["xls"])
        raise WorkbookRefused(f"{name} {kind}. {SAVE_AS}")
    if head == OLD_OFFICE:
        raise WorkbookRefused(
            f"{name} berformat Excel lama (.xls) atau dikunci dengan kata sandi. "
            "Simpan ulang di Excel sebagai .xlsx tanpa kata sandi, lalu unggah lagi."
        )
    if extension == "docx":
        raise WorkbookRefused(f"{name} berkas Word. Pakai “Impor tabel dari Word”.")
    if extension not in ("xlsx", "ods"):
        raise WorkbookRefused(f"{name} bukan buku kerja Excel. Unggah berkas .xlsx atau .ods.")
    if file.size > settings.IMPORT_MAX_SIZE:
        raise WorkbookRefused(
            f"{name} terlalu besar ({file.size // 2**20} MB). Paling besar {settings.IMPORT_MAX_SIZE // 2**20} MB; "
            "bagi menjadi beberapa berkas."
        )
    rules = office.Rules(Limits(settings.IMPORT_MAX_ENTRIES, settings.IMPORT_MAX_UNPACKED))
    try:
        if real_type.stranger(extension, _head(file)) is not None:
            raise ArchiveRefused(Fault.DAMAGED)
        with archive.opened(file, rules.limits) as package:
            if extension == "ods":
                return Scan(percents=opendocument.walk(package, rules.limits, name))
            return _scan(package, name, rules)
    except ArchiveRefused as refusal:
        raise WorkbookRefused(f"{name} {refusal.sentence(SENTENCES)}") from refusal


def scan(file, name: str):
    """Asks the virus scanner. Raises WorkbookRefused."""
    try:
        scanner.scan(file)
    except Refused as refusal:
        raise WorkbookRefused(f"{name} {refusal.reason}") from refusal


def _head(file):
    file.seek(0)
    return file.read(real_type.HEAD)


def _scan(package, name, rules):
    scan, names = Scan(is_complete=True), _sheet_names(package)
    shown = number_formats.percent_cells(package, rules.limits)

    def read(path, pieces):
        is_sheet = path in names or path.startswith("xl/worksheets/sheet")
        if is_sheet:
            sheet = names.get(path, path)
            found = _scan_sheet(office.without_calls(pieces), name, shown)
            scan.formulas[sheet], scan.errors[sheet], scan.percents[sheet] = found
        return is_sheet

    office.check(package, rules, f"{XLSX}.main+xml", read)
    return scan


def _sheet_names(package) -> dict[str, str]:
    """The sheets' names by their files: the order of files need not be that of sheets."""
    try:
        relations = _attributes(package, "xl/_rels/workbook.xml.rels")
        sheets = _attributes(package, "xl/workbook.xml")
    except KeyError:
        return {}
    files = {found.get("Id"): found.get("Target", "") for found in relations}
    return {
        _file_of(files.get(found.get("r:id"), "")): html.unescape(found["name"])
        for found in sheets
        if "name" in found
    }


def _attributes(package, path):
    with package.open(path) as stream:
        text = stream.read(HEAD).decode("utf-8", "replace")
    return [number_formats.attributes(tag) for tag in TAG.findall(text)]


def _file_of(target):
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _scan_sheet(pieces, name, shown):
    """Cells far outside a sensible table are refused: a reader would fill everything before them.

    `shown` finds the cells of a percentage; None when the workbook has no such style.
    """
    formulas, errors, percents, tail = set(), set(), set(), b""
    far = _far(settings.IMPORT_MAX_ROWS + 100)
    for piece in pieces:
        text = tail + piece
        if STRANGE.search(text):
            raise WorkbookRefused(f"{name} {NO_WORKBOOK}")
        for match in far.finditer(text):
            if (
                int(match[2]) > settings.IMPORT_MAX_ROWS + 100
                or position(match[1].decode()) > MAX_COLUMNS
            ):
                raise WorkbookRefused(
                    f"{name} berisi sel {match[1].decode()}{match[2].decode()} di luar batas. Paling banyak "
                    f"{settings.IMPORT_MAX_ROWS} baris dan {MAX_COLUMNS} kolom; hapus sel yang jauh itu."
                )
        if b"<f" in text or b":f" in text:
            formulas.update(match[1].decode() for match in FORMULA.finditer(text))
        if b't="e"' in text:
            errors.update(match[1].decode() for match in ERROR.finditer(text))
        if shown:
            percents.update(match.groups() for match in shown.finditer(text))
        tail = text[-OVERLAP:]
    areas = [Area(int(row) - 1, position(letters.decode()) - 1) for letters, row in percents]
    return formulas, errors, areas


@cache
def _far(last_row):
    """Finds cells that may lie below `last_row` or right of Z: the others need no second look."""
    digits = len(str(last_row))
    place = rf"([A-Z]{{2,3}}(?=[0-9])|[A-Z](?=[0-9]{{{digits},7}}\"))([0-9]{{1,7}})"
    return re.compile(rf'<(?:\w++:)?c\b[^<]*?\br="{place}"'.encode())
