"""Checks an uploaded file before it is stored: its name, its size and its real content."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile

from sakip.uploads import contents, office, pictures, scanner
from sakip.uploads.contents import DOCUMENTS, PDF
from sakip.uploads.names import safe_name
from sakip.uploads.refusals import Refused

PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}  # as they are stored
CONTENT_TYPES = PICTURES | DOCUMENTS
DOCX, XLSX = DOCUMENTS["docx"], DOCUMENTS["xlsx"]
INLINE = frozenset({PDF, *PICTURES.values()})
ACCEPT = ",".join(f".{extension}" for extension in (*DOCUMENTS, *pictures.EXTENSIONS))
ACCEPTED = "pdf, foto (jpg, png, heic, webp), docx, atau xlsx"
ENDINGS = {"jpg": ("jpg", "jpeg"), "png": ("png",)}  # that a name may keep
INSTEAD = {
    "doc": "Simpan ulang sebagai .docx atau .pdf.",
    "xls": "Simpan ulang sebagai .xlsx atau .pdf.",
    "docm": "Simpan ulang tanpa makro sebagai .docx.",
    "xlsm": "Simpan ulang tanpa makro sebagai .xlsx.",
    "xlsb": "Simpan ulang sebagai .xlsx.",
    "gif": "Simpan ulang gambarnya sebagai .png.",
    "bmp": "Simpan ulang gambarnya sebagai .png.",
    "tif": "Simpan ulang gambarnya sebagai .jpg atau .pdf.",
    "tiff": "Simpan ulang gambarnya sebagai .jpg atau .pdf.",
    "avif": "Simpan ulang gambarnya sebagai .jpg.",
    "zip": "Buka paketnya lalu unggah isinya satu per satu.",
    "rar": "Buka paketnya lalu unggah isinya satu per satu.",
}
BROKEN = (OSError, SyntaxError, ValueError, KeyError, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed the check, as it will be stored. `content_type` comes from the content.

    `name` is shown to people; its ending fits the content. `sha256` is the hash of the stored bytes,
    `original_sha256` that of the received ones when a picture was encoded anew, else empty. `file` is
    None when the file is already stored and is only attached to another record.
    """

    file: File | None
    name: str
    extension: str
    content_type: str
    size: int
    sha256: str
    original_sha256: str = ""

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What the history says of a picture that was encoded anew: the hash of what was received."""
        return [("original_file", "", self.original_sha256)] if self.original_sha256 else []


def check_upload(
    upload, longest: int | None = None, rules: office.Rules = contents.RULES
) -> CheckedFile:
    """Raises ValidationError for a refused file; the message names the file and says what to do.

    A picture is stored as `pictures.upright` makes it, its longer side at most `longest` pixels. `rules`
    are for an Office file.
    """
    name = safe_name(upload.name)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    _check_name(name, extension)
    _check_size(name, upload.size)
    try:
        if extension in pictures.EXTENSIONS:
            checked = _picture(name, extension, upload, longest)
        else:
            contents.check(extension, upload, rules)
            kind, digest = DOCUMENTS[extension], _sha256(upload)
            checked = CheckedFile(upload, name, extension, kind, upload.size, digest)
        scanner.scan(upload)
    except Refused as refusal:
        _refuse(name, refusal.reason)
    return checked


def check_promise(name: str, size: int) -> str:
    """The name as it will be kept. Raises ValidationError for a file that would be refused by what is said of it."""
    name = safe_name(name)
    _check_name(name, name.rpartition(".")[2].lower() if "." in name else "")
    _check_size(name, size)
    return name


def stored(revision) -> CheckedFile:
    """The file of an EvidenceRevision, to attach it to another record too."""
    name = revision.original_name
    extension = name.rpartition(".")[2].lower()
    return CheckedFile(
        None,
        name,
        extension,
        revision.content_type,
        revision.size,
        revision.sha256,
        revision.original_sha256,
    )


def same_file(stored_file, upload: CheckedFile) -> bool:
    """Whether a stored file has the bytes of the upload, or was made from the same received bytes."""
    return stored_file.sha256 == upload.sha256 or (
        stored_file.original_sha256 == upload.original_sha256 != ""
    )


def _refuse(name, reason):
    raise ValidationError(f"Berkas “{name}” {reason}")


def _check_name(name, extension):
    if extension not in DOCUMENTS and extension not in pictures.EXTENSIONS:
        advice = INSTEAD.get(extension, f"Yang diterima: {ACCEPTED}.")
        _refuse(name, f"tidak dapat diterima karena jenisnya. {advice}")


def _check_size(name, size):
    limit = settings.EVIDENCE_MAX_MEGABYTES
    if not size:
        _refuse(name, "kosong. Periksa berkasnya lalu unggah lagi.")
    if size > limit * 1024 * 1024:
        _refuse(name, f"lebih besar dari {limit} MB. Perkecil atau bagi menjadi beberapa berkas.")


def _picture(name, extension, upload, longest):
    upload.seek(0)
    received = upload.read()
    content, suitable = pictures.upright(received, pictures.FORMATS, longest)
    if extension not in ENDINGS[suitable]:
        name = f"{name[: -len(extension)]}{suitable}"
    return CheckedFile(
        ContentFile(content),
        name,
        suitable,
        PICTURES[suitable],
        len(content),
        hashlib.sha256(content).hexdigest(),
        pictures.original_hash(received, content),
    )


def _sha256(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
