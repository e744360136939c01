"""The triggers that apps keep in the database: `migrate` puts them up, `check --deploy` misses them.

SQLite drops the triggers of a table that a migration rebuilds, and refuses to rebuild a table that the
trigger of another table names.
"""

from collections.abc import Callable
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
