"""Whether there is a young backup."""

from django.conf import settings
from django.core.checks import Tags, register
from django.db import OperationalError, connection

from sakip.models import BackupRun
from sakip.selectors import backup_runs
from sakip.system_checks.told import warning


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
    return warning(
        5,
        found,
        "Run manage.py backup FILE every day (docs/cadangan.md), or raise BACKUP_MAX_AGE_HOURS.",
    )
