"""System checks for problems that appear only on a real machine."""

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import OperationalError, connection

from sakip.models import BackupRun
from sakip.selectors import backup_runs

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


@register(Tags.security, deploy=True)
def check_last_backup(app_configs, **kwargs):
    """Tells when there is no backup or an old one. Before the first `migrate` there is nothing to lose."""
    try:
        if BackupRun._meta.db_table not in connection.introspection.table_names():
            return []
        age = backup_runs.age_of_last()
    except OperationalError:  # the database is away; whatever needs it says so
        return []
    hours = None if age is None else round(age.total_seconds() / 3600)
    if hours is not None and hours <= settings.BACKUP_MAX_AGE_HOURS:
        return []
    found = "There is no backup yet." if hours is None else f"The last backup is {hours} hours old."
    return [
        Warning(
            found,
            hint="Run manage.py backup FILE every day (docs/cadangan.md), or raise BACKUP_MAX_AGE_HOURS.",
            id="sakip.W003",
        )
    ]
