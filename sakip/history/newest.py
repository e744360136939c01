"""Finds the newest acts by leaping from act to act in an index, however many entries each act has."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from sakip.history.entries import HistoryEntry

TABLE = HistoryEntry._meta.db_table
NOWHERE, NO_BODY, ONE_BODY = "", "e.body_id IS NULL AND ", "e.body_id = %s AND "
ONE_ACTOR, ONE_OF_BODY = "e.actor_id = %s AND ", "+e.actor_id = %s AND "
PART = "e.id, e.action, e.content_type_id, e.object_id, e.at"
AT, BATCH = HistoryEntry._meta.get_field("at"), HistoryEntry._meta.get_field("batch")
Place = tuple[datetime, UUID]  # moment and act


class EntryOfAct(NamedTuple):
    """An entry of an act."""

    pk: int
    action: str
    content_type: int
    object_id: int
    at: datetime


def newest_parts(keys: Sequence[int], most: int) -> dict[UUID, list[EntryOfAct]]:
    """The newest entries of the acts to which these entries belong, at most `most` of each, newest first. One
    query."""
    if not keys:
        return {}
    acts = f"SELECT h.batch FROM {TABLE} h WHERE h.id IN ({', '.join(['%s'] * len(keys))})"  # noqa: S608  only names of our own table and columns
    columns = f"e.batch, {PART}"
    if connection.vendor == "postgresql":
        # With `=` it reads the whole history backwards by key, in the hope to meet the entries of the act soon.
        newest = f"{TABLE} e WHERE e.batch BETWEEN act.batch AND act.batch ORDER BY e.batch DESC, e.id DESC"
        each = f"SELECT {columns} FROM {newest} LIMIT %s"  # noqa: S608  only names of our own table and columns
        statement = f"WITH act AS ({acts}) SELECT e.* FROM act CROSS JOIN LATERAL ({each}) e"  # noqa: S608  only names of our own table and columns
        given = [*keys, most]
    else:  # which has no LATERAL: first the oldest that is wanted of each act
        newest = f"{TABLE} x WHERE x.batch = act.batch ORDER BY x.id DESC"
        oldest = f"SELECT x.id FROM {newest} LIMIT 1 OFFSET %s"  # noqa: S608  only names of our own table and columns
        statement = (
            f"WITH act AS ({acts}), wanted AS MATERIALIZED "  # noqa: S608  only names of our own table and columns
            f"(SELECT act.batch, COALESCE(({oldest}), 0) AS first FROM act) SELECT {columns} "
            f"FROM wanted JOIN {TABLE} e ON e.batch = wanted.batch AND e.id >= wanted.first"
        )
        given = [*keys, most - 1]
    found: dict = {}
    moment = cache(_moment)  # nearly all entries of an act have the same one
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        for batch, pk, action, kind, record, at in cursor.fetchall():
            found.setdefault(batch, []).append(EntryOfAct(pk, action, kind, record, moment(at)))
    return {_act(batch): sorted(rows, reverse=True) for batch, rows in found.items()}


def parts_of(
    act: UUID, below: int | None, bodies: Sequence[int] | None, length: int
) -> list[EntryOfAct]:
    """So many entries of this act with a lower key than `below`, the newest first, of `bodies` and of no body."""
    # Not `batch =`, as above.
    where, given = "e.batch BETWEEN %s AND %s", [BATCH.get_db_prep_value(act, connection)] * 2
    if below is not None:
        where, given = f"{where} AND e.id < %s", [*given, below]
    if bodies is not None:
        marks = ", ".join(["%s"] * len(bodies)) or "NULL"
        where = f"{where} AND (e.body_id IN ({marks}) OR e.body_id IS NULL)"
        given = [*given, *bodies]
    order = "ORDER BY e.batch DESC, e.id DESC LIMIT %s"
    statement = f"SELECT {PART} FROM {TABLE} e WHERE {where} {order}"  # noqa: S608  only names of our own table and columns
    moment = cache(_moment)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, length])
        return [EntryOfAct(*row, moment(at)) for *row, at in cursor.fetchall()]


def acts_from(
    edge: Sequence | None, bodies: Sequence[int] | None, *, length: int, backwards=False
) -> Iterator[tuple[int, Place]]:
    """(newest entry, place) of each act after `edge`, which is a moment and an act, the newest first.

    Those of `bodies` and of no body; None stands for all. `backwards` goes from the oldest to the newest.
    They are read `length` at a time: one query for each body.
    """
    return _leaping(_streams(bodies), edge, length, backwards)


def acts_by(
    actors: Sequence[int],
    edge: Sequence | None,
    bodies: Sequence[int] | None,
    *,
    length: int,
    backwards=False,
) -> Iterator[tuple[int, Place]]:
    """The same of the acts of these people. One query for each of them and each body."""
    # With the sign the acts of a body are read in their order, and not those of a person in all bodies.
    person = ONE_ACTOR if bodies is None else ONE_OF_BODY
    conditions = [
        (where + person, [*given, actor]) for where, given in _streams(bodies) for actor in actors
    ]
    return _leaping(conditions, edge, length, backwards)


def _leaping(conditions, edge, length, backwards):
    streams = [partial(_some, condition=one, backwards=backwards) for one in conditions]
    return merged(streams, edge, length, most=length, backwards=backwards)


def merged(
    streams: Sequence[Callable], edge: Sequence | None, length: int, *, most: int, backwards: bool
) -> Iterator[tuple[int, Place]]:
    """The rows (key, place) of several streams in the order of their places, each place once.

    A stream is called with a place and a length, and gives so many rows beyond the place. Of each `length` are
    read at first, then twice as many each time, up to `most`.
    """
    place = edge
    while True:
        parts = [stream(place, length) for stream in streams]
        together = merge(*parts, key=itemgetter(1), reverse=not backwards)
        found = [next(same) for _, same in groupby(together, key=itemgetter(1))][:length]
        yield from found
        if len(found) < length:
            return
        place, length = found[-1][1], min(2 * length, most)


def _streams(bodies):
    if bodies is None:
        return [(NOWHERE, [])]
    return [*((ONE_BODY, [body]) for body in bodies), (NO_BODY, [])]


def _some(place, length, condition, backwards):
    where, given = condition
    sign, order = (">", "ASC") if backwards else ("<", "DESC")
    # Each step of the recursion is one search in the index for the act next to the one before.
    step = (
        f"SELECT e.{{}} FROM {TABLE} e WHERE {where}(e.at, e.batch) {sign} ({{}}) "  # noqa: S608  only names of our own table and columns
        f"ORDER BY e.at {order}, e.batch {order} LIMIT 1"
    )
    edge = "%s, %s" if place else ""
    first = [step.format(name, edge) for name in ("at", "batch")]
    if not place:
        first = [text.replace(f"(e.at, e.batch) {sign} ()", "e.at IS NOT NULL") for text in first]
    # Two searches instead of one for the pair: SQLite would use only the moment, and read whole acts.
    of_moment = (
        f"(SELECT e.{{0}} FROM {TABLE} e WHERE {where}e.at = a.at AND e.batch {sign} a.batch "  # noqa: S608  only names of our own table and columns
        f"ORDER BY e.batch {order} LIMIT 1)"
    )
    beyond = (
        f"(SELECT e.{{0}} FROM {TABLE} e WHERE {where}e.at {sign} a.at "  # noqa: S608  only names of our own table and columns
        f"ORDER BY e.at {order}, e.batch {order} LIMIT 1)"
    )
    after = [f"COALESCE({of_moment}, {beyond})".format(name) for name in ("at", "batch")]
    statement = (
        f"WITH RECURSIVE a(at, batch, number) AS (SELECT ({first[0]}), ({first[1]}), 1 "  # noqa: S608  only names of our own table and columns
        f"UNION ALL SELECT ({after[0]}), ({after[1]}), a.number + 1 FROM a "
        "WHERE a.at IS NOT NULL AND a.number < %s) "
        f"SELECT (SELECT MAX(e.id) FROM {TABLE} e WHERE e.batch = a.batch), a.at, a.batch "
        "FROM a WHERE a.at IS NOT NULL"
    )
    begin = [*given, *(_written(place) if place else ())]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*begin, *begin, *given * 4, length])
        return [(key, (_moment(at), _act(batch))) for key, at, batch in cursor.fetchall()]


def _moment(at):
    """SQLite gives a moment as text or without its zone, which is UTC."""
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _act(batch):
    return batch if isinstance(batch, UUID) else UUID(batch)


def _written(edge):
    at, batch = edge
    return AT.get_db_prep_value(at, connection), BATCH.get_db_prep_value(batch, connection)
