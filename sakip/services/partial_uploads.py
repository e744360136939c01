"""Takes a large file in parts and puts them together. What is in the file is checked as of any other, when the
form is sent (`sakip/uploads/joining.py`). Nothing that others can read changes here: there is no history."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum

from sakip.errors import still_there
from sakip.models import PartialUpload, UploadPart, User
from sakip.services import tries
from sakip.services.tries import Bucket, hashed
from sakip.uploads.check import check_promise
from sakip.uploads.serving import remove_after_commit

PART = 512 * 1024  # bytes; ten seconds on a slow line
TOO_MUCH = (
    "Unggahan Anda yang belum selesai sudah terlalu banyak. Simpan dahulu formulirnya, atau kirim berkas ini "
    "tanpa dipecah."
)
WRONG_SIZE = "Potongan ini tidak sebesar yang dijanjikan."


class WrongPlace(Exception):
    """The part does not follow what was received: `received` bytes."""

    def __init__(self, received: int):
        super().__init__(received)
        self.received = received


@transaction.atomic
def begin(*, actor, at, name: str, size: int, modified: int) -> PartialUpload:
    """The upload of this file, which may have begun before. Raises ValidationError, and `tries.Full`."""
    name = check_promise(name, size)
    User.objects.select_for_update().only("pk").get(pk=actor.pk)  # one after the other
    rows = PartialUpload.objects.visible_to(actor)
    if begun := rows.filter(name=name, size=size, modified=modified).first():
        return begun
    promised = rows.aggregate(total=Sum("size"))["total"] or 0
    if promised + size > settings.PARTIAL_UPLOADS_MEGABYTES * 2**20:
        raise ValidationError(TOO_MUCH, code="quota")
    return PartialUpload.objects.create(
        person=actor, name=name, size=size, modified=modified, touched_at=at
    )


def count_begun(*, actor) -> None:
    """Raises `tries.Full` when the person has begun too many uploads in a short time."""
    bucket = Bucket(
        hashed("unggahan", actor.pk), settings.UPLOADS_BEGUN, settings.UPLOADS_BEGUN_MINUTES
    )
    tries.take([bucket])
    tries.settle([bucket], is_right=False)  # it counts


@transaction.atomic
def append(*, upload, at, start: int, content: bytes) -> PartialUpload:
    """Adds the part that begins at `start`; one that is there already changes nothing.

    Raises WrongPlace when another part is to come, ValidationError when the part has another length.
    """
    upload = still_there(PartialUpload.objects.select_for_update(), upload)
    if start + len(content) <= upload.received:
        return upload
    if start != upload.received:
        raise WrongPlace(upload.received)
    if len(content) != min(PART, upload.size - start):
        raise ValidationError(WRONG_SIZE)
    file = ContentFile(content, name="potongan")
    UploadPart.objects.create(upload=upload, start=start, size=len(content), file=file)
    upload.received, upload.touched_at = start + len(content), at
    upload.save(update_fields=["received", "touched_at"])
    return upload


@transaction.atomic
def remove(*, uploads) -> None:
    """Removes these uploads with their parts."""
    keys = [upload.pk for upload in uploads]
    parts = UploadPart.objects.filter(upload__in=keys)
    field = UploadPart._meta.get_field("file")
    remove_after_commit(field, list(parts.values_list("file", flat=True)))
    PartialUpload.objects.filter(pk__in=keys).delete()
