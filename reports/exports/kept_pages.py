"""Stores pages that take long to compute until the data changes, such as the leader's page of a province."""

import json
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from recommendations.selectors import renaksi_sql
from reports.exports.validity import program_version, rights_of
from sakip.history import version
from sakip.policy import FEW_UNITS, reaches_all

KEPT_SECONDS = 24 * 60 * 60
MIN_ROWS = 1  # a page about nothing is not stored


def kept(user, *, about, count, bodies=None):
    """Returns the stored result of `count()` for this reader, or calls `count()`. The result is pickled.

    `about` identifies the question and must be JSON. `count()` returns the value and the number of rows
    that it was computed from. Three queries when it is stored. With `bodies`, such as `bodies_of_work`, the result
    stays until something of these bodies changes or something that belongs to no body; a few queries more.
    """
    if settings.DEBUG or (number := version.current()) is None:
        return count()[0]  # a template may change at any time; or nothing can be stored
    narrow = bodies and bodies(user)
    key = _key(about, user, number if narrow is None else list(version.of_bodies(narrow).items()))
    if (found := cache.get(key)) is not None:
        return found
    value, size = count()
    # While something changes, the bodies, their numbers and the value might be of different moments.
    if size >= MIN_ROWS and (narrow is None or version.is_still(number)):
        cache.set(key, value, KEPT_SECONDS)
    return value


def bodies_of_work(user) -> frozenset[int] | None:
    """Keys of the units around this person, and of the bodies of every renaksi that one of the own units leads or
    supports: nobody sees the follow-up of another body. None for a reader of many units. One query or two.
    """
    if reaches_all(user) or len(user.reach) > FEW_UNITS:
        return None
    return user.reach | user.lineage | renaksi_sql.bodies_of(user.reach)


def _key(about, user, number):
    parts = [about, rights_of(user), program_version(), number]
    return sha256(json.dumps(parts, default=str).encode()).hexdigest()
