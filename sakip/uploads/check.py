"""Checks an uploaded file before it is stored: its name, its size and its real content."""

import hashlib
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image, UnidentifiedImageError

from sakip.uploads import archive
from sakip.uploads.archive import OLD_OFFICE, ArchiveRefused, Fault, Limits

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": DOCX,
    "xlsx": XLSX,
}
INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
ACCEPT = ",".join(f".{extension}" for extension in CONTENT_TYPES)
INSTEAD = {
    "doc": "Simpan ulang sebagai .docx atau .pdf.",
    "xls": "Simpan ulang sebagai .xlsx atau .pdf.",
    "docm": "Simpan ulang tanpa makro sebagai .docx.",
    "xlsm": "Simpan ulang tanpa makro sebagai .xlsx.",
    "zip": "Buka paketnya lalu unggah isinya satu per satu.",
    "rar": "Buka paketnya lalu unggah isinya satu per satu.",
}
BROKEN = (OSError, SyntaxError, ValueError, KeyError, RuntimeError, NotImplementedError)
MANIFEST_LIMIT = 1_000_000
# Evidence is only stored, not parsed, so these limits are wide enough for many photos and figures.
LIMITS = Limits(parts=20_000, unpacked=2 << 30, ratio=500)
SENTENCES = {
    Fault.DAMAGED: "rusak atau bukan dokumen Office. Buka dan simpan ulang lalu unggah lagi.",
    Fault.TOO_LARGE: (
        "menjadi terlalu besar saat dibuka ({megabytes} MB). Salin isinya ke dokumen baru lalu unggah lagi."
    ),
    Fault.MACRO: "berisi makro. Simpan ulang tanpa makro sebagai .{extension}.",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed the check. `name` is shown to people; `content_type` comes from the content.

    `sha256` is the hash of the received bytes. `file` is None when the file is already stored and is
    only attached to another record.
    """

    file: File | None
    name: str
    extension: str
    content_type: str
    size: int
    sha256: str


def check_upload(upload) -> CheckedFile:
    """Raises ValidationError for a refused file; the message names the file and says what to do."""
    name = safe_name(upload.name)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    _check_name(name, extension)
    _check_size(name, upload.size)
    content_type = CONTENT_TYPES[extension]
    if content_type == "application/pdf":
        _check_pdf(name, upload)
    elif content_type in (DOCX, XLSX):
        _check_office(name, extension, upload)
    else:
        _check_picture(name, content_type, upload)
    upload.seek(0)
    return CheckedFile(upload, name, extension, content_type, upload.size, _sha256(upload))


def stored(revision) -> CheckedFile:
    """The file of an EvidenceRevision, to attach it to another record too."""
    name = revision.original_name
    extension = name.rpartition(".")[2].lower()
    return CheckedFile(None, name, extension, revision.content_type, revision.size, revision.sha256)


def safe_name(name: str) -> str:
    """The last part of the path, without control and invisible characters; at most 200 characters."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if not unicodedata.category(char).startswith("C"))
    stem, dot, extension = " ".join(name.split()).rpartition(".")
    return f"{stem[: 199 - len(extension)]}{dot}{extension}"[-200:] if dot else extension[:200]


def _refuse(name, reason):
    raise ValidationError(f"Berkas “{name}” {reason}")


def _check_name(name, extension):
    if extension not in CONTENT_TYPES:
        advice = INSTEAD.get(extension, "Yang diterima: pdf, jpg, png, docx, dan xlsx.")
        _refuse(name, f"tidak dapat diterima karena jenisnya. {advice}")


def _check_size(name, size):
    limit = settings.EVIDENCE_MAX_MEGABYTES
    if not size:
        _refuse(name, "kosong. Periksa berkasnya lalu unggah lagi.")
    if size > limit * 1024 * 1024:
        _refuse(name, f"lebih besar dari {limit} MB. Perkecil atau bagi menjadi beberapa berkas.")


def _check_pdf(name, upload):
    upload.seek(0)
    if upload.read(5) != b"%PDF-":
        _refuse(name, "bukan PDF yang sebenarnya. Simpan ulang sebagai PDF dari program asalnya.")


def _check_picture(name, content_type, upload):
    upload.seek(0)
    try:
        with Image.open(upload, formats=["JPEG", "PNG"]) as picture:
            # A phone's photo may hold several pictures (MPO), which is still a JPEG file.
            found = "image/png" if picture.format == "PNG" else "image/jpeg"
            picture.verify()
    except UnidentifiedImageError:
        _refuse(name, "bukan gambar JPG atau PNG. Simpan ulang gambarnya lalu unggah lagi.")
    except Image.DecompressionBombError:
        _refuse(name, "berukuran terlalu banyak piksel. Perkecil gambarnya lalu unggah lagi.")
    except BROKEN:
        _refuse(name, "rusak sehingga gambarnya tidak terbaca. Simpan ulang lalu unggah lagi.")
    if found != content_type:
        kind = "JPG" if found == "image/jpeg" else "PNG"
        _refuse(name, f"sebenarnya gambar {kind}. Ganti akhiran namanya lalu unggah lagi.")


def _check_office(name, extension, upload):
    upload.seek(0)
    if upload.read(8) == OLD_OFFICE:
        _refuse(
            name,
            f"berkata sandi atau berformat Office lama. Simpan ulang sebagai .{extension} tanpa kata sandi.",
        )
    manifest = _read_manifest(name, extension, upload)
    if "macroenabled" in manifest:
        _refuse(name, SENTENCES[Fault.MACRO].format(extension=extension))
    if f"{CONTENT_TYPES[extension]}.main+xml" not in manifest:
        _refuse(
            name,
            f"bukan dokumen .{extension} yang sebenarnya. Simpan ulang dari program asalnya.",
        )


def _read_manifest(name, extension, upload):
    """The list of content types in the archive, in lower case."""
    try:
        with (
            archive.opened(upload, LIMITS) as package,
            package.open("[Content_Types].xml") as manifest,
        ):
            return manifest.read(MANIFEST_LIMIT).decode("utf-8", "replace").lower()
    except ArchiveRefused as refusal:
        _refuse(name, refusal.sentence(SENTENCES, extension=extension))
    except BROKEN:
        _refuse(name, SENTENCES[Fault.DAMAGED])


def _sha256(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
