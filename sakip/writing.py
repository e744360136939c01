"""Sets fields of a record and tells in words what changed, for the history."""

from datetime import date
from decimal import Decimal

from sakip.dates import format_date
from sakip.numbers import input_text
from sakip.richtext import RichTextField, plain_text


def write(record, **fields) -> list[tuple[str, str, str]]:
    """Validates and saves only these fields; returns what changed as rows for `record()`.

    Rich text is compared after cleaning; nothing is saved when nothing changed. Raises ValidationError.
    """
    before = {name: (getattr(record, name, None), words(record, name)) for name in fields}
    for name, value in fields.items():
        setattr(record, name, value)
    record.full_clean()
    changed = [name for name in fields if getattr(record, name) != before[name][0]]
    if record._state.adding:
        record.save()
    elif changed:
        record.save(update_fields=changed)
    return [(label(record, name), before[name][1], words(record, name)) for name in changed]


def shortened(text: object, most: int) -> str:
    """Never longer than `most`: what is cut off ends with an ellipsis."""
    text = str(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def about(title, changes):
    """The same rows, each told to be about a part of the record."""
    return [(f"{title} · {name}", before, after) for name, before, after in changes]


def label(record, name) -> str:
    verbose = str(record._meta.get_field(name).verbose_name)
    return verbose[:1].upper() + verbose[1:]


def words(record, name) -> str:
    value = getattr(record, name, None)  # A related record not yet set counts as empty.
    if value is None or value == "":
        return "-"
    field = record._meta.get_field(name)
    if isinstance(field, RichTextField):
        return plain_text(value) or "-"
    if field.choices:
        return getattr(record, f"get_{name}_display")()
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return input_text(value, min(field.decimal_places, 2))
    return format_date(value) if isinstance(value, date) else str(value)
