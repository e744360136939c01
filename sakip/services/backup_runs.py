"""Writes down that a backup begins, goes on, and is finished."""

from django.db.models.functions import Now

from sakip.models import BackupRun


def begin(*, path: str) -> BackupRun:
    return BackupRun.objects.create(path=path[-500:])


def go_on(*, run: BackupRun) -> None:
    """Says that the backup is still being made. To be called every few minutes (selectors: SILENT)."""
    BackupRun.objects.filter(pk=run.pk).update(alive_at=Now())


def finish(*, run: BackupRun, files: int, size: int) -> None:
    BackupRun.objects.filter(pk=run.pk).update(finished_at=Now(), files=files, size=size)


def give_up(*, run: BackupRun) -> None:
    """Forgets a backup that failed."""
    BackupRun.objects.filter(pk=run.pk).delete()
