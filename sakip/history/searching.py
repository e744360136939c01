"""Finds entries by words that the history shows but does not store: labels, choices, dates, numbers.

`Rows` joins the rows of an entry into one text, each row as `<ROW><code><VALUE><old><VALUE><new>`.
`pattern` makes a regular expression for this text, which SQLite and PostgreSQL both understand. The
separators `\\x1e` and `\\x1f` cannot occur in a text that a person types.
"""

import re
from functools import cache

from django.db.models import Func, TextField

from sakip.dates import MONTHS
from sakip.history.words import WORDS, Word, models_by_name, word_for

ROW, VALUE = "\x1e", "\x1f"
DATE = re.compile(r"(?:(\d{1,2}) )?([a-z]+)(?: (\d{4}))?", re.IGNORECASE)
NUMBER = re.compile(r"-?\d+,\d+")
IN_VALUE = f"[^{ROW}{VALUE}]*"


class Rows(Func):
    """The rows of a JSON column as one text, to be searched with `pattern`."""

    arity = 1
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        template = (
            "(SELECT group_concat(char(30) || json_extract(value, '$[0]') || char(31) || "
            "json_extract(value, '$[1]') || char(31) || json_extract(value, '$[2]'), '') "
            "FROM json_each(%(expressions)s))"
        )
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler, connection, **extra):
        template = (
            "(SELECT string_agg(chr(30) || (found.row ->> 0) || chr(31) || (found.row ->> 1) "
            "|| chr(31) || (found.row ->> 2), '') "
            "FROM jsonb_array_elements(%(expressions)s) AS found(row))"
        )
        return self.as_sql(compiler, connection, template=template, **extra)


def pattern(model, text: str) -> str:
    """A regular expression for rows about `model` that show `text` on screen. It ignores case."""
    return "|".join((*_stored(text), *_labelled(model, text.casefold())))


def _stored(text):
    """Patterns for `text` in a title or value: as it is, and as a stored date or number."""
    spelled = [re.escape(text), *_dates(text)]
    if NUMBER.fullmatch(text):
        spelled.append(re.escape(text.replace(",", ".")))
    yield f"[:{VALUE}]{IN_VALUE}({'|'.join(spelled)})"


def _dates(text):
    found = DATE.fullmatch(" ".join(text.split()))
    if not found:
        return
    day, name, year = found.groups()
    for number, month in enumerate(MONTHS, 1):
        if month.casefold().startswith(name.casefold()):
            yield f"{year or '[0-9]{4}'}-{number:02}-{f'{int(day):02}' if day else '[0-9]{2}'}"


def _labelled(model, text):
    for path, word in _words(model).items():
        start = f"{ROW}{re.escape(path)}(:{IN_VALUE})?{VALUE}"
        if text in word.label.casefold():
            yield start
        elif codes := [code for code, label in word.choices.items() if text in label.casefold()]:
            chosen = "|".join(map(re.escape, codes))
            yield f"{start}({IN_VALUE}{VALUE})?({chosen})({VALUE}|{ROW}|$)"


@cache
def _words(model) -> dict[str, Word]:
    """The Word for each code that a row about `model` can have, by code."""
    paths = [*_field_names(model), *WORDS]
    for name, part in models_by_name().items():
        paths += (f"{name}.{field}" for field in _field_names(part))
    return {path: word for path in paths if (word := word_for(model, path))}


def _field_names(model):
    return [field.name for field in (*model._meta.fields, *model._meta.many_to_many)]
