"""Starts the process that does slow work. It starts when work is queued and ends when none is left."""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache

DEAD_WORKER_TIMEOUT = timedelta(minutes=5)  # a worker that was silent for longer counts as dead
STARTING = 10  # seconds in which no second process is started: the first needs time to begin


def ensure() -> None:
    """Starts a worker, unless one was just started or the worker runs as a separate service.

    A worker looks for the next task after each one. So it also finds tasks that are queued while it
    works, and a caller that knows that a worker runs need not call this.
    """
    if settings.DOCUMENT_WORKER == "service":
        return
    if cache.add("document-worker", True, STARTING):
        start()


def start() -> None:
    command = ["manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    subprocess.Popen(  # noqa: S603 (no part of the command comes from a user)
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
