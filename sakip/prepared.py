"""Questions whose SQL Django puts together once.

To put together a statement with many columns takes Django longer than a database to answer it. A page that asks
the same thing about other records each time declares a `Prepared`: its statement is made with stand-ins for the
keys at the first use, and later only the keys are exchanged. The rows are those that the queryset would give.
"""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet

FIRST = 2**50  # no key of a record is so high
LARGEST = 2**63 - 1  # of the numbers that both databases can compare with a key
LAST_DAY, FIRST_YEAR = date(9999, 1, 1), 9990  # so late is no day of a question
KEPT = 256  # statements of a process

Keys = int | date | Sequence[int]


class Prepared:
    """`ask(*keys)` returns a queryset. Each key is a number, a day, or a list of numbers of which none is None.

    The statement may depend on nothing but how many numbers each list has: no text or right of a reader, no
    key of a table that tests empty, such as those of content types. Each key must be compared as it is (`pk=`,
    `unit__in=`, `due_date__lt=`). With an empty list, or a key larger than any can be, there are no rows.

    `plans_once`: PostgreSQL too works the statement out once for each connection, which with many joins takes it
    longer than to answer. For the few rows of a key, which no other key would have found in another way.
    """

    def __init__(self, ask: Callable[..., QuerySet], *, plans_once: bool = False):
        self.ask, self.plans_once = ask, plans_once

    def __call__(self, *keys: Keys) -> list:
        """The rows. One query, and those of `prefetch_related`."""
        shape = tuple(_shape(key) for key in keys)
        numbers = [*_flat(keys)]
        if 0 in shape or any(type(key) is int and key > LARGEST for key in numbers):
            return []
        statement = _prepared(self.ask, shape)
        if statement.must_lock and not connections[statement.queryset.db].in_atomic_block:
            return list(self.ask(*keys))  # which Django refuses
        return list(statement.rows(numbers, self.plans_once))

    def first(self, *keys: Keys) -> Any:
        """The first row, or None."""
        return next(iter(self(*keys)), None)


def attach(record: Model, name: str, rows: list, back: str = "") -> None:
    """Makes these rows what `record` has loaded under `name`, as `prefetch_related` does. `back` is the field by
    which they point to the record."""
    for row in rows if back else ():
        setattr(row, back, record)
    manager = getattr(record, name)
    # Without rows nobody needs the condition that names the record, which takes long to put together.
    found = manager.all() if rows else manager.model._base_manager.none()
    found._result_cache, found._prefetch_done = rows, True
    loaded = record.__dict__.setdefault("_prefetched_objects_cache", {})
    loaded[name] = found


class _Statement:
    """One compiled queryset. `places` says which numbers stand for its parameters."""

    def __init__(self, queryset: QuerySet, stand_ins: list):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        self.sql, self.parameters = self.compiler.as_sql()
        self.must_lock = queryset.query.select_for_update
        self.converters = self.compiler.get_converters(
            [expression for expression, *_ in self.compiler.select[: self.compiler.col_count]]
        )
        at = {self._written(key): place for place, key in enumerate(stand_ins)}
        self.places = {i: at[one] for i, one in enumerate(self.parameters) if one in at}
        if len(set(self.places.values())) != len(stand_ins):
            raise ValueError("A key of the question is no parameter of its statement.")
        if any(self._is_late(one) for one in self.parameters if one not in at):
            raise ValueError("A day of the question is not compared as it is.")

    def rows(self, keys: list, plans_once: bool) -> QuerySet:
        parameters = list(self.parameters)
        for i, place in self.places.items():
            parameters[i] = self._written(keys[place])
        compiler = copy(self.compiler)
        compiler.as_sql = lambda: (self.sql, tuple(parameters))
        compiler.get_converters = lambda expressions: self.converters
        found = self.queryset.all()

        def get_compiler(using=None, connection=None, elide_empty=True):
            compiler.using = using
            found = connection or connections[using]
            compiler.connection = planning_once(found) if plans_once else found
            return compiler

        found.query.get_compiler = get_compiler  # type: ignore[method-assign]
        return found

    def _written(self, key):
        """As the database takes it."""
        if isinstance(key, date):
            return self.compiler.connection.ops.adapt_datefield_value(key)
        return key

    @staticmethod
    def _is_late(parameter):
        """Whether it is made of a stand-in for a day."""
        if isinstance(parameter, date):
            return parameter.year >= FIRST_YEAR and parameter != date.max
        is_day = isinstance(parameter, str) and parameter[:3] == "999" and parameter[4:5] == "-"
        return is_day and parameter != str(date.max)


def planning_once(connection):
    """The connection, with cursors for statements that PostgreSQL is to plan once."""
    return _PlansOnce(connection) if connection.vendor == "postgresql" else connection


class _PlansOnce:
    """Its cursors give PostgreSQL the statement apart from the values. psycopg then prepares it, as soon as it
    comes again (`prepare_threshold` in the settings)."""

    def __init__(self, connection):
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def cursor(self):
        self._connection.ensure_connection()
        raw = self._connection.connection
        usual, raw.cursor_factory = raw.cursor_factory, _keeping_cursor()
        try:
            return self._connection.cursor()
        finally:
            raw.cursor_factory = usual


@cache
def _keeping_cursor():
    from django.db.backends.postgresql.base import ServerBindingCursor  # not without psycopg

    class KeepingCursor(ServerBindingCursor):
        def execute(self, query, *arguments, **named):
            found = super().execute(query, *arguments, **named)
            # psycopg forgets the statement once it is prepared, and Django's log asks for it.
            self._query = self._query or SimpleNamespace(query=query.encode())
            return found

    return KeepingCursor


def _shape(key):
    """A number has none, a day is one, and lists are as long as they are."""
    if isinstance(key, int):
        return None
    return date if isinstance(key, date) else len(key)


def _flat(keys):
    for key in keys:
        yield from (key,) if isinstance(key, int | date) else key


@lru_cache(maxsize=KEPT)
def _prepared(ask, shape) -> _Statement:
    numbers = count(FIRST)

    def stand_in(size):
        if size is None:
            return next(numbers)
        if size is date:
            return LAST_DAY - timedelta(days=next(numbers) - FIRST)
        return [next(numbers) for _ in range(size)]

    keys = [stand_in(size) for size in shape]
    return _Statement(ask(*keys), [*_flat(keys)])
