"""The only functions that write history."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from sakip.history.entries import HistoryEntry


def record(*, actor, action, target, changes=(), note="", batch=None, at=None) -> HistoryEntry:
    """Adds one entry. `changes` holds rows of codes (`words.py`); `batch` joins entries of one action.

    `at` is when it happened; None means now.
    """
    return HistoryEntry.objects.create(
        actor=actor if actor and actor.pk else None,
        action=action,
        target=target,
        label=str(target)[:200],
        changes=_rows(changes),
        note=note,
        batch=batch or uuid.uuid4(),
        at=at or timezone.now(),
    )


def record_many(*, actor, at, batch, entries, note=""):
    """Adds an entry for each (action, target, changes) in a few queries; all belong to one batch."""
    HistoryEntry.objects.bulk_create(
        (
            HistoryEntry(
                actor=actor if actor and actor.pk else None,
                action=action,
                content_type=ContentType.objects.get_for_model(target),
                object_id=target.pk,
                label=str(target)[:200],
                changes=_rows(changes),
                note=note,
                batch=batch,
                at=at,
            )
            for action, target, changes in entries
        ),
        batch_size=500,
    )


def _rows(changes):
    return [[code, str(before), str(after)] for code, before, after in changes]
