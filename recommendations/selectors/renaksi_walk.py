"""Walks the indexes of renaksi: a page of the list in its order without sorting the list.

The rows of a page lie in a few ranges of an index, such as “open, of this body”. Within each the index has
the order of the list. So one statement takes a page's length of each range, and the best of them are the
page. Django cannot write a UNION of limited queries for SQLite, so this module joins the SQL itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import groupby, takewhile
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from recommendations.models import Renaksi
from sakip.prepared import planning_once

# Ranges in one statement: first a few, then more, if these do not fill the page. SQLite joins at most 500.
FIRST_RANGES, MORE, MOST_RANGES = 4, 6, 120
COUNTED_RANGES = 24  # at once, when rows are counted


@dataclass(frozen=True)
class Order:
    """An order of the list: first by `group` (None: by nothing), whose values have `ranks`; then by `tail`.

    The columns of `tail` are ascending, and together unique.
    """

    group: str | None
    ranks: Mapping
    tail: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*filter(None, [self.group]), *self.tail)

    def place(self, values: tuple) -> tuple:
        """What to compare of a row that has these values in `names`."""
        if self.group is None:
            return values
        return (self.ranks.get(values[0], len(self.ranks)), *values[1:])


@dataclass(frozen=True)
class Range:
    """The rows with `equal` values in some columns; an index has them in the order of the other ones.

    `group` is the value of the order's group.
    """

    equal: Mapping[str, object]
    group: object = None


@dataclass(frozen=True)
class RankedRanges:
    """The ranges of these statuses of many lead units, whose order is that of the list; made when needed."""

    units: Sequence[int]
    statuses: Sequence[str]

    def __iter__(self):
        return self._of(self.units)

    def __reversed__(self):
        return self._of(reversed(self.units))

    def _of(self, units):
        return (
            Range({"lead_unit": unit, "status": one}, unit)
            for unit in units
            for one in self.statuses
        )


@dataclass
class Walk:
    """The rows of `rows` that lie in `ranges`, and the few of `others`, which are in none.

    `between` bounds a column. `tried`: `rows` has a condition that no index
    answers; it is tried on so many rows when they are counted. 0: there is none.
    """

    order: Order
    rows: QuerySet
    ranges: "list[Range] | RankedRanges"
    counted: Iterable[Range] | None = None  # the same rows in fewer ranges, whatever their order
    others: QuerySet | None = None
    between: tuple[str, object, object] | None = None
    tried: int = 0
    model: type = field(default=Renaksi, init=False)

    def fields(self):
        return [Renaksi._meta.get_field(name) for name in self.order.names]

    def count(self, most: int) -> tuple[int, bool]:
        """The number of rows, at most `most`, and whether there are no more."""
        number, is_all = len(self._kept), True
        ranges = self.ranges if self.counted is None else self.counted
        for batch in _batches(([one] for one in ranges), COUNTED_RANGES):
            if number > most:
                break
            number += _fetched(*self._counting(batch, most + 1 - number))[0][0]
            if self.tried and is_all and number <= most:
                is_all = not self._has_more(batch)
        return min(number, most), is_all and number <= most

    def keys(self, start: int, length: int) -> list[tuple]:
        return self._next(None, start + length)[start:]

    def after(self, edge: tuple, length: int) -> list[tuple]:
        return self._next(edge, length)

    def before(self, edge: tuple | None, length: int) -> list[tuple]:
        return self._next(edge, length, backwards=True)

    def statements(self, length: int) -> Iterator[tuple[str, list]]:
        """The SQL of the first page and of its count, for tests that look at its plan."""
        batch: list[Range] = next(_batches(self._groups(None, False)), [])
        if batch:
            yield self._reading(batch, None, length, False)
            yield self._counting(batch, length)

    def _next(self, edge, length, *, backwards=False):
        place = None if edge is None else self.order.place(edge)
        found = {key[0]: key for key in self._beyond(self._kept, place, backwards)}
        for batch in _batches(self._groups(place, backwards)):
            sql, parameters = self._reading(batch, place, length, backwards)
            found |= {key[0]: key for key in self._dated(_fetched(sql, parameters))}
            if len(found) >= length and self._is_enough(found.values(), batch, length, backwards):
                break
        return sorted(found.values(), key=self._place_of, reverse=backwards)[:length]

    def _is_enough(self, found, batch, length, backwards):
        """Whether the rows of later ranges come after `length` rows that are found already."""
        last = self._rank(batch[-1])
        places = (self._place_of(key)[: len(last)] for key in found)
        return sum(rank >= last if backwards else rank <= last for rank in places) >= length

    def _groups(self, place, backwards):
        """The ranges whose rows mix in the order, group by group; without those on this side of `place`."""
        if isinstance(self.ranges, RankedRanges):
            ranges = reversed(self.ranges) if backwards else iter(self.ranges)
        else:
            ranges = sorted(self.ranges, key=self._rank, reverse=backwards)
        for rank, group in groupby(ranges, key=self._rank):
            bound = None if place is None else place[: len(rank)]
            if bound is None or (rank <= bound if backwards else rank >= bound):
                yield list(group)

    def _rank(self, one):
        """The place of a whole range: the values that all its rows share at the head of the order."""
        head = () if self.order.group is None else (self.order.ranks.get(one.group, -1),)
        return (*head, *(one.equal[name] for name in self._shared(one)))

    def _shared(self, one):
        return tuple(takewhile(one.equal.__contains__, self.order.tail))

    def _reading(self, batch, place, length, backwards):
        """The SQL of the first rows of several ranges; of ranges that mix in the order the best of all.

        Both databases merge these, so that they read hardly more rows than they give: PostgreSQL parts that
        are in order by themselves, SQLite only parts without an order of their own.
        """
        parts = [self._select(one, place, backwards) for one in batch]
        rank = self._rank(batch[0])
        is_mixed = rank == self._rank(batch[-1])
        if not is_mixed or connection.vendor == "postgresql":
            parts = [
                (sql + _first(map(_column, self._rest(one)), length, backwards), parameters)
                for one, (sql, parameters) in zip(batch, parts, strict=True)
            ]
        sql, parameters = self._joined(parts)
        if is_mixed:
            sql += _first(range(2 + len(rank), 2 + len(self.order.names)), length, backwards)
        return sql, parameters

    def _rest(self, one):
        """The columns that order the rows of a range."""
        return self.order.tail[len(self._shared(one)) :]

    def _select(self, one, place, backwards):
        """The SQL of the rows of a range behind `place`, in no order."""
        rank = self._rank(one)
        where, parameters = self._within(one)
        if place is not None and place[: len(rank)] == rank:
            rest = self._rest(one)
            sign = "<" if backwards else ">"
            columns = ", ".join(map(_column, rest))
            where += f" AND ({columns}) {sign} ({', '.join(['%s'] * len(rest))})"
            parameters = [*parameters, *map(_text, place[len(rank) :])]
        sql, own = self._base
        return f"{sql} AND {where}", [*own, *parameters]

    def _within(self, one, *, in_order=True):
        equal = [(f"{_column(name)} = %s", [value]) for name, value in one.equal.items()]
        if self.between:
            name, *bounds = self.between
            column = _column(name)
            if name not in self.order.tail if in_order else "evaluation" in one.equal:
                # Else the database takes the index of this column and sorts what it finds.
                column = f"+{column}" if connection.vendor == "sqlite" else f"({column} + 0)"
            equal += [
                (f"{column} {sign} %s", [_text(bound)])
                for sign, bound in zip((">=", "<="), bounds, strict=True)
                if bound is not None
            ]
        return " AND ".join(sql for sql, _ in equal) or "1 = 1", [
            one for _, some in equal for one in some
        ]

    def __post_init__(self):
        try:
            _ = self._base
        except EmptyResultSet:  # no row can match
            self.ranges, self.counted = [], None

    @cached_property
    def _base(self):
        return _compiled(self.rows.values_list("pk", *self.order.names))

    @cached_property
    def _bare(self):
        """Without a column: PostgreSQL then counts in an index, and reads no row."""
        return _compiled(self.rows.values_list(Value(1)))

    def _joined(self, parts):
        limited = (f"SELECT * FROM ({sql}) part{at}" for at, (sql, _) in enumerate(parts))  # noqa: S608  no text from outside
        sql = " UNION ALL ".join(limited)
        return sql, _all_of(parts)

    def _counting(self, batch, most):
        parts = []
        for one in batch:
            where, parameters = self._within(one, in_order=False)
            where += f" ORDER BY {_counted_in(one)}"
            sql, own = self._bare
            if self.tried:
                tried = max(1, self.tried // len(batch))
                where = f"{_column('id')} IN ({_keys(where, tried)})"
            parts.append((f"{sql} AND {where} LIMIT {most}", [*own, *parameters]))
        sql, parameters = self._joined(parts)
        return f"SELECT COUNT(*) FROM ({sql} LIMIT {most}) counted", parameters  # noqa: S608  no text from outside

    def _has_more(self, batch):
        """Whether one of the ranges has more rows than were tried."""
        tried = max(1, self.tried // len(batch))
        parts = []
        for one in batch:
            where, parameters = self._within(one, in_order=False)
            parts.append((_keys(where, 1, after=tried), parameters))
        return bool(_fetched(*self._joined(parts)))

    @cached_property
    def _kept(self):
        if self.others is None:
            return []
        try:
            keys = self.others.values_list("pk", *self.order.names)
            return self._dated(_fetched(*_compiled(keys)))
        except EmptyResultSet:
            return []

    def _beyond(self, keys, place, backwards):
        if place is None:
            return keys
        places = ((key, self._place_of(key)) for key in keys)
        return [key for key, own in places if (own < place if backwards else own > place)]

    def _place_of(self, key):
        return self.order.place(key[1:])

    def _dated(self, keys):
        """The keys with dates as dates: SQLite gives them as text where it has forgotten their type."""
        at = 1 + self.order.names.index("due_order") if "due_order" in self.order.names else 0
        if not (at and keys and isinstance(keys[0][at], str)):
            return keys
        return [(*key[:at], date.fromisoformat(key[at]), *key[at + 1 :]) for key in keys]


def _batches(groups, most=None):
    """Joins groups of ranges until there are enough for one statement; the first statement is a small one."""
    batch: list[Range] = []
    most = most or FIRST_RANGES
    for group in groups:
        if batch and len(batch) + len(group) > most:
            yield batch
            batch, most = [], min(MORE * most, MOST_RANGES)
        batch = [*batch, *group]
    if batch:
        yield batch


def _first(columns, length, backwards):
    direction = " DESC" if backwards else ""
    ordered = ", ".join(f"{column}{direction}" for column in columns)
    return f" ORDER BY {ordered} LIMIT {length}"


def _all_of(parts):
    """The parameters of all parts."""
    return [one for _, parameters in parts for one in parameters]


def _counted_in(one):
    """The column that follows those of the range in its index: else PostgreSQL reads the table for a few rows."""
    if "status" not in one.equal:
        return _column("status")
    return _column("recommendation_number" if "evaluation" in one.equal else "due_order")


def _keys(where, length, after=0):
    table = connection.ops.quote_name(Renaksi._meta.db_table)
    column = connection.ops.quote_name("id")
    return f"SELECT {table}.{column} FROM {table} WHERE {where} LIMIT {length} OFFSET {after}"  # noqa: S608  no text from outside


@cache
def _column(name):
    column: Any = Renaksi._meta.get_field(name)
    names = Renaksi._meta.db_table, column.column
    return ".".join(map(connection.ops.quote_name, names))


def _compiled(rows):
    sql, parameters = rows.order_by().query.sql_with_params()
    return f"{sql}{'' if rows.query.where else ' WHERE 1 = 1'}", list(parameters)


def _fetched(sql, parameters):
    """The rows. The statement is the same for everybody who reads in the same way, and its indexes leave no choice."""
    with planning_once(connection).cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _text(value):
    """A date as both databases take it."""
    return value.isoformat() if isinstance(value, date) else value
