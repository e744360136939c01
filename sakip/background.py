"""The process that does what takes long: started when something is ordered, gone when nothing is left."""

import subprocess
import sys

from django.conf import settings
from django.core.cache import cache

STARTING = 10  # seconds that a process has to begin


def ensure() -> None:
    """Starts a worker unless one has just been started, or it is a service of its own.

    It looks for more once it is done with one thing: what is ordered while one is at work is found,
    and whoever knows of one need not ask.
    """
    if settings.DOCUMENT_WORKER == "service":
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
