"""Stores pages that take long to compute until the data changes, such as the leader's page of a province."""

from django.core.cache import cache

from reports.exports.validity import key_of

KEPT_SECONDS = 300
MIN_ROWS = 2_000  # a page computed from fewer rows is not stored


def kept(user, *, about, count):
    """Returns the stored result of `count()` for this reader, or calls `count()`. The result is pickled.

    `about` identifies the question and must be JSON. `count()` returns the value and the number of rows
    that it was computed from.
    """
    key = key_of(about, user, daily_counts=True)
    if (found := cache.get(key)) is not None:
        return found
    value, size = count()
    if size >= MIN_ROWS:
        cache.set(key, value, KEPT_SECONDS)
    return value
