"""An import from the upload to the undo. Nothing is written before `confirm`; `carry_out` is one transaction."""

import hashlib
import logging

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from sakip.errors import WrongState, require
from sakip.history.entries import HistoryEntry
from sakip.history.write import record_many
from sakip.models import User
from sakip.uploads.names import safe_name
from workbooks.columns import shelves
from workbooks.columns.sheets import WorkbookKind
from workbooks.compare import analysis, previews, recognising, versions
from workbooks.compare.plan import ImportPlan, RowOutcome
from workbooks.kinds import ALL, KINDS
from workbooks.models import ImportRun
from workbooks.permissions import workbook_policy
from workbooks.readers import workbook
from workbooks.services import applying, undoing
from workbooks.services.applying import PreviewOutdated
from workbooks.services.memory import many_objects
from workbooks.word import comparison as word

NOTHING = "-"
RECOGNISED = "auto"  # the kind of a run until its file is read
State = ImportRun.State
logger = logging.getLogger(__name__)


class WrongRunState(WrongState):
    """The import is in another state than this needs: somebody stopped it, or confirmed it."""

    def __init__(self, run):
        state = ImportRun.objects.get(pk=run.pk).get_state_display()
        super().__init__(f"Impor ini {state.lower()}.")


def start(*, kind, upload, actor, at) -> ImportRun:
    """Keeps the file; with the kind RECOGNISED its content says later what it is. Raises WorkbookRefused when it is none we can read."""
    require(workbook_policy.check(actor, "import"))
    name = safe_name(upload.name)
    workbook.guard.check(upload, name)
    workbook.guard.scan(upload, name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return ImportRun.objects.create(
        kind=kind if kind == RECOGNISED else KINDS[kind].name,
        file=File(upload, name=name),
        original_name=name,
        sha256=digest.hexdigest(),
        actor=actor,
        created_at=at,
    )


@many_objects()
def preview(run: ImportRun) -> ImportPlan:
    """Reads and compares; leaves counts and the plan's digest with the run.

    WrongRunState, and nothing is kept, when the run has left the state in which it was given.
    """
    records = versions.of_records()
    plan = _analyse(run)
    before, earlier = run.state, run.preview.name
    run.summary, run.plan_digest, run.state = summary(plan), plan.digest(), State.PREVIEWED
    run.error = ""
    run.summary["losses"] += list(run.names.values()).count(
        ""
    )  # left out by the answer of a person
    previews.keep(run, plan, records)
    kept = ("kind", "summary", "plan_digest", "data_version", "state", "preview", "error")
    rows = ImportRun.objects.filter(pk=run.pk, state=before)
    if not rows.update(**{name: getattr(run, name) for name in kept}):
        previews.forget(run.preview.name)
        raise WrongRunState(run)
    previews.forget(earlier)
    return plan


def kind_of(run) -> WorkbookKind:
    return word.KIND if run.kind == word.KIND.name else KINDS.get(run.kind, ALL)


def _analyse(run) -> ImportPlan:
    def progress(done, total):
        rows = ImportRun.objects.filter(pk=run.pk, state=run.state)
        if not rows.update(done=done, total=total, beat_at=timezone.now()):
            raise WrongRunState(run)

    if run.kind == word.KIND.name:
        return word.analyse(run, progress=progress)
    book = workbook.read_run(run)
    directory = shelves.directory_for(run.actor)
    if run.kind == RECOGNISED:
        run.kind = recognising.kind_of(book, directory).name
    return analysis.analyse(
        KINDS[run.kind], book, run.actor, directory, progress=progress, choices=run.choices
    )


def choose(
    run: ImportRun, choices: dict[str, str], names: dict[str, str] | None = None
) -> ImportPlan:
    """Decides conflicts: "sheet" or "now" by "sheet!cell"; answers questions by their key; previews again.

    NOTHING answers that a sheet or heading is none of the options; any other word is left out.
    """
    options = {one["key"]: one["options"] for one in previews.load(run).questions}
    answers = {
        key: "" if known == NOTHING else known
        for key, known in (names or {}).items()
        if key in options and known in (NOTHING, *options[key])
    }
    known = {
        key: value
        for key, value in choices.items()
        if value in ("sheet", "now") and "\0" not in key
    }
    with transaction.atomic():
        held = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if held.state != State.PREVIEWED:
            raise WrongRunState(held)
        held.choices |= known
        held.names |= answers
        held.save(update_fields=["choices", "names"])
    run.choices, run.names = held.choices, held.names
    return preview(run)


def cancel(run: ImportRun, *, at):
    """Nothing was written; the file is kept until it is cleared away."""
    open_runs = ImportRun.objects.filter(
        pk=run.pk, state__in=[State.WAITING, State.READING, State.PREVIEWED]
    )
    if not open_runs.update(state=State.CANCELLED, finished_at=at):
        raise WrongRunState(run)


def summary(plan: ImportPlan) -> dict:
    """Counts by outcome, of errors, warnings, conflicts, questions and what was not read."""
    counts = {outcome.value: plan.count(outcome) for outcome in RowOutcome}
    return counts | {
        "errors": len(plan.errors),
        "warnings": len(plan.warnings),
        "conflicts": len(plan.conflicts),
        "questions": len(plan.questions),
        "losses": len(plan.losses),
    }


@many_objects()
def carry_out(run: ImportRun, *, at, skip_refused=False) -> ImportPlan:
    """Writes what was previewed, all or nothing. It is judged again only when something has changed since
    that the preview looked at.

    WrongState when the preview no longer holds: somebody changed the records in between, or writes
    the same ones at this moment, which the database alone can tell.
    """
    try:
        return _carry_out(run, at=at, skip_refused=skip_refused)
    except IntegrityError as error:
        logger.warning("Import run %s met somebody else's rows", run.pk, exc_info=True)
        raise PreviewOutdated from error


@transaction.atomic
def _carry_out(run, *, at, skip_refused):
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("actor").get(pk=run.pk)
    require(workbook_policy.check(run.actor, "import"))
    if run.state not in (State.PREVIEWED, State.CONFIRMED, State.WRITING):
        raise WrongRunState(run)
    plan = previews.still_holding(run, kind_of(run))
    counts = run.summary
    if plan is None:
        plan = _analyse(run)
        counts = summary(plan)
        if plan.digest() != run.plan_digest:
            raise PreviewOutdated
    if counts["questions"]:
        raise WrongState("Jawab dahulu pertanyaan tentang lembar dan judul kolom.")
    if counts["conflicts"]:
        raise WrongState("Pilih dahulu nilai untuk setiap sel yang bertentangan.")
    if counts["errors"] and not skip_refused:
        raise WrongState("Masih ada baris yang ditolak.")
    applying.apply(plan, run, actor=run.actor, at=at)
    run.state, run.finished_at, run.error = State.DONE, at, ""
    run.save(update_fields=["state", "finished_at", "error"])
    return plan


def undo(run: ImportRun, *, actor, at):
    """Restores the state before the import. Raises WrongState when a later change or a rule forbids it."""
    try:
        _undo(run, actor, at)
    except IntegrityError as error:
        logger.warning("Import run %s could not be undone", run.pk, exc_info=True)
        raise WrongState(
            "Data lain sudah memakai nilai yang hendak dikembalikan, jadi impor tidak dapat dibatalkan."
        ) from error


@transaction.atomic
def _undo(run, actor, at):
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    actor = User.objects.get(
        pk=actor.pk
    )  # loaded again: the import may have added units to the actor's reach
    require(workbook_policy.check(actor, "import"))
    if run.state != State.DONE:
        raise WrongState(
            f"Impor ini {run.get_state_display().lower()}, jadi tidak ada yang dibatalkan."
        )
    targets = undoing.undo(run, kind_of(run), actor, at)
    entries = [("import_undo", target, ()) for target in targets]
    record_many(actor=actor, at=at, batch=run.batch, note=run.note, entries=entries)
    run.state = State.UNDONE
    run.save(update_fields=["state"])


def touched_later(run) -> HistoryEntry | None:
    """The first entry that somebody else's act left on a record of this import."""
    return undoing.later_entry(run)
