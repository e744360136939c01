"""Translates the codes in the history into the words on screen: actions, fields and values. No query.

A row of `HistoryEntry.changes` is [code, old, new]. The code is the name of a field of the record
(`due_date`), of a field of a part (`step.text`, with the name of the part's model), or a word that an
app registers (`steps`). A colon and the title that the part had on that day may follow
(`componentscore.score:Perencanaan Kinerja`). Values are codes too: the code of a choice, `true` and
`false`, ISO dates, plain decimals, and an empty text for no value. Names and texts are stored as they
were on that day. An unknown code, such as a field that was removed, is shown as it is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import itemgetter

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from sakip.dates import format_date
from sakip.numbers import MISSING, input_text, list_letter
from sakip.richtext import RichTextField, plain_text

STATUS, REASON = "status", "reason"  # the sentence about the action already tells these
FLAGS = {"true": "ya", "false": "tidak"}
MOST_DECIMALS = 2  # zeros are added up to so many; a value with more decimals shows all of them


@dataclass(frozen=True)
class Action:
    """`label` is the name of the action, `deed` the words for what the person did.

    In `deed`, {} stands for the record and {name} for the changed parts. `only_changes`: when one field
    changed, the sentence tells its old and new value. `named_by` is the code of the row whose new value
    replaces {name}; without it the titles of the parts do.
    """

    label: str
    deed: str
    only_changes: bool = False
    named_by: str = ""


@dataclass(frozen=True)
class Word:
    """How a code and its values are shown. {} in `label` marks the place of the title.

    Without {} the title comes before the label. `choices` translates values; `say` translates values
    that are not in `choices`.
    """

    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    say: Callable[[str], str] = str

    def value(self, code: str) -> str:
        return self.choices.get(code) or self.say(code)


ACTIONS: dict[str, Action] = {}
WORDS: dict[str, Word] = {}


def register(*, actions: Mapping[str, Action] = {}, words: Mapping[str, Word] = {}):  # noqa: B006
    """Each `<app>/history_words.py` calls this at the start. Raises LookupError for a code in use."""
    for known, new in ((ACTIONS, actions), (WORDS, words)):
        if taken := known.keys() & new.keys():
            raise LookupError(f"Registered twice: {sorted(taken)}")
        known.update(new)


def action_choices() -> list[tuple[str, str]]:
    return sorted(((code, action.label) for code, action in ACTIONS.items()), key=itemgetter(1))


# ── From codes to words ─────────────────────────────────────────────────────────────────────────
def row_in_words(model, row) -> tuple[str, str, str]:
    """Label, old and new value of one row of the history of a record of `model`."""
    code, before, after = row
    path, _, title = code.partition(":")
    known = word_for(model, path)
    if known is None:
        return code, before, after
    return _titled(known.label, title), _shown(known, before), _shown(known, after)


def word_for(model, path) -> Word | None:
    """The word that an app registered for the code or `<model>.<field>`, else the field's own, else None."""
    own = WORDS.get(path) or WORDS.get(f"{model._meta.model_name}.{path}")
    return own or _field_word(model, path)


def _titled(label, title):
    if "{}" in label:
        return label.replace("{}", title)
    return f"{title} · {label}" if title else label


def _shown(known, code):
    return known.value(code) if code else MISSING


@cache
def _field_word(model, path) -> Word | None:
    found = field_of(model, path)
    return found and Word(label_of(found), choices_of(found), _reader_of(found))


def field_of(model, path):
    """The model field that the code `path` (without title) names; None when there is none."""
    owner, _, name = path.rpartition(".")
    model = models_by_name().get(owner) if owner else model
    try:
        found = model and model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if hasattr(found, "verbose_name") else None


@cache
def models_by_name() -> dict[str, type[models.Model]]:
    return {model._meta.model_name: model for model in apps.get_models()}


def label_of(model_field) -> str:
    verbose = str(model_field.verbose_name)
    return verbose[:1].upper() + verbose[1:]


def choices_of(model_field) -> dict[str, str]:
    """The labels of the values of this field, by code."""
    if isinstance(model_field, models.BooleanField):
        return FLAGS
    return {str(code): str(label) for code, label in getattr(model_field, "flatchoices", ())}


def _reader_of(model_field):
    if isinstance(model_field, models.DateField):
        return date_in_words
    if isinstance(model_field, models.DecimalField):
        places = min(model_field.decimal_places, MOST_DECIMALS)
        return lambda code: number_in_words(code, places)
    return str


def date_in_words(code: str) -> str:
    try:
        return format_date(datetime.fromisoformat(code))
    except ValueError:
        return code


def number_in_words(code: str, places: int = 0) -> str:
    try:
        return input_text(Decimal(code), places)
    except InvalidOperation:
        return code


def letter_in_words(code: str) -> str:
    return list_letter(int(code)) if code.isdecimal() and int(code) else code


def value_in_words(model_field, code: str) -> str:
    return _shown(_field_word(model_field.model, model_field.name), code)


# ── From values to codes ────────────────────────────────────────────────────────────────────────
def code_of(value, model_field=None) -> str:
    """The text that the history stores for a value; for related records it is their names."""
    if value is None or value == "":
        return ""
    if isinstance(value, set | frozenset | list | tuple | models.QuerySet):
        return ", ".join(sorted(map(str, value)))
    if isinstance(model_field, RichTextField):
        return plain_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def codes_of(before, after, model_field=None) -> tuple[str, str]:
    """The texts for an old and a new value. Units or people of one name get the units above behind it."""
    codes = code_of(before, model_field), code_of(after, model_field)
    if before == after or codes[0] != codes[1]:
        return codes
    return code_of(_told_apart(before)), code_of(_told_apart(after))


def _told_apart(value):
    if isinstance(value, set | frozenset):
        return {_told_apart(record) for record in value}
    return getattr(value, "path_name", value)


def plain_decimal(value: Decimal) -> str:
    """The number without zeros at the end, so that 87.5 and 87.50 are stored as the same text."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def part_code(model, name: str, title="") -> str:
    """The code of a field of a part; `model` may be a record."""
    code = f"{model._meta.model_name}.{name}"
    return f"{code}:{title}" if str(title) else code


def about(part, rows, title="") -> list[tuple[str, str, str]]:
    """Turns rows of `write(part)` into rows for the history of the record that the part belongs to."""
    return [(part_code(part, name, title), before, after) for name, before, after in rows]
