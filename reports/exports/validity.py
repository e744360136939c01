"""Decides how long finished work stays valid: one key of everything that its content depends on."""

import json
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.db.models import Count, Max

from performance.models import Indicator
from recommendations.models import DailyCount, Renaksi
from sakip.history.entries import HistoryEntry

# Files that may change the look or text of a document although no record changes.
SOURCES = ("sakip", "performance", "recommendations", "reports", "api", "templates", "static")


def key_of(about, user, *, bodies=None, daily_counts=False) -> str:
    """Returns a hash of the question `about` (JSON), the reader's rights, the program and the records.

    `bodies` are the evaluated bodies that own the records; each item is a collection of keys or a query
    for them. None means every body. `daily_counts`: the work also reads DailyCount, which has no
    history. Call this before reading the records: a change that comes later then gives another key. One
    query, two with `daily_counts`.
    """
    entries = HistoryEntry.objects.all()
    parts = {
        "about": about,
        "rights": rights_of(user),
        "program": program_version() if not settings.DEBUG else _hash_of_sources(),
        "records": (entries if bodies is None else entries.concerning(*bodies)).versions(),
    }
    if daily_counts:
        parts["daily_counts"] = DailyCount.objects.aggregate(Count("pk"), Max("pk"))
    return _hash(parts)


def bodies_seen(user) -> list | None:
    """Returns the bodies of which this person may see at least one record, for `key_of`."""
    if user.reach is None:
        return None
    return [
        user.reach | user.lineage,
        Renaksi.objects.visible_to(user).values("recommendation__evaluation__unit"),
        Indicator.objects.visible_to(user).values("objective__unit"),
    ]


def rights_of(user) -> str:
    """Returns a value that changes when the person may see other records than before."""
    return _hash([user.pk, user.role, user.is_active, user.unit_id, user.lineage, user.reach])


@cache
def program_version() -> str:
    return _hash_of_sources()


def _hash_of_sources():
    digest = sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix != ".pyc" and path.is_file():
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()


def _hash(parts):
    text = json.dumps(parts, sort_keys=True, default=_in_order)
    return sha256(text.encode()).hexdigest()


def _in_order(value):
    return sorted(value) if isinstance(value, frozenset) else str(value)
