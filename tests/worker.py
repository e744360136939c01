"""What a worker does, in the process of the test."""

from types import SimpleNamespace

from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def work() -> int:
    """Does every task that is due, also those that come meanwhile; returns how many."""
    done = 0
    while row := DBTaskResult.objects.ready().order_by("enqueued_at").first():
        row.claim("test")
        context = [SimpleNamespace(attempt=1)] if row.task.takes_context else []
        row.task.call(*context, *row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.set_successful(None)
        done += 1
    return done


def next_task() -> float | None:
    """Minutes until the next task that waits; None when none does."""
    row = DBTaskResult.objects.filter(status="READY").order_by("run_after").first()
    return row and (row.run_after - timezone.now()).total_seconds() / 60
