"""Walks through the parts of an Office file (OOXML) and refuses what runs, fetches or hides something.

Macros, objects and controls of other programs, contents and templates from other addresses, fields that read
other files, XML definitions. Whether a file is opened in Office or read by this program, the same walk
comes first; a door only chooses its `Rules`. Nothing is unpacked to disk, and only one piece at a time
to memory.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sakip.uploads import archive
from sakip.uploads.archive import OLD_OFFICE, ArchiveRefused, Fault, Limits
from sakip.uploads.office_xml import ElementReader, Fields, Relations, read_xml, types_in

MANIFEST = "[Content_Types].xml"
MANIFEST_LIMIT = 1_000_000
MACRO_PARTS = re.compile(r"vba(project|data)|(^|/)(macrosheets|dialogsheets)/")
MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet")
CONTROLS = re.compile(r"(^|/)activex/")
PROGRAMS = re.compile(
    r"\.(exe|dll|scr|com|msi|jar|js|jse|vbs|vbe|wsf|hta|html?|mht|mhtml|xhtml|bat|cmd|ps1|lnk|sh|php|zip|rar|7z|iso)$"
)
HEADS = (OLD_OFFICE, b"MZ\x90\x00", b"\x7fELF", b"PK\x03\x04")  # objects, programs, archives
PACKAGES = re.compile(r"\.(docx|xlsx|pptx)$")  # the figures behind a chart
DEEPEST = 2  # a document in a document in a document is no chart
MOST_INSIDE = 32 << 20
DDE = re.compile(rb"<(?:\w++:)?f\b[^<>]*+>[^<\"]{0,400}?\b\w{2,60}\|[^<\"]{1,400}?!")
OVERLAP = 1 << 10
AGAIN = "Salin isinya ke dokumen baru, simpan, lalu unggah lagi."
# They follow the name of the file. A door has its own words where it knows more.
SENTENCES = {
    Fault.DAMAGED: "rusak atau bukan dokumen Office. Buka dan simpan ulang lalu unggah lagi.",
    Fault.STRANGE: f"tersusun tidak wajar. {AGAIN}",
    Fault.TOO_MANY_PARTS: (
        f"tersusun tidak wajar: berisi {{parts}} bagian, terlalu banyak untuk dokumen biasa. {AGAIN}"
    ),
    Fault.TOO_LARGE: (
        "menjadi terlalu besar saat dibuka ({megabytes} MB). Salin isinya ke dokumen baru lalu unggah lagi."
    ),
    Fault.UNTRUE_SIZE: f"rusak: isinya lebih besar daripada yang tercatat. {AGAIN}",
    Fault.DEFINITIONS: f"berisi definisi XML yang tidak diperbolehkan. {AGAIN}",
    Fault.MACRO: "berisi makro. Simpan ulang tanpa makro, lalu unggah lagi.",
    Fault.EMBEDDED: "berisi objek tersemat ({part}). Hapus objek itu, atau ganti dengan gambar.",
    Fault.OUTSIDE: (
        "mengambil isi dari luar ({part}). Putuskan tautannya, dan sisipkan gambar atau angkanya ke dalam dokumen."
    ),
    Fault.TEMPLATE: (
        "memakai templat lain ({part}). Di Word, lepaskan lewat Pengembang → Templat Dokumen, "
        "atau salin isinya ke dokumen baru."
    ),
    Fault.LINK: "berisi tautan yang tidak diperbolehkan ({part}). Hapus tautan itu.",
    Fault.FIELD: (
        "berisi kode Word “{part}”, yang dapat membaca berkas lain. Hapus kode itu "
        "(klik, lalu Ctrl+Shift+F9)."
    ),
}
Reader = Callable[[str, Iterator[bytes]], bool]


@dataclass(frozen=True)
class Rules:
    """What a door allows. `fields` are the only fields of Word that may stand in the text; None allows all
    that read nothing else. `is_bare` refuses also what Office itself would show as harmless: packages
    behind charts, local templates, and links to other places than pages and addresses of mail.
    """

    limits: Limits
    fields: frozenset[str] | None = None
    elements: frozenset[str] = field(default=frozenset({"altChunk", "subDoc", "mailMerge"}))
    is_bare: bool = False


def check(package, rules: Rules, main: str = "", read: Reader | None = None, depth: int = 0):
    """Raises ArchiveRefused. `main` is the content type that the main part must have.

    `read(path, pieces)` may take the bytes of a part; it returns True when it has read them all.
    """
    _check_types(package, rules, main)
    for entry in package.infolist():
        path = archive.path_of(entry)
        _check_name(path, rules)
        pieces = sniffed(path, archive.pieces(package, entry, rules.limits))
        if PACKAGES.search(path.lower()):
            _check_inside(path, pieces, rules, depth)
        elif not (read and read(path, pieces)):
            _read_part(path, pieces, rules)


def _check_types(package, rules, main):
    entries = [one for one in package.infolist() if archive.path_of(one) == MANIFEST]
    if not entries:
        raise ArchiveRefused(Fault.UNLISTED)
    if entries[0].file_size > MANIFEST_LIMIT:
        raise ArchiveRefused(Fault.TOO_LARGE, size=entries[0].file_size)
    types = types_in(archive.pieces(package, entries[0], rules.limits))
    for found in types:
        if any(word in found for word in MACRO_TYPES):
            raise ArchiveRefused(Fault.MACRO, part=MANIFEST)
    if main and main.lower() not in types:
        raise ArchiveRefused(Fault.OTHER_KIND)


def _check_name(path, rules):
    lower = path.lower()
    if MACRO_PARTS.search(lower):
        raise ArchiveRefused(Fault.MACRO, part=path)
    is_foreign = CONTROLS.search(lower) or PROGRAMS.search(lower)
    if is_foreign or (rules.is_bare and _is_package(lower)):
        raise ArchiveRefused(Fault.EMBEDDED, part=path)


def _is_package(lower):
    return lower.endswith(".bin") or re.search(r"(^|/)(embeddings|ole|afchunk)", lower)


def sniffed(path, pieces):
    """The same pieces; refuses a part that begins like a program, an archive or an old Office file."""
    first = next(pieces, b"")
    is_archive = first.startswith(b"PK") and PACKAGES.search(path.lower())
    if first.startswith(HEADS) and not is_archive:
        raise ArchiveRefused(Fault.EMBEDDED, part=path)
    yield first
    yield from pieces


def _check_inside(path, pieces, rules, depth):
    """An Office file within: it must pass as well."""
    content, size = io.BytesIO(), 0
    for piece in pieces:
        size += content.write(piece)
        if depth >= DEEPEST or size > MOST_INSIDE:
            raise ArchiveRefused(Fault.EMBEDDED, part=path)
    try:
        with archive.opened(content, rules.limits) as package:
            check(package, rules, depth=depth + 1)
    except ArchiveRefused as refusal:
        if refusal.fault in (Fault.DAMAGED, Fault.UNLISTED):
            raise ArchiveRefused(Fault.EMBEDDED, part=path) from refusal
        raise


def _read_part(path, pieces, rules):
    lower = path.lower()
    if lower.endswith(".rels"):
        read_xml(pieces, Relations(rules.is_bare))
    elif lower == "xl/connections.xml":
        read_xml(pieces, ElementReader(frozenset({"webPr", "textPr", "dbPr"})))
    elif lower.startswith("xl/worksheets/"):
        for _piece in without_calls(pieces):
            pass
    elif lower.endswith(".xml") and (rules.is_bare or lower.startswith("word/")):
        is_text = lower.startswith("word/")
        read_xml(pieces, Fields(rules.fields, rules.elements, rules.is_bare) if is_text else None)
    else:
        for _piece in pieces:
            pass


def without_calls(pieces):
    """The same pieces of a sheet; refuses a formula that asks another program for its value (DDE)."""
    tail = b""
    for piece in pieces:
        text = tail + piece
        if b"|" in text and DDE.search(text):
            raise ArchiveRefused(Fault.OUTSIDE, part="DDE")
        tail = text[-OVERLAP:]
        yield piece
