"""Writes rows whose columns are known, without what the ORM does for each statement.

The fields prepare their values here too, so that the checks of `text_fields` are made. No signals are sent.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from operator import attrgetter

from django.db import DatabaseError, connection, connections, models

from sakip.prepared import planning_once
from sakip.text_fields import Typed

ROWS = 500  # in one statement: SQLite takes 32,766 values, which are 65 columns
FEW = 10  # rows of a statement that PostgreSQL keeps
NOTHING = "ON CONFLICT DO NOTHING"


def insert_many(records: Sequence[models.Model], *, conflict: str = ""):
    """Like `bulk_create`, for records of one model without keys, in half the time.

    Django asks four functions about every single value, and gives SQLite a few dozen rows at a time. It is not
    for models with a column that the database fills by default. `conflict` says what happens to a row that is
    there already, as SQL; the records then stay without keys.
    """
    for start in range(0, len(records), ROWS):
        _insert(records[start : start + ROWS], conflict)


def save_columns(record: models.Model, names: Collection[str]):
    """Like `save(update_fields=names)`, in a third of the time. DatabaseError when the row is gone."""
    meta = record._meta
    fields = tuple(meta.get_field(name) for name in names)
    values = [_prepared(field, [record], adding=False)[0] for field in fields]
    with planning_once(connection).cursor() as cursor:
        cursor.execute(_updating(type(record), fields), [*values, record.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{meta.label} {record.pk} is not there to be saved.")


def _insert(records, conflict):
    model = type(records[0])
    fields = _written(model)
    for record in records:  # a parent that was saved meanwhile has its key now
        record._prepare_related_fields_for_save(operation_name="insert_many")
    prepared = [_prepared(field, records) for field in fields]
    is_few = len(records) <= FEW
    with (planning_once(connection) if is_few else connection).cursor() as cursor:
        cursor.execute(
            _inserting(model, len(records), conflict),
            [value for values in zip(*prepared, strict=True) for value in values],
        )
        if conflict:
            return
        for record, (key,) in zip(records, cursor.fetchall(), strict=True):
            record.pk = key
            record._state.adding, record._state.db = False, connection.alias


@lru_cache
def _written(model) -> tuple:
    """The fields of a new row. A key that the database counts is none of them; one that is a relation is."""
    fields = model._meta.local_concrete_fields
    return tuple(one for one in fields if not (one is model._meta.auto_field or one.generated))


@lru_cache
def _inserting(model, number, conflict) -> str:
    quote, meta = connection.ops.quote_name, model._meta
    columns = ", ".join(quote(field.column) for field in _written(model))
    row = f"({', '.join(['%s'] * len(_written(model)))})"
    end = conflict or f"RETURNING {quote(meta.pk.column)}"
    rows = ", ".join([row] * number)
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {rows} {end}"  # noqa: S608  only names of our own tables


@lru_cache
def _updating(model, fields) -> str:
    quote, meta = connection.ops.quote_name, model._meta
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608  only names of our own tables


def _prepared(field, records, *, adding=True) -> list:
    """The values of one column as the database takes them."""
    if type(field).pre_save is models.Field.pre_save:
        values = list(map(attrgetter(field.attname), records))
    else:
        values = [field.pre_save(record, adding) for record in records]
    if isinstance(field, Typed) or values.count(None) == len(values):
        return values  # a typed text has just been tidied
    database = connections[connection.alias]  # `connection` looks for it at every value
    return [field.get_db_prep_save(value, database) for value in values]
