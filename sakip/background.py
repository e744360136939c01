"""The processes that do slow work: started when work is queued, watched, and replaced when they die.

A worker shows every few seconds that it lives. A task whose worker is silent goes back into the queue by
itself, if it takes the context (`@task(takes_context=True)`): it then knows which attempt it
is, and gives up in words after MAX_ATTEMPTS, so that a poisonous one does not kill workers for ever.
Other tasks, such as mail, are not repeated.
"""

import logging
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sakip.models import Beat

logger = logging.getLogger(__name__)

STARTING = 10  # seconds in which no second process is started: the first needs time to begin
SILENT = timedelta(seconds=settings.WORKER_SILENT_SECONDS)
KEPT = timedelta(days=1)  # old signs of life
MAX_ATTEMPTS = 3
# A record that says it is at work, but has no task any more and no sign of life for so long, has failed.
ABANDONED = timedelta(minutes=5)


class WorkerDied(Exception):
    """The process that did the task ended in the middle of it."""


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


@contextmanager
def beating(worker_id: str) -> Iterator[None]:
    """While the block runs, a thread shows that this worker lives, and looks after the tasks of dead ones."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(worker_id, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(settings.WORKER_BEAT_SECONDS)
        _without_fail(Beat.objects.filter(name=worker_id).delete)


def watch() -> None:
    """Starts a thread in a server process that brings stranded tasks to an end; see `look_after`."""
    threading.Thread(target=_watch, daemon=True).start()


def _beat(worker_id, over):
    while True:
        _without_fail(beat, worker_id)
        _without_fail(revive, timezone.now())
        if over.wait(settings.WORKER_BEAT_SECONDS):
            break
    connection.close()


def _watch():
    while True:
        threading.Event().wait(settings.WORKER_WATCH_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311  no secret, only not all at once
        _without_fail(look_after, timezone.now())


def _without_fail(act, *args):
    """A database that is away for a while must not end the thread."""
    close_old_connections()
    try:
        act(*args)
    except Exception as error:
        logger.warning("Background work could not be watched: %s: %s", type(error).__name__, error)
    finally:
        close_old_connections()


def beat(worker_id: str) -> None:
    now = timezone.now()
    Beat.objects.update_or_create(name=worker_id, defaults={"at": now})


def look_after(now) -> None:
    """Revives stranded tasks, and starts a worker for those that nobody takes."""
    revive(now)
    if DBTaskResult.objects.ready().exists() and not living(now):
        ensure()


def living(now) -> set[str]:
    """The ids of the workers that have shown lately that they live."""
    beats = Beat.objects.filter(at__gte=now - SILENT).exclude(name=Beat.PROBE)
    return set(beats.values_list("name", flat=True))


def revive(now) -> None:
    """Gives the tasks of dead workers back to the queue, or ends them. Writes only when there are any."""
    if not _stranded(now):
        return
    with transaction.atomic():
        for row in _stranded(now, lock=True):
            _revive(row)
        Beat.objects.filter(at__lt=now - KEPT).exclude(name=Beat.PROBE).delete()


def _stranded(now, *, lock=False) -> list[DBTaskResult]:
    rows = DBTaskResult.objects.running().filter(started_at__lt=now - SILENT)
    if lock:
        rows = rows.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
    alive = living(now)
    return [row for row in rows.order_by("enqueued_at") if row.worker_ids[-1] not in alive]


def _revive(row):
    attempts = len(row.worker_ids)
    # One attempt more than MAX_ATTEMPTS: in that one the task says in words that it gives up.
    if _may_be_repeated(row) and attempts <= MAX_ATTEMPTS:
        row.status = TaskResultStatus.READY
        row.save(update_fields=["status"])
        logger.error("The worker of task %s died; it begins again.", row.pk)
    else:
        row.set_failed(WorkerDied(f"attempt {attempts}"))
        logger.error("The worker of task %s died; it is not repeated.", row.pk)


def _may_be_repeated(row) -> bool:
    try:
        return row.task.takes_context
    except ImportError:  # a task of an earlier version of the program
        return False


def in_hand(task) -> set[int]:
    """The first argument of each unfinished call of a task: the key of its record."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path).exclude(
        pk__in=DBTaskResult.objects.finished()
    )
    return {row["args"][0] for row in rows.values_list("args_kwargs", flat=True)}
