"""Sets fields of a record and tells what changed, in the codes of the history."""

from copy import copy

from django.db.models.fields.files import FieldFile

from sakip.editing import Versioned, require_version
from sakip.history.words import code_of, label_of, value_in_words


def write(record, **fields) -> list[tuple[str, str, str]]:
    """Validates and saves only these fields; returns what changed as rows (name, old, new) for `record()`.

    Rich text is compared after cleaning, several related records whatever their order; nothing is
    saved when nothing changed. A change raises the version of a Versioned record. Raises
    ValidationError.
    """
    return _write(record, fields, raises=isinstance(record, Versioned))


def write_part(record, **fields) -> list[tuple[str, str, str]]:
    """The same as a part of something larger, whose caller raises the version once for all of it."""
    return _write(record, fields, raises=False)


def _write(record, fields, raises):
    before = {name: (_stored(record, name), _code(record, name)) for name in fields}
    many = {name: set(value) for name, value in fields.items() if _is_many(record, name)}
    for name in fields.keys() - many.keys():
        setattr(record, name, fields[name])
    record.full_clean()
    after = many | {name: _stored(record, name) for name in fields.keys() - many.keys()}
    changed = [name for name in fields if after[name] != before[name][0]]
    if record._state.adding:
        record.save()
    elif changed:
        if raises:
            record.version += 1
        columns = [name for name in changed if name not in many]
        record.save(update_fields=[*columns, *(["version"] if raises else [])])
    for name in many.keys() & set(changed):
        getattr(record, name).set(many[name])
    return [(name, before[name][1], _code(record, name)) for name in changed]


def _is_many(record, name):
    return record._meta.get_field(name).many_to_many


def _stored(record, name):
    """The value of the field: of several related records the set, of a file its name."""
    if _is_many(record, name):
        return set(getattr(record, name).all()) if record.pk else set()
    value = getattr(record, name, None)
    return value.name or "" if isinstance(value, FieldFile) else value


def write_as_read(record, version: int | None, what: str, **fields) -> list[tuple[str, str, str]]:
    """`write` for a form that was made from `version`; call it under a lock, in a transaction.

    StaleEdit when the record is newer and would change: what was written goes with the transaction.
    Who writes what stands there already is told of no conflict.
    """
    current = copy(record)
    changes = write(record, **fields)
    if changes:
        require_version(current, version, what)
    return changes


def raise_version(record):
    """The record must be locked."""
    record.version += 1
    record.save(update_fields=["version"])


def said(record, names) -> list[tuple[str, str]]:
    """What stands in these fields, as pairs of label and words."""
    return [(label(record, name), words(record, name)) for name in names]


def shortened(text: object, most: int) -> str:
    """Never longer than `most`: what is cut off ends with an ellipsis."""
    text = str(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def label(record, name) -> str:
    return label_of(record._meta.get_field(name))


def words(record, name) -> str:
    return value_in_words(record._meta.get_field(name), _code(record, name))


def _code(record, name):
    """A related record that is not yet set counts as empty."""
    return code_of(_stored(record, name), record._meta.get_field(name))
