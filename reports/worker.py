"""The process that makes long documents: started when one is ordered, gone when none is left."""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from reports.models import ReportJob

STARTING = 10  # seconds that a process has to begin
QUIET = timedelta(minutes=1)  # a worker not heard of for so long gets a second one beside it


def ensure() -> None:
    """Starts a worker unless one is at work, has just been started, or is a service of its own.

    It looks for more once it is done with a document, after that has left RUNNING: what is ordered
    while one is at work is found.
    """
    if settings.DOCUMENT_WORKER == "service":
        return
    at_work = ReportJob.objects.filter(
        state=ReportJob.State.RUNNING, beat_at__gt=timezone.now() - QUIET
    )
    if at_work.exists():
        return
    if cache.add("document-worker", True, STARTING):
        start()


def start() -> None:
    command = ["manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    subprocess.Popen(  # noqa: S603 (every word is ours)
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
