"""The worker of django_tasks_db, which shows that it lives and looks after the tasks of dead ones."""

import structlog
from django.utils import timezone
from django_tasks.signals import task_finished, task_started
from django_tasks_db.management.commands import db_worker

from sakip import background
from sakip.operations import log_lines

logger = structlog.get_logger(__name__)
BOUND = ("task", "task_id", "attempt")


class Command(db_worker.Command):
    def handle(self, *, worker_id, **options):
        task_started.connect(name_task)
        task_finished.connect(tell_end)
        log_lines.tell_start("documents")
        with background.beating(worker_id):
            super().handle(worker_id=worker_id, **options)


def name_task(*, task_result, **kwargs):
    """Names the task in every line that it writes."""
    structlog.contextvars.bind_contextvars(
        task=task_result.task.name, task_id=task_result.id, attempt=task_result.attempts
    )


def tell_end(*, task_result, **kwargs):
    seconds = round((timezone.now() - task_result.started_at).total_seconds(), 1)
    logger.info("task_finished", status=str(task_result.status), seconds=seconds)
    structlog.contextvars.unbind_contextvars(*BOUND)
