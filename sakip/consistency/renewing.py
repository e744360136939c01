"""What a page does before it reads findings: it renews a few changes itself and leaves many to a worker."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from sakip import background
from sakip.consistency import keeping
from sakip.operations import outages

AT_ONCE = 10  # scopes; a scope of 500 renaksi takes about a second


@task(takes_context=True)
def renew_findings(context) -> None:
    """What the worker does. After its death the next attempt begins with what is left."""
    if context.attempt <= background.MAX_ATTEMPTS:
        keeping.renew()


def renew_if_possible(*only: tuple[str, int]) -> bool:
    """Returns whether all findings are up to date; else the page shows what was kept before.

    They are not while a worker computes many of them, as after an update or a large import, or while the
    database takes no writes. `only` limits it to some (subject, key), which are never left to a worker.
    One query when nothing has changed.
    """
    number = keeping.count_waiting()
    if not number:
        return True
    with outages.optional("findings"):
        if only or number <= AT_ONCE:
            keeping.renew(*only)
            return True
        _leave_to_worker()
    return False


def _leave_to_worker():
    unfinished = DBTaskResult.objects.filter(
        task_path=renew_findings.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    )
    if not unfinished.exists():
        renew_findings.enqueue()
    background.ensure()
