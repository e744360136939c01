"""Looks at an uploaded workbook before any of it is parsed: what it is, and how large it would become."""

import html
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from sakip.numbers import position
from workbooks.readers import opendocument
from workbooks.readers.opendocument import MAX_COLUMNS, WorkbookRefused

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The files are foreign: no pattern may look through the rest of one again and again. A start tag ends
# before the next "<", and what one part of a pattern has taken it does not give back.
FORMULA = re.compile(rb'<(?:\w++:)?c\b(?>[^<]*?\br="([A-Z]{1,3}[0-9]{1,7})")[^<]*+<(?:\w++:)?f\b')
ERROR = re.compile(rb'<(?:\w++:)?c\b(?=[^<]*?\bt="e")[^<]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
TAG = re.compile(r"<(?:\w++:)?(?:sheet|Relationship)\b([^<>]*+)>")
ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]++)\s*+=\s*+["']([^"']*+)["']""")
CHUNK = 1 << 20
OVERLAP = 1 << 12  # no start tag of a cell is longer


@dataclass
class Scan:
    """What the guard saw: the addresses of formulas and of failed ones, by name of the sheet."""

    formulas: dict[str, set[str]] = field(default_factory=dict)
    errors: dict[str, set[str]] = field(default_factory=dict)


def check(file, name: str) -> Scan:
    """Raises WorkbookRefused. Reads the file as a stream; nothing is unpacked to memory or disk."""
    extension = name.rpartition(".")[2].lower()
    head = file.read(8)
    file.seek(0)
    if extension == "xls" or (head == OLD_OFFICE and extension not in ("xlsx", "ods")):
        raise WorkbookRefused(
            f"{name} berformat Excel lama. Simpan ulang sebagai .xlsx, lalu unggah lagi."
        )
    if head == OLD_OFFICE:
        raise WorkbookRefused(
            f"{name} dikunci dengan kata sandi. Hapus kata sandinya di Excel (Berkas → Info), lalu unggah lagi."
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
    try:
        with zipfile.ZipFile(file) as archive:
            return _check_archive(archive, name)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise WorkbookRefused(
            f"{name} rusak atau bukan buku kerja Excel. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
        ) from error
    finally:
        file.seek(0)


def _check_archive(archive, name):
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > settings.IMPORT_MAX_ENTRIES:
        raise WorkbookRefused(
            f"{name} berisi {len(entries)} bagian, terlalu banyak untuk buku kerja biasa."
        )
    if unpacked > settings.IMPORT_MAX_UNPACKED or unpacked > packed * 200 + CHUNK:
        raise WorkbookRefused(
            f"{name} menjadi terlalu besar saat dibuka ({unpacked // 2**20} MB). "
            "Salin isinya ke buku kerja baru, lalu unggah lagi."
        )
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise WorkbookRefused(
            f"{name} berisi makro. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi."
        )
    scan, names = Scan(), _sheet_names(archive)
    for entry in entries:
        if entry.filename in names or entry.filename.startswith("xl/worksheets/sheet"):
            sheet = names.get(entry.filename, entry.filename)
            scan.formulas[sheet], scan.errors[sheet] = _scan_sheet(archive, entry, name)
        elif entry.filename == "content.xml":
            opendocument.check(_pieces(archive, entry, name), name)
        else:
            _drain(archive, entry, name)
    return scan


def _sheet_names(archive) -> dict[str, str]:
    """The sheets' names by their files: the order of files need not be that of sheets."""
    try:
        relations = _attributes(archive, "xl/_rels/workbook.xml.rels")
        sheets = _attributes(archive, "xl/workbook.xml")
    except KeyError:
        return {}
    files = {found.get("Id"): found.get("Target", "") for found in relations}
    return {
        _file_of(files.get(found.get("r:id"), "")): html.unescape(found["name"])
        for found in sheets
        if "name" in found
    }


def _attributes(archive, path):
    with archive.open(path) as stream:
        text = stream.read(CHUNK).decode("utf-8", "replace")
    return [dict(ATTRIBUTE.findall(tag)) for tag in TAG.findall(text)]


def _file_of(target):
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _pieces(archive, entry, name):
    """The real bytes, whatever the directory of the archive says about their number."""
    read = 0
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            read += len(piece)
            if read > entry.file_size:
                raise WorkbookRefused(f"{name} rusak: isinya lebih besar daripada yang tercatat.")
            yield piece


def _drain(archive, entry, name):
    for _piece in _pieces(archive, entry, name):
        pass


def _scan_sheet(archive, entry, name):
    """Cells far outside a sensible table are refused: a reader would fill everything before them."""
    formulas, errors, tail = set(), set(), b""
    far = _far(settings.IMPORT_MAX_ROWS + 100)
    for piece in _pieces(archive, entry, name):
        text = tail + piece
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise WorkbookRefused(f"{name} berisi definisi XML yang tidak diperbolehkan.")
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
        tail = text[-OVERLAP:]
    return formulas, errors


@cache
def _far(last_row):
    """Finds cells that may lie below `last_row` or right of Z: the others need no second look."""
    digits = len(str(last_row))
    place = rf"([A-Z]{{2,3}}(?=[0-9])|[A-Z](?=[0-9]{{{digits},7}}\"))([0-9]{{1,7}})"
    return re.compile(rf'<(?:\w++:)?c\b[^<]*?\br="{place}"'.encode())
