"""Files that came in parts join the form that is sent (services/partial_uploads.py).

The form has their keys in place of the files. A view with `@joins_parts` gets each as a file among
`request.FILES`, so it goes through the same field and the same check as every other. What the answer does not
offer again has served its purpose and is removed; a form that was refused offers it, and nothing is sent twice.
"""

from functools import wraps
from uuid import UUID

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import TemporaryUploadedFile

from sakip.models import PartialUpload
from sakip.services.partial_uploads import remove

FIELD = "unggahan"  # its value: the name of the field for the file, a colon, the key of the upload
LOST = "Berkas yang tadi diunggah tidak ada lagi di server. Pilih berkasnya sekali lagi."
UNFINISHED = "Berkas “{}” belum selesai diunggah. Pilih berkasnya sekali lagi untuk melanjutkan."
FAILED = 400  # an answer from here on has not read the files


class JoinedUpload(TemporaryUploadedFile):
    """A file put together of its parts. `beside` are all such files of the same field."""

    def __init__(self, upload: PartialUpload):
        super().__init__(upload.name, "application/octet-stream", upload.size, None)
        self.upload = upload
        self.beside = [self]
        self.is_refused = self.is_used = self.is_offered = False
        for part in upload.parts.all():
            with part.file.open("rb") as stored:
                self.write(stored.read())
        self.seek(0)


class LostUpload:
    """Stands for a file that is not there; the form field tells why."""

    size = 0

    def __init__(self, reason: str):
        self.name, self.reason = "", reason

    def close(self):
        """Django closes every file of a request."""


def joins_parts(view):
    @wraps(view)
    def joined(request, *args, **kwargs):
        found = _join(request) if request.method == "POST" else []
        response = view(request, *args, **kwargs)
        if found and response.status_code < FAILED:
            remove(uploads=[one.upload for one in found if not one.is_offered])
        return response

    return joined


def mark_used(files) -> None:
    """Says that something was made of these files of a form, while others of the same field were refused."""
    for file in (files or {}).values():
        file.is_used = True


def _join(request) -> list[JoinedUpload]:
    """Adds the files to the request, before those that came with it: a newly chosen one counts.

    Each file is put together once: a form of a few letters that named one for many fields would fill the disk.
    """
    values = dict.fromkeys(request.POST.getlist(FIELD))
    if len(values) > settings.DATA_UPLOAD_MAX_NUMBER_FILES:
        raise TooManyFilesSent
    by_field: dict[str, list] = {}
    taken: set[int] = set()
    for value in values:
        name, _, key = value.rpartition(":")
        by_field.setdefault(name, []).append(_found(request.user, key, taken))
    for name, files in by_field.items():
        whole = [file for file in files if isinstance(file, JoinedUpload)]
        for file in whole:
            file.beside = whole
        request.FILES.setlist(name, [*files, *request.FILES.getlist(name)])
    return [file for files in by_field.values() for file in files if isinstance(file, JoinedUpload)]


def _found(person, key, taken):
    """`taken` are the uploads of this form so far."""
    try:
        rows = PartialUpload.objects.visible_to(person).filter(key=UUID(key))
    except ValueError:
        return LostUpload(LOST)
    upload = rows.first()
    if upload is None or upload.pk in taken:
        return LostUpload(LOST)
    taken.add(upload.pk)
    if not upload.is_whole:
        return LostUpload(UNFINISHED.format(upload.name))
    try:
        return JoinedUpload(upload)
    except FileNotFoundError:
        return LostUpload(LOST)
