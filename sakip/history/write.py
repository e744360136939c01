"""The only functions that write history."""

import uuid
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from sakip.history.entries import HistoryEntry

SLICE = 5_000  # records whose bodies one query asks for


def record(
    *, actor, action, target, changes=(), note="", batch=None, at=None, moves=False
) -> HistoryEntry:
    """Adds one entry. `changes` holds rows of codes (`words.py`); `batch` joins entries of one action.

    `at` is when it happened; None means now. `moves`: the target went from one body to another.
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
    """Adds an entry for each (action, target, changes) in a few queries; all belong to one batch."""
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
    """The key of the body to which a record belongs; its model names the path in `history_body`."""
    path = getattr(target, "history_body", None)
    if path is None:
        return None
    *names, last = path.split("__")
    for name in names:
        target = getattr(target, name)
    return getattr(target, f"{last}_id")


def _bodies_of(targets) -> dict[tuple, int]:
    """Body by (model, key). One query for each model and SLICE; a record that is gone has no body."""
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
