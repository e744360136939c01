"""Triggers of the database that refuse to change or delete history.

SQLite drops the triggers of a table that a migration rebuilds, so our `migrate` puts them up anew.
"""

from contextlib import contextmanager

from django.db import connection as default_connection
from django.db import transaction

from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryLink
from sakip.triggers import drop, not_standing

REFUSAL = "Riwayat tidak dapat diubah atau dihapus."
KEYS = {model._meta.db_table: model._meta.pk.column for model in (HistoryEntry, HistoryLink)}

# REPLACE deletes a row without the trigger for deleting, so inserting over one is refused too.
SQLITE = {
    "update": "BEFORE UPDATE ON {table}",
    "delete": "BEFORE DELETE ON {table}",
    "replace": (
        "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
    ),
}
POSTGRESQL = {
    "change": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION sakip_history_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def put_up(connection=default_connection):
    """Makes the triggers, also when some are there. Without the tables it does nothing."""
    take_down(connection)
    if not is_needed(connection):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table, name, statement in _triggers(connection):
            cursor.execute(f"CREATE TRIGGER {name} {statement}")
            if connection.vendor == "postgresql":  # also for sessions that replay what others did
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def take_down(connection=default_connection):
    drop(connection, [(name, table) for table, name, _ in _triggers(connection)])


def is_needed(connection=default_connection) -> bool:
    """Whether the tables are there."""
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor)) >= KEYS.keys()


def missing(connection=default_connection) -> list[str]:
    """The names of the triggers that should stand and do not; none without the tables."""
    if not is_needed(connection):
        return []
    return not_standing(connection, [name for _, name, _ in _triggers(connection)], modes="A")


@contextmanager
def lifted(connection=default_connection):
    """Takes the triggers down for a data migration, in one transaction. What it changes needs new stamps."""
    with transaction.atomic(using=connection.alias):
        if connection.vendor == "postgresql":
            connection.check_constraints()  # none may wait when a trigger is dropped
        take_down(connection)
        yield
        if connection.vendor == "postgresql":
            connection.check_constraints()
        put_up(connection)


def _triggers(connection):
    """(table, name, statement) of each trigger."""
    is_sqlite = connection.vendor == "sqlite"
    body = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    end = body if is_sqlite else "EXECUTE FUNCTION sakip_history_is_kept()"
    for table, key in KEYS.items():
        for name, when in (SQLITE if is_sqlite else POSTGRESQL).items():
            yield table, f"{table}_no_{name}", f"{when.format(table=table, key=key)} {end}"
