"""The only functions that write history."""

import uuid
from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from sakip.dates import format_date
from sakip.history.entries import HistoryEntry
from sakip.numbers import input_text

SLICE = 5_000  # records whose bodies one query asks for


def record(
    *, actor, action, target, changes=(), note="", batch=None, at=None, moves=False
) -> HistoryEntry:
    """Adds one entry. `changes` holds rows (field label, from, to); `batch` joins entries of one action.

    `at` is when it happened; None means now. `moves`: the target went from one body to another.
    """
    return HistoryEntry.objects.create(
        actor=actor if actor and actor.pk else None,
        action=action,
        target=target,
        body_id=None if moves else _body_of(target),
        label=str(target)[:200],
        changes=[[label, str(before), str(after)] for label, before, after in changes],
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
                changes=[[label, str(before), str(after)] for label, before, after in changes],
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


def differences(form, leave_out=()) -> list[tuple[str, str, str]]:
    """What a bound, valid ModelForm changes, as rows for `record`; without the fields `leave_out`."""
    rows = []
    for name in form.changed_data:
        if name in leave_out:
            continue
        field = form.fields.get(name)
        before, after = form.initial.get(name), form.cleaned_data.get(name)
        rows.append(
            (str(field.label if field else name), _text(field, before), _text(field, after))
        )
    return rows


def _text(field, value):
    if value is None or value == "":
        return "-"
    queryset = getattr(field, "queryset", None)
    if queryset is not None and not isinstance(value, models.Model):
        values = value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
        keys = [item.pk if isinstance(item, models.Model) else item for item in values]
        return (
            ", ".join(str(row) for row in queryset.model._default_manager.filter(pk__in=keys))
            or "-"
        )
    if choices := dict(getattr(field, "choices", None) or {}):
        return str(choices.get(value, value))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return input_text(value, field.decimal_places or 2)
    return format_date(value) if isinstance(value, date) else str(value)
