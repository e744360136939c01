"""The only functions that write history entries. They mark what has to be checked again."""

import uuid
from collections import Counter, defaultdict
from functools import partial

import structlog
from django.db import transaction
from django.utils import timezone

from sakip.bulk import insert_many
from sakip.consistency.marks import mark, mark_many
from sakip.history import chain, hearing, stamps
from sakip.history.entries import HistoryEntry

logger = structlog.get_logger(__name__)
SLICE = 5_000  # records per query when their bodies are looked up


def record(
    *, actor, action, target, changes=(), note="", batch=None, at=None, moves=False
) -> HistoryEntry:
    """Adds one entry. `changes` are rows of codes (`words.py`); entries of one action share a `batch`.

    `at` is the time of the action; None means now. `moves` is True when the target moved from one
    body to another.
    """
    body = None if moves else body_of(target)
    batch, at = batch or uuid.uuid4(), at or timezone.now()
    entry = _entry(action, target, changes, body, note=note, batch=batch, at=at, **_actor(actor))
    with transaction.atomic(savepoint=False):
        insert_many([entry])
        chain.add([entry])
        mark(target, body=body, moves=moves)
        hearing.tell([entry])
        _tell([entry])
    return entry


def record_many(*, actor, at, batch, entries, note=""):
    """Adds one entry for each (action, target, changes), all in one batch, with a few queries."""
    entries = list(entries)
    if not entries:
        return
    shared = _actor(actor) | {"note": note, "batch": batch, "at": at}
    bodies = _bodies_of([target for _, target, _ in entries])
    with transaction.atomic(savepoint=False):
        written = [
            _entry(action, target, changes, bodies.get((type(target), target.pk)), **shared)
            for action, target, changes in entries
        ]
        insert_many(written)
        chain.add(written)
        _tell(written)
        hearing.tell(written)
        mark_many(
            ((type(target), target.pk) for _, target, _ in entries),
            {
                (type(target), entry.body_id)
                for entry, (_, target, _) in zip(written, entries, strict=True)
            },
        )


def _tell(entries):
    """Writes into the log who did what to which record, once it is for good: one line for each action.

    Keys and codes only. Of many records only their number: the history has them under the batch.
    """
    numbers = Counter((entry.action, type(entry.target)._meta.label_lower) for entry in entries)
    for (action, model), number in numbers.items():
        one = {"record": entries[0].object_id} if len(entries) == 1 else {"records": number}
        said = {"action": action, "model": model, "actor": entries[0].actor_id, **one}
        batch = str(entries[0].batch)
        transaction.on_commit(partial(logger.info, "recorded", batch=batch, **said))


def _entry(action, target, changes, body_id, **fields) -> HistoryEntry:
    """An entry that is not saved yet. `fields` are those that all entries of one batch share."""
    entry = HistoryEntry(
        action=action,
        target=target,
        body_id=body_id,
        label=str(target)[:200],
        changes=[[code, str(before), str(after)] for code, before, after in changes],
        **fields,
    )
    entry.stamp = stamps.code(stamps.newest_key(), stamps.content_of(entry))
    return entry


def _actor(actor) -> dict:
    if not actor or not actor.pk:
        return {"actor": None}
    unit = str(actor.unit)[:200] if actor.unit_id else ""
    return {"actor": actor, "actor_role": actor.role, "actor_unit": unit}


def body_of(target) -> int | None:
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
