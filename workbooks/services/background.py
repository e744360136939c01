"""Reads and writes large workbooks in a worker, so that nobody must wait or keep the page open.

Only reading can be cancelled; writing is one transaction, and its changes are visible only at the end.
"""

import logging
import zipfile

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from sakip import background
from sakip.errors import WrongState
from sakip.operations import outages
from workbooks.models import ImportRun
from workbooks.readers.guard import WorkbookRefused
from workbooks.services import imports

logger = logging.getLogger(__name__)
State = ImportRun.State

AT_ONCE_BYTES = 1_500_000  # unpacked: about 3,000 rows, two seconds
AT_ONCE_ROWS = 2_000

BROKEN = "Berkas ini gagal diolah karena kesalahan program. Beri tahu pengelola; ia menemukan sebabnya dalam catatan program."
RESTARTED = "Dimulai lagi, karena pengolahnya terhenti."
GAVE_UP = "Berkas ini menghentikan pengolahnya tiga kali berturut-turut, jadi tidak dicoba lagi. Tidak ada yang ditulis. Beri tahu pengelola; ia menemukan sebabnya dalam catatan program."
STOPPED = "Pengolahan terhenti, mungkin karena program dimulai ulang. Tidak ada yang ditulis. Unggah berkasnya lagi."
NOT_WRITTEN = "Penulisan terhenti, mungkin karena program dimulai ulang. Tidak ada yang ditulis; konfirmasi lagi."


@task(takes_context=True)
def read_workbook(context, run_id: int) -> None:
    read(run_id, attempt=context.attempt)


@task(takes_context=True)
def write_workbook(context, run_id: int, skip_refused: bool) -> None:
    write(run_id, skip_refused, attempt=context.attempt)


def is_large(run: ImportRun) -> bool:
    """Uses the unpacked size, because similar rows compress to very little."""
    with run.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        return sum(part.file_size for part in archive.infolist()) > AT_ONCE_BYTES


def has_many_rows(run: ImportRun) -> bool:
    return run.change_count > AT_ONCE_ROWS


def read_later(run: ImportRun) -> None:
    read_workbook.enqueue(run.pk)
    transaction.on_commit(background.ensure)  # a worker that looks earlier finds nothing and ends


def write_later(run: ImportRun, *, skip_refused: bool) -> None:
    """Raises WrongState unless the run waits for a confirmation, so that a second press does nothing."""
    if not _move(run.pk, State.PREVIEWED, State.CONFIRMED, error=""):
        raise imports.WrongRunState(run)
    write_workbook.enqueue(run.pk, skip_refused)
    background.ensure()


def read(pk: int, *, attempt=1) -> None:
    """What the worker does; a run that was cancelled or is in other hands is left alone."""
    if not _begin(pk, State.WAITING, State.READING, attempt):
        return
    run = ImportRun.objects.select_related("actor").get(pk=pk)
    try:
        _check(attempt)
        imports.preview(run)
    except imports.WrongRunState:
        return
    except (WorkbookRefused, WrongState) as error:
        _move(pk, State.READING, State.FAILED, error=str(error), finished_at=timezone.now())
    except Exception:
        logger.exception("Import run %s could not be read", pk)
        _move(pk, State.READING, State.FAILED, error=BROKEN, finished_at=timezone.now())


def write(pk: int, skip_refused: bool, *, attempt=1) -> None:
    if not _begin(pk, State.CONFIRMED, State.WRITING, attempt):
        return
    run = ImportRun.objects.select_related("actor").get(pk=pk)
    try:
        _check(attempt)
        _carry_out(run, skip_refused)
    except imports.WrongRunState:
        return
    except WrongState as reason:
        _move(pk, State.WRITING, State.PREVIEWED, error=str(reason))
    except Exception:
        logger.exception("Import run %s could not be written", pk)
        _move(pk, State.WRITING, State.PREVIEWED, error=BROKEN)


def _begin(pk, before, after, attempt) -> bool:
    """An attempt after the first one also takes a run that a dead worker left at work."""
    if attempt > 1 and _move(pk, after, after, error=RESTARTED):
        return True
    return _move(pk, before, after)


def _check(attempt):
    if attempt > background.MAX_ATTEMPTS:
        raise WrongState(GAVE_UP)


def _carry_out(run, skip_refused):
    try:
        imports.carry_out(run, at=timezone.now(), skip_refused=skip_refused)
    except imports.PreviewOutdated as outdated:
        imports.preview(run)
        ImportRun.objects.filter(pk=run.pk, state=State.PREVIEWED).update(error=str(outdated))


def sweep(now) -> None:
    """Begins runs of dead workers again; ends those that have no task any more (reading fails, writing
    returns to the preview); starts a worker if runs wait.
    """
    silent = ImportRun.objects.filter(beat_at__lt=now - background.ABANDONED)
    silent = silent.filter(state__in=[State.READING, State.WRITING])
    waiting = ImportRun.objects.filter(state__in=[State.WAITING, State.CONFIRMED])
    with outages.optional("the state of imports"):
        background.revive(now)
        if silent.exists():
            in_hand = background.in_hand(read_workbook) | background.in_hand(write_workbook)
            lost = silent.exclude(pk__in=in_hand)
            lost.filter(state=State.READING).update(
                state=State.FAILED, error=STOPPED, finished_at=now
            )
            lost.filter(state=State.WRITING).update(state=State.PREVIEWED, error=NOT_WRITTEN)
        if waiting.exists():
            background.ensure()


def _move(pk, before, after, **fields) -> bool:
    """Changes the state; returns False and changes nothing when it is no longer `before`."""
    rows = ImportRun.objects.filter(pk=pk, state=before)
    return bool(rows.update(state=after, beat_at=timezone.now(), **fields))
