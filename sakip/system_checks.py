"""System checks for problems that appear only on a real machine."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError, connection
from django.utils import timezone

from sakip.history import guard
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryCheck

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
def check_history_triggers(app_configs, **kwargs):
    """Silent without a database, which other checks tell of."""
    try:
        missing = guard.missing() if guard.is_needed() else []
    except DatabaseError:
        return []
    if not missing:
        return []
    return [
        Warning(
            f"The database lets anyone change the history; {', '.join(missing)} is missing.",
            hint="Run manage.py migrate, which makes the triggers.",
            id="sakip.W003",
        )
    ]


@register(Tags.security, deploy=True)
def check_history_is_verified(app_configs, **kwargs):
    """Warns of faults in the history, and when nobody has looked for long. Silent without a database."""
    long_ago = timezone.now() - timedelta(days=settings.HISTORY_CHECK_DAYS)
    try:
        last = HistoryCheck.objects.first()
        is_due = HistoryEntry.objects.filter(at__lt=long_ago).exists()
    except DatabaseError:
        return []
    if last and last.faults:
        told = f"was not whole on {last.at:%Y-%m-%d}: {last.first_fault}"
        hint = "Run manage.py verify_history and find out who may write into the database."
    elif is_due and (last is None or last.at < long_ago):
        told = f"was last checked on {last.at:%Y-%m-%d}." if last else "was never checked."
        hint = "Run manage.py verify_history every week."
    else:
        return []
    return [Warning(f"The history {told}", hint=hint, id="sakip.W004")]
