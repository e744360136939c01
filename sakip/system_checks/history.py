"""Whether the triggers stand and the history was verified lately."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Tags, register
from django.db import DatabaseError, connection
from django.utils import timezone

from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryCheck
from sakip.system_checks.told import warning
from sakip.triggers import keepers


@register(Tags.security, deploy=True)
def check_triggers(app_configs, **kwargs):
    """Silent without a database, which other checks tell of."""
    try:
        missing = [name for keeper in keepers for name in keeper.missing(connection)]
    except DatabaseError:
        return []
    if not missing:
        return []
    return warning(
        3,
        "The database lets anyone change the history or does not keep what it repeats; "
        f"{', '.join(missing)} is missing.",
        "Run manage.py migrate, which makes the triggers.",
    )


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
    return warning(4, f"The history {told}", hint)
