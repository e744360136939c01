"""Removes what lies outside the tables of the program: rows of the cache, and files without a record."""

from datetime import timedelta

from django.conf import settings
from django.db import connection

from sakip import purging
from sakip.uploads import inventory


def expired_cache(at, is_meant):
    """Rows of the cache that are over. The cache itself removes them only when it is full."""
    table = settings.CACHES["default"]["LOCATION"]
    limit = [connection.ops.adapt_datetimefield_value(at)]
    with connection.cursor() as cursor:
        if is_meant:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", limit)  # noqa: S608  only names of our own tables
            return cursor.rowcount
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE expires < %s", limit)  # noqa: S608  only names of our own tables
        return cursor.fetchone()[0]


def orphans(at, is_meant):
    """Stored files that no record has, for example because a worker died in an upload."""
    found = inventory.orphans(now=at, age=timedelta(hours=settings.ORPHAN_HOURS))
    return inventory.remove(found) if is_meant else len(found)


purging.register("isi singgahan yang kedaluwarsa", remove=expired_cache)
purging.register("berkas tanpa data", remove=orphans)
