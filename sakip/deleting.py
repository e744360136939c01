"""Deletes records that were made by mistake, while nothing hangs on them."""

from collections.abc import Collection

from django import forms
from django.utils.text import capfirst

from sakip.editing import version_field
from sakip.errors import WrongState
from sakip.history.words import code_of, part_code


class DeleteForm(forms.Form):
    """The button of a page that asks whether to delete; it carries the version that the person read."""

    version = version_field()

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, initial={"version": record.version}, **kwargs)


def hanging_on(record, own: Collection[str]) -> list[str]:
    """What refers to the record, as counts in words: “2 rekomendasi”.

    `own` are the accessors of what goes with it. Everything else counts, so that a new kind of record
    is never deleted by accident.
    """
    found = []
    for relation in record._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        if relation.concrete or relation.get_accessor_name() in own:
            continue
        model = relation.related_model
        if count := model._base_manager.filter(**{relation.field.name: record}).count():
            found.append(f"{count} {model._meta.verbose_name}")
    return found


def require_bare(record, own: Collection[str]):
    """Raises WrongState, which says what hangs on the record."""
    if found := hanging_on(record, own):
        parts = " dan ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
        raise WrongState(
            f"{capfirst(record._meta.verbose_name)} ini mempunyai {parts}, jadi tidak dapat dihapus."
        )


def last_words(record, names, title="") -> list[tuple[str, str, str]]:
    """The filled fields of a record that is deleted, as rows for the history of another one.

    `title` tells it from others of its kind.
    """
    values = {name: code_of(getattr(record, name), record._meta.get_field(name)) for name in names}
    return [(part_code(record, name, title), value, "") for name, value in values.items() if value]
