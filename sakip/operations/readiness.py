"""Whether the program can serve people now: what it stands on is there and can be written.

Every check runs in a thread of its own, because what hangs (a network disk, a database behind a dead
router) must not hold up the answer.
"""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sakip.models import Beat
from sakip.uploads import scanner
from sakip.uploads.storage import is_on_this_machine

logger = logging.getLogger(__name__)

PATIENCE = 1.7  # seconds for all checks together
FRESH = 2  # seconds in which a second probe gets the same answer
REPEATED = 60  # seconds after which the log says again what still fails
WAITING = timedelta(minutes=2)  # a task that nobody has taken for so long has no worker


class NotReady(Exception):
    """A check failed; the message is for the log."""


def database():
    """Writes a row: a full or read-only database can still be read."""
    with transaction.atomic():
        Beat.objects.update_or_create(name=Beat.PROBE, defaults={"at": timezone.now()})


def missing_migrations() -> list[tuple]:
    """(migration, backwards) of each that the database has not had yet, in their order."""
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


@cache
def migrations():
    """Asked until it succeeds once: a later program that needs more is another process."""
    if plan := missing_migrations():
        raise NotReady(f"{len(plan)} migrations are missing, first {plan[0][0]}")


def storage():
    # Saving would make the folder anew, on another disk than the one that was there.
    is_named = "MEDIA_ROOT" in os.environ and is_on_this_machine(default_storage)
    if is_named and not Path(settings.MEDIA_ROOT).is_dir():
        raise NotReady("the folder MEDIA_ROOT is gone")
    name = default_storage.save(".siap", ContentFile(b"ok"))
    default_storage.delete(name)


def virus_scanner():
    """Has something harmless scanned; nothing where no scanner is set up."""
    scanner.scan(BytesIO(b"siap"))


def disk():
    least = settings.DISK_MIN_FREE_MEGABYTES
    for folder in folders():
        free = shutil.disk_usage(folder).free // 2**20
        if free < least:
            raise NotReady(
                f"{free} MB free on the disk of {folder.name or folder}, less than {least}"
            )


def worker():
    """A task that has waited for long says that nobody takes tasks, whoever should."""
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    if oldest and timezone.now() - oldest.enqueued_at > WAITING:
        raise NotReady(f"no worker has taken task {oldest.pk} since {oldest.enqueued_at:%H:%M} UTC")


def folders() -> list[Path]:
    """Where this machine itself stores something that grows."""
    found = [Path(settings.MEDIA_ROOT)] if is_on_this_machine(default_storage) else []
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        found.append(Path(database["NAME"]).parent)
    return [folder for folder in found if folder.is_dir()]


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "storage": storage,
    "scanner": virus_scanner,
    "disk": disk,
    "worker": worker,
}


class _Round:
    """One run of all checks. `failures` maps a check to its reason; a check that hangs stays in it."""

    def __init__(self):
        self.failures = dict.fromkeys(CHECKS, "no answer")
        self.threads = [
            threading.Thread(target=self._run, args=item, daemon=True) for item in CHECKS.items()
        ]
        self.began = time.monotonic()
        for thread in self.threads:
            thread.start()

    def _run(self, name, check):
        try:
            check()
        except Exception as error:
            self.failures[name] = f"{type(error).__name__}: {error}".strip()
        else:
            del self.failures[name]
        finally:
            connection.close()

    def wait(self):
        for thread in self.threads:
            thread.join(max(0, self.began + PATIENCE - time.monotonic()))

    @property
    def is_over(self):
        return not any(thread.is_alive() for thread in self.threads)


class _Watch:
    """The last round of this process. While one hangs no other begins, or threads would pile up."""

    def __init__(self):
        self.lock, self.round, self.said, self.said_at = threading.Lock(), None, {}, 0.0

    def failures(self) -> dict[str, str]:
        with self.lock:
            now = time.monotonic()
            if self.round is None or (self.round.is_over and now - self.round.began > FRESH):
                self.round = _Round()
            self.round.wait()
            failures = dict(self.round.failures)
            self._tell(failures, now)
            return failures

    def _tell(self, failures, now):
        """Writes into the log what has changed, and once a minute what still fails."""
        if failures.keys() == self.said.keys() and not (failures and now - self.said_at > REPEATED):
            return
        self.said, self.said_at = failures, now
        for name, reason in failures.items():
            logger.error("Not ready: %s: %s", name, reason)
        if not failures:
            logger.info("Ready again.")


_watch = _Watch()


def is_ready() -> bool:
    return not _watch.failures()
