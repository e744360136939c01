"""What this app keeps only for a time."""

from datetime import timedelta

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from reports.models import ReportJob, StoredFile
from sakip import purging


def _limit(at):
    return at - timedelta(days=settings.STORED_FILES_KEPT_DAYS)


def stored_files(at):
    return StoredFile.objects.filter(created_at__lt=_limit(at))


def jobs(at):
    return ReportJob.objects.filter(finished_at__lt=_limit(at))


def tasks(at):
    return DBTaskResult.objects.filter(enqueued_at__lt=_limit(at))


purging.register("hasil cetak", lapsed=stored_files)
purging.register("pesanan dokumen", lapsed=jobs)
purging.register("pekerjaan latar yang selesai", lapsed=tasks)
