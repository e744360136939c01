"""Writes a plan: in bulk, in one transaction, with one history entry for each row, and so that it can be undone."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from sakip.history import record_many
from workbooks import cells
from workbooks.models import ImportedRecord
from workbooks.plan import Outcome, Plan

BATCH = 500


@dataclass
class Written:
    """One record with what stood in it before and stands now, by attribute, as JSON keeps it."""

    record: models.Model
    created: bool
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)


@transaction.atomic
def apply(plan: Plan, run, *, actor, at):
    """Saves every new and changed row; the caller has made sure that none is refused."""
    if plan.conflicts:
        raise ValueError("a conflict has not been decided")
    for part in plan.sheets:
        rows = [row for row in part.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
        for start in range(0, len(rows), BATCH):
            _write(part.sheet, rows[start : start + BATCH], run, actor, at)
        if rows:
            part.sheet.written(rows, actor, at)


def _write(sheet, rows, run, actor, at):
    owners, parts, many = [], [], []
    for row in rows:
        written, its_parts, its_many = _set(row)
        owners.append(written)
        parts += its_parts
        many += its_many
    _save(owners)
    _save(parts)
    for record, name, _, targets in many:
        getattr(record, name).set(targets)
    _remember(run, owners + parts, many)
    record_many(
        actor=actor,
        at=at,
        batch=run.batch,
        note=run.note,
        entries=[
            (
                "import_new" if row.outcome is Outcome.NEW else "import_change",
                row.instance,
                [(change.column.label, change.before, change.after) for change in row.changes],
            )
            for row in rows
        ],
    )


def _set(row):
    """Puts the new values into the row's record and its parts."""
    owner = Written(row.instance, created=row.instance.pk is None)
    parts, many = {}, []
    for change in row.changes:
        column = change.column
        target = owner
        if column.part:
            target = parts.get(column.part) or _part(column, row.instance)
            parts[column.part] = target
        if isinstance(column.widget, cells.References):
            before = [] if owner.created else [one.pk for one in column.now(row.instance)]
            many.append((row.instance, column.attribute, before, change.value))
            continue
        before = _raw(target.record, column.attribute)
        setattr(target.record, column.attribute, column.widget.stored(change.value, before))
        target.before[column.attribute] = before
        target.after[column.attribute] = column.attribute
    _bump(owner)
    return owner, list(parts.values()), many


def _part(column, instance):
    found = column.part.of(instance)
    return Written(found or column.part.make(instance), created=found is None)


def _bump(written):
    """Whoever has the record open in a form is told that somebody saved in between."""
    if not written.created and hasattr(written.record, "version"):
        written.before["version"] = written.record.version
        written.record.version += 1
        written.after["version"] = "version"


def _raw(record, name):
    return getattr(record, record._meta.get_field(name).attname)


def _save(written):
    groups = defaultdict(list)
    for one in written:
        if one.created or one.after:
            groups[type(one.record), one.created].append(one)
    for (model, created), members in groups.items():
        records = [one.record for one in members]
        if created:
            model._base_manager.bulk_create(records, batch_size=BATCH)
            continue
        names = sorted({name for one in members for name in one.after})
        model._base_manager.bulk_create(
            records,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=names,
        )


def _remember(run, written, many):
    sets = defaultdict(dict)
    for record, name, before, targets in many:
        sets[id(record)][name] = (before, [target.pk for target in targets])
    rows = []
    for one in written:
        after = {name: _raw(one.record, name) for name in one.after}
        for name, (then, now) in sets.get(id(one.record), {}).items():
            one.before[name], after[name] = then, now
        rows.append(
            ImportedRecord(
                run=run,
                content_type=ContentType.objects.get_for_model(one.record),
                object_id=one.record.pk,
                created=one.created,
                before=one.before,
                after=after,
            )
        )
    ImportedRecord.objects.bulk_create(rows, batch_size=BATCH)
