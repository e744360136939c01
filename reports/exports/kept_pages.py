"""Pages that took long to count, kept until something changes: the leader's page of a whole province."""

from django.core.cache import cache

from reports.exports.validity import key_of

KEPT_SECONDS = 300
MIN_ROWS = 2_000  # a page that rests on fewer rows is counted each time


def kept(user, *, about, count):
    """What `count()` gave this reader last, or gives now; it must survive pickling.

    `about` names the question and can be written as JSON. `count()` returns the value and how many
    rows it rests on.
    """
    key = key_of(about, user, daily_counts=True)
    if (found := cache.get(key)) is not None:
        return found
    value, size = count()
    if size >= MIN_ROWS:
        cache.set(key, value, KEPT_SECONDS)
    return value
