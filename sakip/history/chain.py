"""Adds the entries of the history to the chain.

Link n is an HMAC over link n-1, n, the key of the entry and its stamp (`stamps.py`). On SQLite only one
transaction writes at a time, so the links are written with the entries. On PostgreSQL a chain in the same
transaction would make every writer wait for the longest import. There the entries are linked right after
the commit, in a short transaction that takes turns; an entry that is not linked yet has its stamp already.
"""

from dataclasses import dataclass

import structlog
from django.db import connection, transaction

from sakip.bulk import insert_many
from sakip.history import stamps
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryLink

logger = structlog.get_logger(__name__)
TURN = 0x5A_4B_31_50  # the number of the lock of PostgreSQL under which links are written
ENTRIES, LINKS = HistoryEntry._meta.db_table, HistoryLink._meta.db_table
NEWEST = f"SELECT {{}} FROM {LINKS} ORDER BY number DESC LIMIT 1"  # noqa: S608  only names of our own tables
UNLINKED = f"""
    SELECT id, stamp, ({NEWEST.format("number")}), ({NEWEST.format("link")}) FROM {ENTRIES} WHERE id >= %s
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
        cursor.execute(NEWEST.format("number, link"))
        return ChainHead(*(cursor.fetchone() or ()))


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
        _append(head(), [(entry.pk, entry.stamp) for entry in entries])
        return
    lowest = min(entry.pk for entry in entries)

    def link():  # Django names a function that fails, which a `partial` has not
        link_rest(lowest)

    transaction.on_commit(link, robust=True)


def link_rest(lowest: int = 0) -> int:
    """Links all entries from this key on that have no link; answers how many. Waits for its turn."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Together they are one way to the server; the second still sees what was written before its turn.
            cursor.execute(f"SELECT pg_advisory_xact_lock({TURN}); {UNLINKED}", [lowest])
            cursor.nextset()
        else:
            cursor.execute(UNLINKED, [lowest])
        rows = cursor.fetchall()
        if rows:
            *_, number, link = rows[0]
            _append(ChainHead(number or 0, link or ""), [row[:2] for row in rows])
    return len(rows)


def _append(last: ChainHead, rows):
    """Links (key, stamp) of entries behind the `last` link."""
    key, link = stamps.newest_key(), last.link
    links = []
    for number, (entry, stamp) in enumerate(rows, last.number + 1):
        link = next_link(key, link, number, entry, stamp)
        links.append(HistoryLink(number=number, entry=entry, link=link))
    insert_many(links)
