"""Locks the records of an import before writing, and checks that nobody changed them since reading."""

from collections import defaultdict

from django.db.models import Field, Model

from workbooks.columns import cells

BATCH = 500
# Of a user: what signing in and the own settings of tables change is nothing that an import reads.
UNREAD = frozenset({"last_login", "table_settings"})


def are_unchanged(written) -> bool:
    """Locks the stored records of `written`, pairs of a sheet and the rows to be written, and tells
    whether each is still what was read. Models and keys in one order, so that two imports wait for
    one another; the queries grow by batches."""
    compared: defaultdict[type[Model], defaultdict[int, list]] = defaultdict(
        lambda: defaultdict(list)
    )
    sets: defaultdict[Field, dict[int, set[int]]] = defaultdict(dict)
    for sheet, rows in written:
        keys = [column for column in sheet.columns() if _is_reference(column)]
        for row in rows:
            for record in _read(sheet, row, keys):
                compared[type(record)][record.pk].append(record)
            for column, value in _sets(row):
                relation = type(row.instance)._meta.get_field(column.attribute)
                sets[relation][row.instance.pk] = {one.pk for one in value}
    models = sorted(compared, key=lambda model: model._meta.label)
    are_same = [_hold(model, compared[model]) for model in models]
    return all(are_same) and all(_same_set(*one) for one in sets.items())


def _is_reference(column):
    return column.key and isinstance(column.widget, cells.ReferenceWidget)


def _read(sheet, row, keys):
    """The stored records on which the judgement of a row rests."""
    record = row.instance
    found = [record, sheet.subject(record)]
    if record.pk is None:  # what it will hang on
        found += [column.now(record) for column in keys]
    found += [change.column.holder(record) for change in row.changes]
    found += sheet.judged_by(row)
    stored = (one for one in found if one is not None and one.pk is not None)
    return {id(one): one for one in stored}.values()


def _sets(row):
    if row.instance.pk is None:
        return
    for change in row.changes:
        if isinstance(change.column.widget, cells.ReferencesWidget):
            yield change.column, change.column.now(row.instance)


def _hold(model, records):
    names = [field.attname for field in model._meta.concrete_fields if field.name not in UNREAD]
    for pks in _batches(sorted(records)):
        held = model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk")
        stored = {values[0]: values[1:] for values in held.values_list("pk", *names)}
        for pk in pks:
            said = (tuple(getattr(record, name) for name in names) for record in records[pk])
            if any(one != stored.get(pk) for one in said):
                return False
    return True


def _same_set(relation, said):
    through = relation.remote_field.through
    owner, target = relation.m2m_column_name(), relation.m2m_reverse_name()
    for pks in _batches(sorted(said)):
        stored = defaultdict(set)
        rows = through._base_manager.filter(**{f"{owner}__in": pks})
        for pk, other in rows.values_list(owner, target):
            stored[pk].add(other)
        if any(stored[pk] != said[pk] for pk in pks):
            return False
    return True


def _batches(pks):
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))
