"""Keeps the pages of long documents, so that the next print lays out only what changed.

A page is used again only where all its text and its look are the same, so it tells nobody anything that
is not in his own document. There is one file for each document; it is replaced by the next print, and
removed like the finished documents after STORED_FILES_KEPT_DAYS.
"""

import logging
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from reports.exports import validity
from reports.models import StoredFile
from sakip.operations import outages
from sakip.uploads.serving import remove_after_commit

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/octet-stream"


def load(key: str) -> bytes | None:
    found = StoredFile.objects.filter(key=_of_program(key)).order_by("-pk").first()
    if found is None:
        return None
    try:
        with found.file.open() as file:
            return file.read()
    except OSError:
        return None  # removed meanwhile, or the storage is away: then everything is laid out


def save(key: str, content: bytes) -> None:
    """Leaves it out when database or disk cannot take it: the document is finished all the same."""
    try:
        _save(_of_program(key), content)
    except (DatabaseError, OSError) as error:
        if (outage := outages.outage_of(error)) is None:
            raise
        logger.warning("The pages of a long document are not kept (%s).", outage.kind)


def _save(key, content):
    kept = StoredFile(
        key=key,
        filename="halaman.bin",
        content_type=CONTENT_TYPE,
        title="Halaman dokumen panjang",
        size=len(content),
    )
    kept.file.save(kept.filename, ContentFile(content), save=False)
    with transaction.atomic():
        kept.save()
        older = StoredFile.objects.filter(key=key).exclude(pk=kept.pk)
        remove_after_commit(StoredFile._meta.get_field("file"), [row.file.name for row in older])
        older.delete()


def _of_program(key):
    return sha256(f"layout {validity.program_version()} {key}".encode()).hexdigest()
