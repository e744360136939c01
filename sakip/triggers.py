"""The triggers that apps keep in the database: `migrate` puts them up, `check --deploy` misses them.

SQLite drops the triggers of a table that a migration rebuilds, and refuses to rebuild a table that the
trigger of another table names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Keeper:
    """What an app does for its triggers; each function is given the connection.

    `put_up` makes them all anew. `missing` names those that should stand and do not. `before_migrations`
    takes down what would be in the way of one.
    """

    put_up: Callable
    missing: Callable
    before_migrations: Callable = lambda connection: None


keepers: list[Keeper] = []


def register(keeper: Keeper):
    keepers.append(keeper)


def drop(connection, triggers: Iterable[tuple[str, str]]):
    """Takes down those of `triggers` that stand; each is its name and its table, which may not be there."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, table in triggers:
            if table in tables:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def not_standing(connection, names: Iterable[str], *, modes: str) -> list[str]:
    """Those of `names` that do not stand, on PostgreSQL in one of its `modes` (O: for most sessions, R: for those that replay, A: for all)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = ANY(%s)", [list(modes)])
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name in names if name not in standing]
