"""Writes very many rows at once: COPY on PostgreSQL, executemany on SQLite.

The rows pass the triggers and constraints of the database, but no code of the program.
"""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection

INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s
    AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


def load(model, names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Adds rows; `names` are the columns that they give, the others get the default of their field.

    Dates and moments must have passed `prepared()`.
    """
    others = [
        field
        for field in model._meta.concrete_fields
        if field.column not in names and not field.generated and not field.primary_key
    ]
    rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    columns = ", ".join([*names, *(f'"{field.column}"' for field in others)])
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * (len(names) + len(rest)))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", (row + rest for row in rows)
            )
            return
        with (
            _without_indexes(cursor, table),
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row + rest)


def prepared(field, value):
    """A value as the database driver takes it."""
    return field.get_db_prep_save(value, connection)


def count_on(*models) -> None:
    """Lets the keys of the next records follow those that were given by hand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@contextmanager
def _without_indexes(cursor, table):
    """Takes the indexes down that are no constraint, and builds them after the rows are there."""
    cursor.execute(INDEXES, [table])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index while rows wait to be checked
    for _, definition in indexes:
        cursor.execute(definition)
