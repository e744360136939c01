"""Questions whose SQL Django puts together once.

To put together a statement with many columns takes Django longer than a database to answer it. A page that asks
the same thing about other records each time declares a `Prepared`: its statement is made with stand-ins for the
keys at the first use, and later only the keys are exchanged. The rows are those that the queryset would give.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet

FIRST = 2**50  # no key of a record is so high
LARGEST = 2**63 - 1  # of the numbers that both databases can compare with a key
KEPT = 256  # statements of a process

Keys = int | Sequence[int]


class Prepared:
    """`ask(*keys)` returns a queryset. Each key is a number, or a list of numbers of which none is None.

    The statement may depend on nothing but how many numbers each list has: no text, day or right of a reader, no
    key of a table that tests empty, such as those of content types. Each key must be compared as it is (`pk=`,
    `unit__in=`). With an empty list, or a key larger than any can be,
    there are no rows.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        self.ask = ask

    def __call__(self, *keys: Keys) -> list:
        """The rows. One query, and those of `prefetch_related`."""
        shape = tuple(None if isinstance(key, int) else len(key) for key in keys)
        if 0 in shape or any(key > LARGEST for key in _flat(keys)):
            return []
        statement = _prepared(self.ask, shape)
        if statement.must_lock and not connections[statement.queryset.db].in_atomic_block:
            return list(self.ask(*keys))  # which Django refuses
        return list(statement.rows([*_flat(keys)]))

    def first(self, *keys: Keys) -> Any:
        """The first row, or None."""
        return next(iter(self(*keys)), None)


def attach(record: Model, name: str, rows: list, back: str = "") -> None:
    """Makes these rows what `record` has loaded under `name`, as `prefetch_related` does. `back` is the field by
    which they point to the record."""
    for row in rows if back else ():
        setattr(row, back, record)
    found = getattr(record, name).all()
    found._result_cache, found._prefetch_done = rows, True
    loaded = record.__dict__.setdefault("_prefetched_objects_cache", {})
    loaded[name] = found


class _Statement:
    """One compiled queryset. `places` says which numbers stand for its parameters."""

    def __init__(self, queryset: QuerySet, stand_ins: list[int]):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        self.sql, self.parameters = self.compiler.as_sql()
        self.must_lock = queryset.query.select_for_update
        at = {number: place for place, number in enumerate(stand_ins)}
        self.places = {i: at[one] for i, one in enumerate(self.parameters) if one in at}
        if len(set(self.places.values())) != len(stand_ins):
            raise ValueError("A key of the question is no parameter of its statement.")

    def rows(self, numbers: list[int]) -> QuerySet:
        parameters = list(self.parameters)
        for i, place in self.places.items():
            parameters[i] = numbers[place]
        compiler = copy(self.compiler)
        compiler.as_sql = lambda: (self.sql, tuple(parameters))
        found = self.queryset.all()

        def get_compiler(using=None, connection=None, elide_empty=True):
            compiler.using = using
            compiler.connection = connection or connections[using]
            return compiler

        found.query.get_compiler = get_compiler  # type: ignore[method-assign]
        return found


def _flat(keys):
    for key in keys:
        yield from (key,) if isinstance(key, int) else key


@lru_cache(maxsize=KEPT)
def _prepared(ask, shape) -> _Statement:
    numbers = count(FIRST)
    keys = [
        next(numbers) if size is None else [next(numbers) for _ in range(size)] for size in shape
    ]
    return _Statement(ask(*keys), [*_flat(keys)])
