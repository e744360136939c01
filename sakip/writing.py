"""Sets fields of a record and tells in words what changed, for the history."""

from datetime import date
from decimal import Decimal

from sakip.dates import format_date
from sakip.editing import Versioned
from sakip.numbers import input_text
from sakip.richtext import RichTextField, plain_text


def write(record, **fields) -> list[tuple[str, str, str]]:
    """Validates and saves only these fields; returns what changed as rows for `record()`.

    Rich text is compared after cleaning, several related records whatever their order; nothing is
    saved when nothing changed. A change raises the version of a Versioned record. Raises
    ValidationError.
    """
    before = {name: (_stored(record, name), words(record, name)) for name in fields}
    many = {name: set(value) for name, value in fields.items() if _is_many(record, name)}
    for name in fields.keys() - many.keys():
        setattr(record, name, fields[name])
    record.full_clean()
    after = many | {name: _stored(record, name) for name in fields.keys() - many.keys()}
    changed = [name for name in fields if after[name] != before[name][0]]
    if record._state.adding:
        record.save()
    elif changed:
        columns = [name for name in changed if name not in many]
        record.save(update_fields=[*columns, *_raise_version(record)])
    for name in many.keys() & set(changed):
        getattr(record, name).set(many[name])
    return [(label(record, name), before[name][1], words(record, name)) for name in changed]


def _is_many(record, name):
    return record._meta.get_field(name).many_to_many


def _stored(record, name):
    """The value of the field; the set of related records of a field that holds several."""
    if _is_many(record, name):
        return set(getattr(record, name).all()) if record.pk else set()
    return getattr(record, name, None)


def _raise_version(record) -> list[str]:
    if not isinstance(record, Versioned):
        return []
    record.version += 1
    return ["version"]


def about(title, changes):
    """The same rows, each told to be about a part of the record."""
    return [(f"{title} · {name}", before, after) for name, before, after in changes]


def label(record, name) -> str:
    verbose = str(record._meta.get_field(name).verbose_name)
    return verbose[:1].upper() + verbose[1:]


def words(record, name) -> str:
    value = _stored(record, name)  # A related record not yet set counts as empty.
    if value is None or value in ("", set()):
        return "-"
    field = record._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(sorted(map(str, value)))
    if isinstance(field, RichTextField):
        return plain_text(value) or "-"
    if field.choices:
        return getattr(record, f"get_{name}_display")()
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return input_text(value, min(field.decimal_places, 2))
    return format_date(value) if isinstance(value, date) else str(value)
