"""Checks an uploaded Word template before it is used.

It refuses everything that fetches, runs or hides something when the document is opened: parts and
pictures from other addresses, macros, embedded objects, fields that read other files, XML entities. It
also refuses files that become too large when unpacked. Nothing is unpacked to disk.
"""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from lxml import etree

from sakip.uploads import archive
from sakip.uploads.archive import ArchiveRefused, Fault, Limits
from sakip.uploads.check import CheckedFile, check_upload

MOST_BYTES = 5 * 2**20
LIMITS = Limits(parts=300, unpacked=30 * 2**20, xml_together=4 * 2**20)  # five pages hold a tenth
FOREIGN = re.compile(
    r"(^|/)(embeddings|activex|ole|afchunk)|vba(project|data)|\.(bin|exe|dll|js|vbs|html?|mht)$"
)
FOREIGN_RELATIONS = (
    "oleobject", "package", "control", "activexcontrol", "vbaproject", "afchunk", "attachedtemplate",
    "subdocument", "frame", "mailmergesource", "keymapcustomizations",
)  # fmt: skip
FOREIGN_ELEMENTS = {"altChunk", "object", "control", "OLEObject", "subDoc", "mailMerge"}
LINKS = ("http", "https", "mailto", "")
# Fields that only show facts about the document itself.
FIELDS = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE",
    "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "NUMWORDS", "NUMCHARS", "TOC", "TC", "XE", "INDEX",
    "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "HYPERLINK", "SYMBOL", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN", "LISTNUM", "=",
}  # fmt: skip
AGAIN = "Salin isinya ke dokumen baru, simpan sebagai .docx, lalu unggah lagi."
EMBEDDED = "berisi objek tersemat atau makro ({part}). Hapus objek itu, atau ganti dengan gambar."
SENTENCES = {
    Fault.DAMAGED: f"rusak. {AGAIN}",
    Fault.STRANGE: f"tersusun tidak wajar. {AGAIN}",
    Fault.TOO_MANY_PARTS: f"tersusun tidak wajar. {AGAIN}",
    Fault.TOO_LARGE: f"menjadi terlalu besar saat dibuka. {AGAIN}",
    Fault.MACRO: EMBEDDED,
    Fault.DEFINITIONS: f"berisi definisi XML yang tidak diperbolehkan ({{part}}). {AGAIN}",
    Fault.UNTRUE_SIZE: f"rusak: isinya lebih besar daripada yang tercatat. {AGAIN}",
}


def check(upload) -> CheckedFile:
    """Raises ValidationError with a sentence that names the file and says what to do."""
    checked = check_upload(upload)
    if checked.extension != "docx":
        _refuse(checked.name, "bukan dokumen Word. Simpan templatnya sebagai .docx.")
    if checked.size > MOST_BYTES:
        _refuse(
            checked.name, f"lebih besar dari {MOST_BYTES // 2**20} MB. Perkecil gambar di dalamnya."
        )
    try:
        with archive.opened(upload, LIMITS) as package:
            _check_package(checked.name, package)
    except ArchiveRefused as refusal:
        _refuse(checked.name, refusal.sentence(SENTENCES))
    return checked


def _refuse(name, reason):
    raise ValidationError(f"Berkas “{name}” {reason}")


def _check_package(name, package):
    for entry in package.infolist():
        if FOREIGN.search(entry.filename.lower()):
            _refuse(name, EMBEDDED.format(part=entry.filename))
        content = b"".join(archive.pieces(package, entry, LIMITS))
        if archive.is_xml(entry):
            _check_part(name, entry.filename, content)


def _check_part(name, part, content):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError):
        _refuse(name, f"rusak ({part}). {AGAIN}")
    if tree.docinfo.internalDTD is not None:
        _refuse(name, f"berisi definisi XML yang tidak diperbolehkan ({part}). {AGAIN}")
    if part.endswith(".rels"):
        _check_relations(name, tree)
    elif part.startswith("word/"):
        _check_words(name, tree)


def _check_relations(name, tree):
    for relation in tree.getroot().iter("{*}Relationship"):
        kind = relation.get("Type", "").rpartition("/")[2].lower()
        target = relation.get("Target", "")
        is_external = relation.get("TargetMode", "").lower() == "external"
        if kind == "attachedtemplate":
            _refuse(
                name,
                f"memakai templat lain ({target}). Di Word, lepaskan lewat Pengembang → Templat Dokumen, "
                "atau salin isinya ke dokumen baru.",
            )
        if kind in FOREIGN_RELATIONS:
            _refuse(name, f"berisi objek tersemat ({target}). Hapus, atau ganti dengan gambar.")
        if is_external and kind != "hyperlink":
            _refuse(
                name,
                f"mengambil isi dari luar ({target}). Sisipkan gambarnya ke dalam dokumen, jangan ditautkan.",
            )
        if is_external and _scheme(target) not in LINKS:
            _refuse(name, f"berisi tautan yang tidak diperbolehkan ({target}). Hapus tautan itu.")


def _scheme(target):
    """Returns the URL scheme of the target. A file path or network path also counts as one."""
    if target.startswith(("\\", "//")):
        return "file"
    try:
        return urlsplit(target.strip()).scheme.lower()
    except ValueError:
        return "unknown"


def _check_words(name, tree):
    """Checks one part of the text, `tree`: no foreign elements, no linked pictures, only allowed fields."""
    codes = []  # of the open fields; their texts come in pieces and are checked when complete
    for element in tree.getroot().iter(etree.Element):
        tag = etree.QName(element).localname
        if tag in FOREIGN_ELEMENTS:
            _refuse(name, f"berisi objek tersemat ({tag}). Hapus, atau ganti dengan gambar.")
        for address in (element.get("src"), element.get("href")):
            if address and not address.startswith("#") and tag != "hyperlink":
                _refuse(name, f"mengambil gambar dari luar ({address}). Sisipkan gambarnya.")
        if tag == "fldSimple":
            _check_field(name, _word_attribute(element, "instr"))
        elif tag == "fldChar" and _word_attribute(element, "fldCharType") == "begin":
            codes.append([])
        elif tag in ("instrText", "delInstrText"):
            if not codes:
                codes.append([])
            codes[-1].append(element.text or "")
        elif tag == "fldChar" and codes:
            _check_field(name, "".join(codes[-1]))
            codes[-1].clear()
            if _word_attribute(element, "fldCharType") == "end":
                codes.pop()
    for code in codes:
        _check_field(name, "".join(code))


def _word_attribute(element, wanted):
    for attribute, value in element.attrib.items():
        if etree.QName(attribute).localname == wanted:
            return value
    return ""


def _check_field(name, code):
    words = code.replace("\\", " \\").split()
    word = words[0] if words else "="
    targets = [_scheme(target) for target in re.findall(r'"([^"]*)"', code)]
    is_link = word.upper() == "HYPERLINK"
    if is_link and not set(targets) <= set(LINKS):
        _refuse(name, f"berisi tautan yang tidak diperbolehkan ({code.strip()}). Hapus tautan itu.")
    if word.upper() not in FIELDS and not word.startswith("="):
        _refuse(
            name,
            f"berisi bidang Word “{word}”, yang dapat membaca berkas lain. Hapus bidang itu "
            "(klik, lalu Ctrl+Shift+F9).",
        )
