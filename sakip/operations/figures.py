"""Figures for Prometheus: what this process counts, and what the database and the disks say now.

With METRICS_DIRECTORY all processes count together, in files there; `manage.py serve_figures` adds them up.
Without it they count for themselves and nobody asks.
"""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sakip import __version__, background
from sakip.operations import readiness
from sakip.selectors import backup_runs

if settings.METRICS_DIRECTORY:  # the package reads it when it is imported
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_DIRECTORY
from prometheus_client import Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

REQUESTS = Histogram(
    "sakip_request_seconds",
    "Answers by route, method and status, and how long they took.",
    ["route", "method", "status"],
    buckets=(0.1, 0.3, 1, 3, 10, 30),
)
FAILURES = Counter(
    "sakip_failures",
    "Answers that failed: by the program itself, or by what it stands on.",
    ["kind"],
)
SIGN_INS_FAILED = Counter("sakip_sign_ins_failed", "Wrong passwords.")
DOCUMENTS = Counter("sakip_documents", "Documents that were made.", ["name", "format"])
METHODS = {"GET", "HEAD", "POST"}


def count_answer(request, response, seconds):
    """The route and not the path: paths have keys, and would make a figure each."""
    match = request.resolver_match
    route = match.view_name if match and match.view_name else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(route, method, response.status_code).observe(seconds)


class Now(Collector):
    """What is so at the moment of asking. When the database is away, only that is said of it."""

    def collect(self):
        yield _gauge("sakip_info", "The program.", 1, version=__version__)
        yield from _disks()
        try:
            figures = list(_of_database())
        except Exception:
            figures = [_gauge("sakip_database_up", "Whether the database answers.", 0)]
        finally:
            connection.close()
        yield from figures

    def describe(self):
        return []


def _of_database():
    yield _gauge("sakip_database_up", "Whether the database answers.", _is_up())
    yield _gauge("sakip_database_bytes", "Size of the database.", _database_size())
    tasks = GaugeMetricFamily("sakip_tasks", "Background tasks by status.", labels=["status"])
    found = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    for status, number in found:
        tasks.add_metric([status.lower()], number)
    yield tasks
    now = timezone.now()
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    waits = (now - oldest.enqueued_at).total_seconds() if oldest else 0
    yield _gauge("sakip_oldest_task_seconds", "How long the oldest waiting task waits.", waits)
    yield _gauge("sakip_workers", "Workers that show that they live.", len(background.living(now)))
    if age := backup_runs.age_of_last():
        yield _gauge("sakip_backup_age_seconds", "Age of the last backup.", age.total_seconds())


def _is_up() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return 1


def _database_size() -> int:
    if connection.vendor == "sqlite":
        path = settings.DATABASES["default"]["NAME"]
        files = (Path(f"{path}{end}") for end in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def _disks():
    free = GaugeMetricFamily(
        "sakip_disk_free_bytes", "Free space where it stores.", labels=["folder"]
    )
    for folder in readiness.folders():
        free.add_metric([str(folder)], shutil.disk_usage(folder).free)
    yield free


def _gauge(name, about, value, **labels):
    gauge = GaugeMetricFamily(name, about, labels=list(labels))
    gauge.add_metric([str(one) for one in labels.values()], value)
    return gauge
