"""A query that is composed once, for a question that every write asks about another record.

Django composes the same SQL anew each time, which for a record with its relations takes longer than the
database needs to answer.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import connections, models

PLACE = 0x5AC1_9001  # stands for the key while the query is composed


class PreparedQuery:
    """`make(key)` returns a queryset in which the key stands once. Nothing else in it may depend on anything."""

    def __init__(self, make: Callable[[int], models.QuerySet]):
        self.make = make
        self.composed: dict[str, tuple[models.QuerySet, Any, str, list]] = {}  # by kind of database

    def rows(self, key: int) -> models.QuerySet:
        """The queryset for this key. It may be read, not narrowed."""
        connection = connections["default"]
        if connection.vendor not in self.composed:
            self.composed[connection.vendor] = self._compose(connection)
        queryset, compiler, sql, params = self.composed[connection.vendor]
        if queryset.query.select_for_update and not connection.in_atomic_block:
            return self.make(key)  # which Django refuses to read
        rows, compiler = queryset.all(), copy(compiler)
        compiler.connection, compiler.query = connection, rows.query
        given = tuple(key if one == PLACE else one for one in params)
        compiler.as_sql = lambda *_, **__: (sql, given)
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return rows

    def _compose(self, connection):
        queryset = self.make(PLACE)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if list(params).count(PLACE) != 1:
            raise LookupError("The query does not ask for one key.")
        return queryset, compiler, sql, list(params)
