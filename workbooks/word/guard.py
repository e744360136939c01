"""Looks at an uploaded Word file before any of it is parsed: what it is, and how large it would become."""

from django.conf import settings

from sakip.uploads import archive, office, real_type
from sakip.uploads.archive import OLD_OFFICE, ArchiveRefused, Fault, Limits
from sakip.uploads.contents import DOCX
from workbooks.readers.guard import WorkbookRefused

MAX_XML = 16 << 20  # bytes of one part that is parsed as a whole
DAMAGED = (
    "{name} rusak atau bukan berkas Word. Buka di Word, simpan sebagai .docx, lalu unggah lagi."
)
SENTENCES = office.SENTENCES | {
    Fault.DAMAGED: DAMAGED.removeprefix("{name} "),
    Fault.TOO_LARGE: (
        "menjadi terlalu besar saat dibuka ({megabytes} MB). Salin tabelnya ke dokumen baru, lalu unggah lagi."
    ),
    Fault.MACRO: "berisi makro. Simpan sebagai .docx tanpa makro, lalu unggah lagi.",
}


def check(file, name: str):
    """Raises WorkbookRefused with a sentence that says what to do; unpacks nothing to memory or disk."""
    extension = name.rpartition(".")[2].lower()
    head = file.read(8)
    file.seek(0)
    if extension == "doc":
        raise WorkbookRefused(
            f"{name} berformat Word lama. Simpan ulang sebagai .docx, lalu unggah lagi."
        )
    if extension != "docx":
        raise WorkbookRefused(f"{name} bukan berkas Word. Unggah berkas .docx.")
    if head == OLD_OFFICE:
        raise WorkbookRefused(
            f"{name} dikunci dengan kata sandi atau berformat Word lama. "
            "Simpan ulang sebagai .docx tanpa kata sandi, lalu unggah lagi."
        )
    if file.size > settings.IMPORT_MAX_SIZE:
        raise WorkbookRefused(
            f"{name} terlalu besar ({file.size // 2**20} MB). Paling besar "
            f"{settings.IMPORT_MAX_SIZE // 2**20} MB; hapus gambarnya, lalu unggah lagi."
        )
    limits = Limits(settings.IMPORT_MAX_ENTRIES, settings.IMPORT_MAX_UNPACKED, xml_part=MAX_XML)
    try:
        if real_type.stranger("docx", file.read(real_type.HEAD)) is not None:
            raise ArchiveRefused(Fault.DAMAGED)
        with archive.opened(file, limits) as package:
            office.check(package, office.Rules(limits), f"{DOCX}.main+xml")
    except ArchiveRefused as refusal:
        raise WorkbookRefused(f"{name} {refusal.sentence(SENTENCES)}") from refusal
