"""Looks at an uploaded Word file before any of it is parsed: what it is, and how large it would become."""

import zipfile

from django.conf import settings

from workbooks.readers.guard import OLD_OFFICE, WorkbookRefused

CHUNK = 1 << 20
OVERLAP = 16  # no longer than the words looked for
MAX_XML = 16 << 20  # bytes of one part that is parsed as a whole
MAX_RATIO = 200
DEFINITIONS = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"))
DAMAGED = "{} rusak atau bukan berkas Word. Buka di Word, simpan sebagai .docx, lalu unggah lagi."


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
    try:
        with zipfile.ZipFile(file) as archive:
            _check_archive(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WorkbookRefused(DAMAGED.format(name)) from error
    finally:
        file.seek(0)


def _check_archive(archive, name):
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > settings.IMPORT_MAX_ENTRIES:
        raise WorkbookRefused(
            f"{name} berisi {len(entries)} bagian, terlalu banyak untuk berkas Word biasa."
        )
    if unpacked > settings.IMPORT_MAX_UNPACKED or unpacked > packed * MAX_RATIO + CHUNK:
        raise _too_large(name, unpacked)
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise WorkbookRefused(
            f"{name} berisi makro. Simpan sebagai .docx tanpa makro, lalu unggah lagi."
        )
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise WorkbookRefused(DAMAGED.format(name))
    for entry in entries:
        _check_part(archive, entry, name)


def _check_part(archive, entry, name):
    """The real bytes, whatever the directory of the archive says about their number."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    read, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            read += len(piece)
            if read > entry.file_size:
                raise WorkbookRefused(f"{name} rusak: isinya lebih besar daripada yang tercatat.")
            if is_xml and read > MAX_XML:
                raise _too_large(name, entry.file_size)
            if is_xml and any(word in tail + piece for word in DEFINITIONS):
                raise WorkbookRefused(f"{name} berisi definisi XML yang tidak diperbolehkan.")
            tail = piece[-OVERLAP * 2 :]


def _too_large(name, size):
    return WorkbookRefused(
        f"{name} menjadi terlalu besar saat dibuka ({size // 2**20} MB). "
        "Salin tabelnya ke dokumen baru, lalu unggah lagi."
    )
