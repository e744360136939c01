"""The only functions that write history entries."""

import uuid
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from sakip.history.entries import HistoryEntry

SLICE = 5_000  # records per query when their bodies are looked up


def record(
    *, actor, action, target, changes=(), note="", batch=None, at=None, moves=False
) -> HistoryEntry:
    """Adds one entry. `changes` are rows of codes (`words.py`); entries of one action share a `batch`.

    `at` is the time of the action; None means now. `moves` is True when the target moved from one
    body to another.
    """
    return HistoryEntry.objects.create(
        actor=actor if actor and actor.pk else None,
        action=action,
        target=target,
        body_id=None if moves else _body_of(target),
        label=str(target)[:200],
        changes=_rows(changes),
        note=note,
        batch=batch or uuid.uuid4(),
        at=at or timezone.now(),
    )


def record_many(*, actor, at, batch, entries, note=""):
    """Adds one entry for each (action, target, changes), all in one batch, with a few queries."""
    entries = list(entries)
    bodies = _bodies_of([target for _, target, _ in entries])
    HistoryEntry.objects.bulk_create(
        (
            HistoryEntry(
                actor=actor if actor and actor.pk else None,
                action=action,
                content_type=ContentType.objects.get_for_model(target),
                object_id=target.pk,
                body_id=bodies.get((type(target), target.pk)),
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


def _body_of(target) -> int | None:
    """The key of the body of a record, or None. `history_body` of its model is the lookup path to it."""
    path = getattr(target, "history_body", None)
    if path is None:
        return None
    *names, last = path.split("__")
    for name in names:
        target = getattr(target, name)
    return getattr(target, f"{last}_id")


def _bodies_of(targets) -> dict[tuple, int]:
    """The body of each record by (model, key). One query per model and SLICE; no body if deleted."""
    keys = defaultdict(list)
    for target in targets:
        if hasattr(target, "history_body"):
            keys[type(target)].append(target.pk)
    bodies = {}
    for model, pks in keys.items():
        for start in range(0, len(pks), SLICE):
            rows = model._base_manager.filter(pk__in=pks[start : start + SLICE])
            found = rows.values_list("pk", model.history_body)
            bodies |= {(model, pk): body for pk, body in found}
    return bodies


def _rows(changes):
    return [[code, str(before), str(after)] for code, before, after in changes]
