"""Sets fields of a record and returns the changes as rows for the history."""

import re
from copy import copy
from functools import cache

from django.db.models.fields.files import FieldFile

from sakip.editing import Versioned, require_version
from sakip.history.words import code_of, codes_of, label_of, value_in_words


def write(record, **fields) -> list[tuple[str, str, str]]:
    """Validates and saves only these fields; returns the changes as rows (name, old, new) for `record()`.

    Saves nothing when nothing changed. Compares rich text after sanitising, and related records of one
    field without their order. A change adds 1 to the version of a Versioned record. Raises
    ValidationError.
    """
    return _write(record, fields, raises=isinstance(record, Versioned))


def write_part(record, **fields) -> list[tuple[str, str, str]]:
    """Like `write`, for a part of a larger record. The caller raises the version of that record."""
    return _write(record, fields, raises=False)


def set_part(record, **fields) -> list[tuple[str, str, str]]:
    """Like `write_part`, but nothing is saved yet: the caller saves the columns that the rows name."""
    before = {name: _stored(record, name) for name in fields}
    return _rows(record, before, _set(record, fields, before, {}))


def _write(record, fields, raises):
    before = {name: _stored(record, name) for name in fields}
    many = {name: set(value) for name, value in fields.items() if _is_many(record, name)}
    changed = _set(record, fields, before, many)
    if record._state.adding:
        record.save()
    elif changed:
        if raises:
            record.version += 1
        columns = [name for name in changed if name not in many]
        record.save(update_fields=[*columns, *(["version"] if raises else [])])
    for name in many.keys() & set(changed):
        getattr(record, name).set(many[name])
    return _rows(record, before, changed)


def _set(record, fields, before, many) -> list[str]:
    """Sets and checks the fields but the `many`; returns those that change."""
    for name in fields.keys() - many.keys():
        setattr(record, name, fields[name])
    given = [name for name in fields if name in many or _stored(record, name) != before[name]]
    _check(record, given)
    after = many | {name: _stored(record, name) for name in fields.keys() - many.keys()}
    return [name for name in fields if after[name] != before[name]]


def _rows(record, before, changed):
    return [
        (name, *codes_of(before[name], _stored(record, name), record._meta.get_field(name)))
        for name in changed
    ]


def _check(record, given):
    if record._state.adding:
        record.full_clean()
        return
    is_ruled = any(not rule.isdisjoint(given) for rule in _rules(type(record)))
    record.full_clean(exclude=_untouched(type(record), given), validate_constraints=is_ruled)


def _untouched(model, written) -> set[str]:
    """The fields that need no check when only the `written` ones change: no rule names both. A check of all
    asks the database for each related record and each rule again, which was a quarter of the time of a saved text."""
    wanted = set(written)
    for rule in _rules(model):
        if not rule.isdisjoint(written):
            wanted |= rule
    return {field.name for field in model._meta.get_fields() if hasattr(field, "attname")} - wanted


@cache
def _rules(model) -> list[set[str]]:
    """For each constraint of the model the fields that it names, with others that are called like a value."""
    rules = []
    for constraint in model._meta.constraints:
        words = re.findall(r"[A-Za-z]\w*", repr(constraint.deconstruct()))
        rules.append({word.split("__")[0] for word in words})
    return rules + [set(fields) for fields in model._meta.unique_together]


def _is_many(record, name):
    return record._meta.get_field(name).many_to_many


def _stored(record, name):
    """The value of the field; for a many-to-many field the set of related records; for a file its name."""
    if _is_many(record, name):
        return set(getattr(record, name).all()) if record.pk else set()
    value = getattr(record, name, None)
    return value.name or "" if isinstance(value, FieldFile) else value


def write_as_read(record, version: int | None, what: str, **fields) -> list[tuple[str, str, str]]:
    """Like `write`, for a form that was made from `version`. Call it with a lock, in a transaction.

    Raises StaleEdit when the record is newer and would change; the transaction then rolls the changes
    back. Typing exactly what is stored is no conflict.
    """
    current = copy(record)
    changes = write(record, **fields)
    if changes:
        require_version(current, version, what)
    return changes


def raise_version(record):
    """Adds 1 to the version and saves it. The caller must hold a lock on the record."""
    record.version += 1
    record.save(update_fields=["version"])


def said(record, names) -> list[tuple[str, str]]:
    """The values of these fields as pairs of label and displayed text."""
    return [(label(record, name), words(record, name)) for name in names]


def shortened(text: object, most: int) -> str:
    """The text with at most `most` characters; a text that was cut ends with an ellipsis."""
    text = str(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def label(record, name) -> str:
    return label_of(record._meta.get_field(name))


def words(record, name) -> str:
    return value_in_words(record._meta.get_field(name), _code(record, name))


def _code(record, name):
    """The history code of the field's value; empty for a relation that is not set yet."""
    return code_of(_stored(record, name), record._meta.get_field(name))
