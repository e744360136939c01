"""Writes a plan: in bulk, in one transaction, with one history entry for each row, and so that it can be undone."""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from recommendations.selectors import search
from recommendations.workflow import Work, begin, perform_many
from sakip.bulk import insert_many
from sakip.errors import WrongState
from sakip.history.words import about, code_of, part_code
from sakip.history.write import record_many
from sakip.models import User
from sakip.numbers import MISSING
from workbooks.columns import cells
from workbooks.compare.plan import ImportPlan, RowOutcome
from workbooks.services import holding
from workbooks.services.holding import BATCH
from workbooks.services.remembering import remember

logger = logging.getLogger(__name__)

FOLLOWING = ("person",)  # what Sheet.prepare may set


class PreviewOutdated(WrongState):
    """Somebody changed the records since the preview was made."""

    def __init__(self):
        super().__init__("Data berubah sejak pratinjau dibuat. Periksa pratinjau yang baru.")


@dataclass
class Written:
    """One record, the attributes that are written, and their values before.

    `rows` are the history rows for the changes. `is_told`: they stand in an entry about this record.
    """

    record: models.Model
    created: bool
    before: dict = field(default_factory=dict)
    after: set[str] = field(default_factory=set)
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    is_told: bool = False


def apply(plan: ImportPlan, run, *, actor, at):
    """Saves every new and changed row; the caller has made sure that none is refused.

    Raises PreviewOutdated and writes nothing when somebody changed the records first.
    """
    if plan.conflicts:
        raise ValueError("a conflict has not been decided")
    written = [
        (
            part.sheet,
            [row for row in part.rows if row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)],
        )
        for part in plan.sheets
    ]
    try:
        with transaction.atomic():
            _apply(written, run, actor, at)
    except IntegrityError as error:  # somebody has used the letter or number since
        logger.warning("Import run %s met a record of somebody else", run.pk, exc_info=True)
        raise PreviewOutdated from error


def _apply(written, run, actor, at):
    if not holding.are_unchanged(written):
        raise PreviewOutdated
    for sheet, rows in written:
        for some in _slices(sheet, rows):
            _write(sheet, some, run, actor, at)
        if rows:
            sheet.written(rows, actor, at)
            records = [row.instance for row in rows]
            search.refresh(sheet.found_as(records))
            search.refresh_recommendations(sheet.reworded(records))


def _slices(sheet, rows):
    """At most BATCH rows each; a row that names a new one of its own sheet waits for the next slice."""
    batch: list[Any] = []
    unsaved: set[int] = set()
    for row in rows:
        named = [change.value for change in row.changes if change.column.refers_to(sheet.shelf)]
        if len(batch) == BATCH or any(id(record) in unsaved for record in named):
            yield batch
            batch, unsaved = [], set()
        batch.append(row)
        if row.is_new:
            unsaved.add(id(row.instance))
    if batch:
        yield batch


def _write(sheet, rows, run, actor, at):
    owners, parts, many = [], [], []
    for row in rows:
        written, its_parts, its_many = _set(sheet, row)
        owners.append(written)
        parts += its_parts
        many += its_many
        if written.created and sheet.worked_on(row) is row.instance:
            begin(sheet.transition, row.instance)
    save(owners)
    save(parts)
    save_sets(many)
    for owner in owners:
        if owner.created:
            _know_empty_sets(sheet, owner.record)
    followed = [
        Written(record, before is None, before=before or {}, after=set(before or ()))
        for record, before in sheet.follow_through(rows, actor, at)
    ]
    entries = _entries(sheet, rows, owners)
    followed += _work(sheet, rows, owners, entries, run, actor, at)
    remember(run, owners + parts + followed, many)
    record_many(actor=actor, at=at, batch=run.batch, note=run.note, entries=entries.values())


def _entries(sheet, rows, owners):
    """By key of the record that rows are about: the action, the record and the rows of its history entry."""
    entries: dict[Any, Any] = {}
    for row, owner in zip(rows, owners, strict=True):
        subject, changes = sheet.subject(row.instance), owner.rows
        owner.is_told = subject is row.instance
        if not owner.is_told:
            changes = about(row.instance, changes, row.instance)
        entry = entries.setdefault(subject.pk, (sheet.action(row), subject, []))
        entry[2].extend([*changes, *sheet.consequences(row)])
    return entries


def _work(sheet, rows, owners, entries, run, actor, at) -> list[Written]:
    """Hands the unit's work to the workflow, with its entries; returns those that are no owners."""
    own = {id(owner.record): owner for owner in owners}
    worked = {renaksi.pk: renaksi for row in rows if (renaksi := sheet.worked_on(row))}
    if not worked:
        return []
    actor = User.objects.get(
        pk=actor.pk
    )  # loaded again: the import may have added units to the actor's reach
    works = []
    for pk, renaksi in worked.items():
        action, _, changes = entries.pop(pk)
        is_new = id(renaksi) in own and own[id(renaksi)].created
        works.append(Work(renaksi, action, tuple(changes), is_new=is_new))
    moved = perform_many(
        action=sheet.transition, works=works, actor=actor, at=at, batch=run.batch, note=run.note,
        is_printed=sheet.transition != "edit",
    )  # fmt: skip
    others = []
    for renaksi, before in moved:
        written = own.get(id(renaksi))
        if written is None:
            written = Written(renaksi, created=False)
            others.append(written)
        written.before |= before
        written.after |= before.keys()
    return others


def _set(sheet, row):
    """Puts the new values into the row's record and its parts."""
    owner = Written(row.instance, created=row.instance.pk is None)
    parts: dict[Any, Written] = {}
    many = []
    for change in row.changes:
        column = change.column
        target = owner
        if column.part:
            target = parts.get(column.part) or _part(column, row.instance)
            parts[column.part] = target
        if isinstance(column.widget, cells.ReferencesWidget):
            before = [] if owner.created else column.now(row.instance)
            keys = [one.pk for one in before]
            many.append((row.instance, column.attribute, keys, change.value))
            owner.rows.append((column.attribute, code_of(before), code_of(change.value)))
            continue
        for name, value in change.fields.items():
            owner.rows += _told(change, target, name, value)
            _put(target, name, value)
    followed = {name: _raw(owner.record, name) for name in FOLLOWING if hasattr(owner.record, name)}
    for name in sheet.prepare(row):
        owner.before.setdefault(name, followed.get(name))
        owner.after.add(name)
    if sheet.worked_on(row) is not owner.record:
        _bump(owner)
    for part in parts.values():
        _bump(part)
    return owner, list(parts.values()), many


def _told(change, target, name, value):
    """Returns the history rows for one attribute; none when its text is unchanged."""
    model_field, part = _field(target.record, name), change.column.part
    if model_field.is_relation:
        before, after = ("" if text == MISSING else text for text in (change.before, change.after))
    else:
        before = "" if target.created else code_of(_raw(target.record, name), model_field)
        after = code_of(value, model_field)
    if before == after:
        return []
    title = part and ", ".join(str(value) for _, value in part.match)
    return [(part_code(target.record, name, title) if part else name, before, after)]


def _put(target, name, value):
    """A new record was filled when its row was judged, and what stood in it before is nothing."""
    target.after.add(name)
    if target.created and _raw(target.record, name) == value:
        return
    before = _raw(target.record, name)
    setattr(target.record, name, value)
    target.before.setdefault(name, before)


def _part(column, instance):
    found = column.part.of(instance)
    return Written(found or column.part.make(instance), created=found is None)


def _bump(written):
    """Raises the version, so that an open form of this record shows a conflict when it is saved."""
    if not written.created and hasattr(written.record, "version"):
        written.before["version"] = written.record.version
        written.record.version += 1
        written.after.add("version")


def _raw(record, name):
    return getattr(record, _field(record, name).attname)


def _field(record, name):
    return record._meta.get_field(name)


def save(written: list[Written]):
    """A few queries, however many records."""
    groups = defaultdict(list)
    for one in written:
        if one.created or one.after:
            groups[type(one.record), one.created].append(one)
    for (model, created), members in groups.items():
        records = [one.record for one in members]
        if created:
            insert_many(records)
            continue
        names = sorted({name for one in members for name in one.after})
        model._base_manager.bulk_create(
            records,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=names,
        )


def save_sets(many: list[tuple]):
    """`many` are quadruples of a record, the name of its relation, the keys before and the records now."""
    groups = defaultdict(list)
    for record, name, before, targets in many:
        groups[type(record)._meta.get_field(name)].append((record, set(before), targets))
    for relation, members in groups.items():
        for record, _, targets in members:
            _know(record, relation.name, targets)
        through = relation.remote_field.through
        owner = relation.m2m_field_name()
        target = relation.m2m_reverse_field_name()
        gone = Q()
        for record, before, targets in members:
            if left := before - {one.pk for one in targets}:
                gone |= Q(**{owner: record, f"{target}__in": left})
        if gone:
            through._base_manager.filter(gone).delete()
        through._base_manager.bulk_create(
            (
                through(**{owner: record, target: one})
                for record, before, targets in members
                for one in targets
                if one.pk not in before
            ),
            batch_size=BATCH,
        )


def _know_empty_sets(sheet, record):
    known = getattr(record, "_prefetched_objects_cache", {})
    for column in sheet.columns():
        if isinstance(column.widget, cells.ReferencesWidget) and column.attribute not in known:
            _know(record, column.attribute, ())


def _know(record, name, targets):
    """So that nothing asks the database for what was just written."""
    loaded = getattr(record, "_prefetched_objects_cache", {})
    record._prefetched_objects_cache = {**loaded, name: list(targets)}
