"""What took long to count, kept until something changes: the leader's page of a whole province.

Everything that is changed leaves a row of history, hence the latest row tells whether anything has.
"""

from hashlib import sha256

from django.core.cache import cache
from django.db.models import Max

from recommendations.models import DailyCount
from reports.exports.stored_files import program_version, rights_of
from sakip.history.entries import HistoryEntry

KEPT = 300  # seconds at most, for what should change without a word in the history
BIG = 2_000  # renaksi; fewer are counted at once


def remembered(user, *, about, count):
    """What `count()` gave this reader last, or gives now; it must survive pickling.

    `about` is a tuple that names the question. `count()` returns the value and how many rows it
    rests on.
    """
    latest = HistoryEntry.objects.aggregate(Max("pk"))["pk__max"]
    counted = DailyCount.objects.aggregate(Max("pk"))["pk__max"]
    parts = (rights_of(user), program_version(), latest, counted, *about)
    key = sha256(repr(parts).encode()).hexdigest()
    if (found := cache.get(key)) is not None:
        return found
    value, size = count()
    if size >= BIG:
        cache.set(key, value, KEPT)
    return value
