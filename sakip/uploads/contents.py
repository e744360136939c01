"""Judges what is in a document: its real type and its structure must fit the ending of its name."""

from functools import partial
from io import BytesIO

from sakip.uploads import archive, office, real_type
from sakip.uploads.archive import OLD_OFFICE, ArchiveRefused, Fault, Limits
from sakip.uploads.refusals import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
DOCUMENTS = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX}
# Evidence is only stored and shown: the limits are wide enough for many photos and figures.
RULES = office.Rules(Limits(parts=2_000, unpacked=400 << 20))
SENTENCES = office.SENTENCES | {
    Fault.OTHER_KIND: "bukan dokumen .{extension} yang sebenarnya. Simpan ulang dari program asalnya.",
    Fault.MACRO: "berisi makro. Simpan ulang tanpa makro sebagai .{extension}.",
}
PRETENDS = "bukan PDF yang sebenarnya{really}. Simpan ulang sebagai PDF dari program asalnya."
NO_OFFICE = "rusak atau bukan dokumen Office{really}. Buka dan simpan ulang lalu unggah lagi."
LOCKED = (
    "berkata sandi atau berformat Office lama. Simpan ulang sebagai .{extension} tanpa kata sandi."
)
CARRIED_PICTURES = ("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp")
CARRIED_TEXTS = ("txt", "csv", "xml", "json")
TEXTS = (
    "text/plain",
    "text/csv",
    "text/xml",
    "application/xml",
    "application/json",
    "application/csv",
)
DEEPEST = 2  # a file in a file in a file


def check(extension: str, file, rules: office.Rules = RULES, depth: int = 0):
    """Raises Refused. The file is at its beginning afterwards."""
    file.seek(0)
    head = file.read(real_type.HEAD)
    try:
        if extension == "pdf":
            _check_pdf(file, head, depth)
        else:
            _check_office(extension, file, head, rules)
    except ArchiveRefused as refusal:
        raise Refused(refusal.sentence(SENTENCES, extension=extension)) from refusal
    finally:
        file.seek(0)


def _check_pdf(file, head, depth):
    from sakip.uploads import pdf  # with pikepdf, which nothing but a received PDF needs

    begin = pdf.begin_of(head)
    really = real_type.stranger("pdf", head[begin or 0 :])
    if begin is None or really is not None:
        raise Refused(PRETENDS.format(really=real_type.said(really)))
    pdf.check(file, partial(_check_carried, depth=depth + 1))


def _check_office(extension, file, head, rules):
    if head.startswith(OLD_OFFICE):
        raise Refused(LOCKED.format(extension=extension))
    really = real_type.stranger(extension, head)
    if really in real_type.OFFICE:
        raise ArchiveRefused(Fault.OTHER_KIND)
    if really is not None:
        raise Refused(NO_OFFICE.format(really=real_type.said(really)))
    with archive.opened(file, rules.limits) as package:
        office.check(package, rules, f"{DOCUMENTS[extension]}.main+xml")


def _check_carried(name, content, depth):
    """A file that a PDF carries: other documents, pictures and texts, as in a dossier with its annexes."""
    extension = name.rpartition(".")[2].lower()
    found = real_type.type_of(content)
    try:
        if depth > DEEPEST:
            raise Refused("tersimpan terlalu dalam.")
        if extension in DOCUMENTS:
            check(extension, BytesIO(content), depth=depth)
            return
    except Refused as refusal:
        message = f"membawa berkas “{name}” yang {refusal.reason}"
        raise Refused(message) from refusal
    is_picture = extension in CARRIED_PICTURES and found.startswith("image/")
    if not is_picture and not (extension in CARRIED_TEXTS and found in TEXTS):
        raise Refused(
            f"membawa berkas “{name}” di dalamnya. Hapus lampiran itu, atau cetak ulang ke PDF tanpa lampiran."
        )
