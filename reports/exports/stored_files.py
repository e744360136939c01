"""Stores finished files and gives them out again while their content has not changed."""

from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from reports.exports import catalogue, validity
from reports.models import StoredFile
from sakip.operations import outages
from sakip.uploads.removing import remove
from sakip.writing import shortened


class NotStored(Exception):
    """The file is made, but neither disk nor database can keep it now. Whoever asked can still have it."""

    def __init__(self, exported, outage):
        super().__init__(f"{exported.filename}: {outage.kind}")
        self.exported, self.outage = exported, outage


def get_or_render(spec, user, *, today, progress=None, at_once=False) -> StoredFile:
    """Returns the stored file of a spec while it is valid, or else makes a new one.

    With `at_once`, raises TooLong instead of making a long document. Also raises NotStored and what
    `export_file` raises.
    """
    key = key_of(spec, user, today)
    if found := _stored(key):
        return found
    exported = catalogue.export_file(spec, user, today=today, progress=progress, at_once=at_once)
    try:
        return _store(exported, key, validity.rights_of(user))
    except (DatabaseError, OSError) as error:
        if outage := outages.outage_of(error):
            raise NotStored(exported, outage) from error
        raise


def key_of(spec, user, today) -> str:
    """Returns a key of everything that decides the content; see `validity`. Includes the date if printed."""
    export = catalogue.export_of(spec)
    return validity.key_of(
        [spec.as_json(), today if export.is_dated else None],
        user,
        bodies=catalogue.bodies_of(spec, user),
        daily_counts=export.reads_daily_counts,
    )


def may_have(stored_file, spec, user, today) -> bool:
    """Returns whether the person still has the rights with which the file was made."""
    if stored_file.rights != validity.rights_of(user):
        return False
    try:
        catalogue.build(spec, user, today=today)
    except catalogue.ReportError:
        return False
    return True


def _stored(key):
    found = StoredFile.objects.filter(key=key).order_by("-pk").first()
    return found if found and found.file.storage.exists(found.file.name) else None


def _store(exported, key, rights):
    stored_file = StoredFile(
        key=key,
        rights=rights,
        filename=exported.filename,
        content_type=exported.content_type,
        title=shortened(exported.title, 300),
        size=len(exported.content),
    )
    stored_file.file.save(exported.filename, ContentFile(exported.content), save=False)
    try:
        stored_file.save()
    except DatabaseError:
        stored_file.file.storage.delete(stored_file.file.name)
        raise
    return stored_file


def delete_old(now) -> None:
    """Removes files older than STORED_FILES_KEPT_DAYS, a limited number in each call."""
    old = list(
        StoredFile.objects.filter(
            created_at__lt=now - timedelta(days=settings.STORED_FILES_KEPT_DAYS)
        ).order_by("pk")[:50]
    )
    StoredFile.objects.filter(pk__in=[row.pk for row in old]).delete()
    names = [row.file.name for row in old]
    transaction.on_commit(lambda: remove(StoredFile._meta.get_field("file").storage, names))
