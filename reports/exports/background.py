"""Long documents made in the background: a job is enqueued, followed, cancelled, deleted."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from reports.exports import catalogue, stored_files
from reports.exports.catalogue import ReportError
from reports.models import ReportJob
from sakip import background
from sakip.errors import WrongState
from sakip.models import User
from sakip.operations import outages
from sakip.writing import shortened

logger = logging.getLogger(__name__)
State = ReportJob.State

MAX_JOBS_PER_PERSON = 2  # limit of unfinished jobs
# Without a sign of a worker for so long, another one is started.
QUIET_WORKER_TIMEOUT = timedelta(minutes=1)
# A job that waited for so long tells its owner that no worker runs.
NO_WORKER_TIMEOUT = timedelta(minutes=1)
EVERY = timedelta(seconds=1)  # between two counts of one stage that are saved
WAITING_TIMEOUT = timedelta(hours=24)  # after this time a waiting job is marked as failed

TOO_MANY = (
    "Dua dokumen Anda masih dibuat. Tunggu salah satunya selesai atau batalkan, lalu minta lagi."
)
RESTARTED = "Dimulai lagi, karena pembuatnya terhenti."
GAVE_UP = "Dokumen ini menghentikan pembuatnya tiga kali berturut-turut, jadi tidak dicoba lagi. Beri tahu pengelola; ia menemukan sebabnya dalam catatan program."
STOPPED = "Pembuatan terhenti, mungkin karena program dimulai ulang. Minta dokumen ini lagi."
NEVER_BEGUN = (
    "Tidak ada yang membuat dokumen ini selama sehari. Minta lagi, dan beri tahu pengelola."
)
BROKEN = "Dokumen ini gagal dibuat karena kesalahan program. Beri tahu pengelola; ia menemukan sebabnya dalam catatan program."


@task(takes_context=True)
def make_document(context, job_id: int) -> None:
    """What a worker process is asked to do."""
    run(job_id, attempt=context.attempt)


def enqueue(*, spec, title, actor, at) -> ReportJob:
    """Returns a job for the spec. An unfinished job of this person for the same spec is returned again.

    Raises WrongState when the person already has two unfinished jobs. It also calls `sweep` and
    `delete_old`, because no other process does.
    """
    sweep(at)
    delete_old(at)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)  # one request of a person at a time
        waiting = list(ReportJob.objects.of(actor).unfinished())
        for job in waiting:
            if job.spec == spec.as_json():
                return job
        if len(waiting) >= MAX_JOBS_PER_PERSON:
            raise WrongState(TOO_MANY)
        job = ReportJob.objects.create(
            owner_id=actor.pk,
            spec=spec.as_json(),
            title=shortened(title, 300),
            created_at=at,
        )
        make_document.enqueue(job.pk)
    _call_worker()
    return job


def cancel(*, job, at) -> None:
    """Cancels the job; its worker stops at the next page, and nothing of the file is kept. Raises WrongState when the document is finished."""
    unfinished = ReportJob.objects.filter(pk=job.pk).unfinished()
    if not unfinished.update(state=State.CANCELLED, finished_at=at):
        raise WrongState("Dokumen ini sudah selesai atau sudah dibatalkan.")


def run(pk: int, *, attempt=1) -> None:
    """Makes the document; runs in the worker. Skips a job that was cancelled or that another worker has.

    An `attempt` after the first one begins a job again whose worker died.
    """
    now = timezone.now()
    found = ReportJob.objects.filter(pk=pk)
    found = found.unfinished() if attempt > 1 else found.filter(state=State.WAITING)
    again = RESTARTED if attempt > 1 else ""
    begun = {"stage": "", "done": 0, "total": 0, "error": again}
    if not found.update(state=State.RUNNING, started_at=now, beat_at=now, **begun):
        return
    job = ReportJob.objects.select_related("owner").get(pk=pk)
    if attempt > background.MAX_ATTEMPTS:
        _finish(job, State.FAILED, error=GAVE_UP)
    else:
        _make(job)


def _make(job):
    try:
        stored_file = stored_files.get_or_render(
            catalogue.ExportSpec.from_json(job.spec),
            job.owner,
            today=timezone.localdate(job.started_at),
            progress=_Beat(job),
        )
    except catalogue.Cancelled:
        return
    except ReportError as error:
        _finish(job, State.FAILED, error=shortened(error, 500))
    except stored_files.NotStored as unstored:
        logger.error("Report job %s could not be stored: %s.", job.pk, unstored.outage.kind)  # noqa: TRY400
        _finish(job, State.FAILED, error=f"{unstored.outage.words} Minta dokumen ini lagi nanti.")
    except Exception:
        logger.exception("Report job %s failed", job.pk)
        _finish(job, State.FAILED, error=BROKEN)
    else:
        _finish(job, State.DONE, stored_file=stored_file, error="")


def _in_this_hand(job):
    """The job, as long as no other worker has begun it again."""
    return ReportJob.objects.filter(pk=job.pk, state=State.RUNNING, started_at=job.started_at)


class _Beat:
    """Saves the progress of the job: each new stage, and the counts of a stage at most once a second.

    Raises Cancelled when the job was cancelled, or when another worker has it.
    """

    def __init__(self, job):
        self._running = _in_this_hand(job)
        self._last, self._stage = None, None

    def __call__(self, stage, done=0, total=0):
        now = timezone.now()
        if stage == self._stage and now - self._last < EVERY:
            return
        self._last, self._stage = now, stage
        if not self._running.update(stage=stage, done=done, total=total, beat_at=now):
            raise catalogue.Cancelled


def _finish(job, state, **fields):
    """Ends a running job. A job that its owner cancelled in the meantime stays cancelled."""
    _in_this_hand(job).update(state=state, finished_at=timezone.now(), **fields)


def sweep(now) -> None:
    """Begins jobs of dead workers again, ends those that nobody will make, and starts a worker if jobs wait."""
    jobs = ReportJob.objects
    silent = jobs.filter(state=State.RUNNING, beat_at__lt=now - background.ABANDONED)
    never = jobs.filter(state=State.WAITING, created_at__lt=now - WAITING_TIMEOUT)
    with outages.optional("the state of long documents"):
        background.revive(now)
        for stuck, reason in ((silent, STOPPED), (never, NEVER_BEGUN)):
            if stuck.exists():
                stuck = stuck.exclude(pk__in=background.in_hand(make_document))
                stuck.update(state=State.FAILED, error=reason, finished_at=now)
        if jobs.filter(state=State.WAITING).exists():
            _call_worker()


def _call_worker():
    """Starts a worker, unless one has reported recently. That one also takes the jobs enqueued later."""
    heard_of = timezone.now() - QUIET_WORKER_TIMEOUT
    if not ReportJob.objects.filter(state=State.RUNNING, beat_at__gt=heard_of).exists():
        background.ensure()


def delete_old(now) -> None:
    """Removes old files, old jobs and the old result rows of the task library."""
    before = now - timedelta(days=settings.STORED_FILES_KEPT_DAYS)
    stored_files.delete_old(now)
    ReportJob.objects.filter(finished_at__lt=before).delete()
    DBTaskResult.objects.filter(enqueued_at__lt=before).delete()


def waits_too_long(job, now) -> bool:
    return job.state == State.WAITING and now - job.created_at > NO_WORKER_TIMEOUT
