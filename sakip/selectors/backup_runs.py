"""Reads which backups there are. One query each."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Now

from sakip.models import BackupRun

SILENT = timedelta(minutes=10)  # a backup that was silent for longer has died


def is_running() -> bool:
    """Whether a backup is being made, so that no stored file may be removed."""
    return BackupRun.objects.filter(finished_at=None, alive_at__gt=Now() - SILENT).exists()


def age_of_last() -> timedelta | None:
    """How old the last finished backup is by the clock of the database; None when there is none."""
    last = BackupRun.objects.exclude(finished_at=None).order_by("-finished_at")
    return last.annotate(age=Now() - F("finished_at")).values_list("age", flat=True).first()
