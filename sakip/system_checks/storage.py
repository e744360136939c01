"""System checks for problems that appear only on a real machine."""

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import connection

# Versions in which the WAL-reset data race is fixed: 3.51.3, and 3.50.7 and 3.44.6 of older branches.
MENDED_SQLITE = (3, 51, 3)


@register(Tags.database)
def check_sqlite_version(app_configs, **kwargs):
    """Warns when Django uses a SQLite with the bug; `sakip/__init__.py` normally replaces it."""
    if connection.vendor != "sqlite":
        return []
    driver = connection.Database
    if driver.sqlite_version_info >= MENDED_SQLITE:
        return []
    return [
        Warning(
            f"SQLite {driver.sqlite_version} can lose commits when several processes write (WAL-reset bug).",
            hint="Install the package pysqlite3 of requirements.txt.",
            id="sakip.W001",
        )
    ]


@register(Tags.files, deploy=True)
def check_media_root(app_configs, **kwargs):
    if settings.STATIC_ROOT in [settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents]:
        return [
            Warning(
                "MEDIA_ROOT lies inside STATIC_ROOT: evidence would be served without a check.",
                hint="Write MEDIA_ROOT=… with a directory outside the static files.",
                id="sakip.W002",
            )
        ]
    return []
