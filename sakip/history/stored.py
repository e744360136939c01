"""Reads the history as it is stored, past the models, which take ten times as long."""

import json
from collections.abc import Iterator

from django.db import connection

from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryLink
from sakip.history.stamps import content

SLICE = 5_000
ENTRIES, LINKS = HistoryEntry._meta.db_table, HistoryLink._meta.db_table
# The time as text in UTC, and the batch without hyphens. An expression, so that no driver converts it.
SQLITE = ("e.at || ''", "e.batch || ''", "e.changes || ''")
POSTGRESQL = (
    "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "replace(e.batch::text, '-', '')",
    "e.changes::text",
)
COLUMNS = (
    "{}, e.actor_id, e.actor_role, e.actor_unit, e.action, e.content_type_id, e.object_id, e.body_id, "
    "e.label, e.note, {}, {}"
)
WHOLE_SECOND = 19  # the length of a time without a fraction, which SQLite leaves out when it is 0


def linked() -> Iterator[tuple]:
    """(number, key of the entry, link, stamp, content) in the order of the chain.

    Stamp and content are None when the entry is gone.
    """
    yield from _read(
        f"SELECT l.number, l.entry, l.link, e.stamp, {_columns()} FROM {LINKS} l "  # noqa: S608  only names of our own tables
        f"LEFT JOIN {ENTRIES} e ON e.id = l.entry WHERE l.number > %s ORDER BY l.number LIMIT {SLICE}",
        given=4,
        last=-1,
    )


def unstamped() -> Iterator[tuple]:
    """(key, content) of the entries that have no stamp."""
    yield from _read(
        f"SELECT e.id, {_columns()} FROM {ENTRIES} e WHERE e.id > %s AND e.stamp = '' "  # noqa: S608  only names of our own tables
        f"ORDER BY e.id LIMIT {SLICE}",
        given=1,
        last=0,
    )


def _columns():
    at, batch, changes = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    return COLUMNS.format(at, batch, changes)


def _read(statement, *, given, last):
    """Rows in slices; `given` columns stay as they are, the others become the content."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(statement, [last])
            rows = cursor.fetchall()
            for row in rows:
                yield (*row[:given], _content(row[given:]))
            if len(rows) < SLICE:
                return
            last = rows[-1][0]


def _content(columns):
    at, *middle, changes = columns
    if at is None:
        return None
    if len(at) == WHOLE_SECOND:
        at += ".000000"
    try:
        changes = json.loads(changes)
    except ValueError:  # not JSON, so it was not written by the program
        changes = None
    return content(at, *middle, changes)
