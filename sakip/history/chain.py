"""Adds the entries of the history to the chain.

Link n is an HMAC over link n-1, n, the key of the entry and its stamp (`stamps.py`). On SQLite only one
transaction writes at a time, so the links are written with the entries. On PostgreSQL a chain in the same
transaction would make every writer wait for the longest import. There the entries are linked right after
the commit, in a short transaction that takes turns; an entry that is not linked yet has its stamp already.
"""

from dataclasses import dataclass
from functools import partial

import structlog
from django.db import connection, transaction

from sakip.history import stamps
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryLink

logger = structlog.get_logger(__name__)
TURN = 0x5A_4B_31_50  # the number of the lock of PostgreSQL under which links are written
ENTRIES, LINKS = HistoryEntry._meta.db_table, HistoryLink._meta.db_table
LAST = f"SELECT number, link FROM {LINKS} ORDER BY number DESC LIMIT 1"  # noqa: S608  only names of our own tables
ADD = f"INSERT INTO {LINKS} (number, entry, link) VALUES (%s, %s, %s)"  # noqa: S608  only names of our own tables
UNLINKED = f"""
    SELECT id, stamp FROM {ENTRIES} WHERE id >= %s
    AND NOT EXISTS (SELECT 1 FROM {LINKS} WHERE entry = {ENTRIES}.id) ORDER BY id
"""  # noqa: S608  only names of our own tables


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The newest link. Who knows one from outside the database notices when newer entries are cut off."""

    number: int = 0
    link: str = ""

    def __str__(self):
        return f"{self.number}-{self.link[:16]}" if self.number else "0"


def head() -> ChainHead:
    with connection.cursor() as cursor:
        return _head(cursor)


def log_head():
    """Writes the head into the log, which is kept elsewhere; `verify_history --against` compares it."""
    link_rest()
    newest = head()
    logger.info("history_head", head=str(newest), link=newest.link)


def next_link(key: bytes, before: str, number: int, entry: int, stamp: str) -> str:
    return stamps.code(key, f"{before}|{number}|{entry}|{stamp}")


def add(entries):
    """Links new entries, now or after the commit. To be called in the transaction that writes them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _append(cursor, [(entry.pk, entry.stamp) for entry in entries])
    else:
        lowest = min(entry.pk for entry in entries)
        transaction.on_commit(partial(link_rest, lowest), robust=True)


def link_rest(lowest: int = 0) -> int:
    """Links all entries from this key on that have no link; answers how many. Waits for its turn."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        cursor.execute(UNLINKED, [lowest])
        rows = cursor.fetchall()
        _append(cursor, rows)
    return len(rows)


def _head(cursor) -> ChainHead:
    cursor.execute(LAST)
    return ChainHead(*(cursor.fetchone() or ()))


def _append(cursor, rows):
    if not rows:
        return
    key, last = stamps.newest_key(), _head(cursor)
    links, link = [], last.link
    for number, (entry, stamp) in enumerate(rows, last.number + 1):
        link = next_link(key, link, number, entry, stamp)
        links.append((number, entry, link))
    cursor.executemany(ADD, links)
