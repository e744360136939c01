"""Which records changed since a moment, as the history tells."""

from datetime import datetime
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from sakip.history.entries import HistoryEntry

Rows = TypeVar("Rows", bound=QuerySet)


def keys_changed(model: type[Model], since: datetime) -> QuerySet:
    """A subquery of the keys of these records. What was deleted is among them and is found nowhere."""
    kind = ContentType.objects.get_for_model(model)
    return (
        HistoryEntry.objects.filter(content_type=kind, at__gte=since).order_by().values("object_id")
    )


def narrowed_to_changed(rows: Rows, since: datetime | None) -> Rows:
    return rows if since is None else rows.filter(pk__in=keys_changed(rows.model, since))
