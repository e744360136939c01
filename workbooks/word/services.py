"""Reads a Word file into a draft, stores its corrections, and compares it like a workbook."""

import hashlib
import re
from collections import defaultdict

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from recommendations.models import Evaluation, RecommendationPoint, Renaksi
from recommendations.permissions import evaluation_policy
from sakip.errors import WrongState, require
from sakip.numbers import list_letter
from sakip.uploads.names import safe_name
from workbooks.columns import shelves
from workbooks.models import ImportRun, WordDraft
from workbooks.permissions import workbook_policy
from workbooks.readers.guard import WorkbookRefused, scan
from workbooks.readers.workbook import folded_label
from workbooks.word import lettered, offers, readings
from workbooks.word.content import TableDraft
from workbooks.word.mapping import Mapping
from workbooks.word.sheets import KIND


class WhichEvaluation(WorkbookRefused):
    """The file does not say which of `evaluations` it is about."""

    def __init__(self, name, evaluations):
        self.evaluations = evaluations
        names = ", ".join(f"{one.unit} {one.performance_year}" for one in evaluations)
        super().__init__(f"{name} tidak menyebut LHE yang mana. Pilih LHE-nya: {names}.")


YEAR = re.compile(r"\btahun\s+(20[0-9]{2})\b", re.IGNORECASE)


def editable(user):
    """The evaluations that a Word file of this person may change, newest first."""
    rows = evaluation_policy.filter(Evaluation.objects.all(), user, "edit")
    return rows.select_related("unit").order_by("-performance_year", "unit__name")


@transaction.atomic
def start(
    *, upload, actor, at, evaluation=None, default_unit=None, keeps_claims=False, quarter=""
) -> ImportRun:
    """Reads the file into a draft. Raises WorkbookRefused with a sentence that says what to do.

    `evaluation` None is the one whose year the file names; `default_unit` None the body evaluated.
    """
    require(workbook_policy.check(actor, "import"))
    name = safe_name(upload.name)
    draft = _read(upload, name, actor)
    scan(upload, name)
    evaluation = evaluation or _meant(draft, name, actor)
    require(evaluation_policy.check(actor, "edit", evaluation))
    if mapping := readings.mapping_of(readings.known(evaluation.unit, draft.mapping)):
        upload.seek(0)
        draft = _read(upload, name, actor, mapping)
    _fit(draft, evaluation)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    run = ImportRun.objects.create(
        kind=KIND.name,
        file=File(upload, name=name),
        original_name=name,
        sha256=digest.hexdigest(),
        actor=actor,
        created_at=at,
    )
    WordDraft.objects.create(
        run=run,
        evaluation=evaluation,
        default_unit=default_unit or evaluation.unit,
        keeps_claims=keeps_claims,
        quarter=quarter or _quarter(draft, evaluation, at),
        content=draft.as_json(),
    )
    return run


def _fit(draft, evaluation):
    """Gives numbers and letters that fit what is stored, and chooses what else is taken over."""
    _number(draft, evaluation)
    _close_gaps(draft, evaluation)
    offers.prepare(draft, evaluation)


def quarters(evaluation, today) -> list[tuple[int, int]]:
    """From the year of the evaluation to today, the latest first; the first one is meant by default."""
    last = evaluation.evaluation_year
    years = range(max(today.year, last), last - 1, -1)
    now = (today.year, (today.month + 2) // 3)
    found = [(year, quarter) for year in years for quarter in (4, 3, 2, 1)]
    return [one for one in found if one <= now] or found[-1:]


def _quarter(draft, evaluation, at):
    """That of the year of the evaluation, for a file with percentages: an old table is of then."""
    if not any(entry.percents for entry in draft.entries):
        return ""
    found = quarters(evaluation, timezone.localdate(at))
    of_year = [one for one in found if one[0] == evaluation.evaluation_year]
    return "{}-{}".format(*(of_year or found)[0])


def _meant(draft, name, actor):
    """The one evaluation whose year stands above the tables: that of evaluating, as in the source."""
    found = list(editable(actor))
    years = {int(year) for year in YEAR.findall(draft.text)}
    of_year = [one for one in found if one.evaluation_year in years]
    if len(of_year) == 1 or len(found) == 1:
        return (of_year or found)[0]
    raise WhichEvaluation(name, found[:5])


def _read(file, name, actor, mapping=None):
    from workbooks.word import drafts  # with python-docx

    return drafts.read(file, name, _headings(actor), mapping)


def _headings(user):
    components = shelves.directory_for(user).records("components")
    return [
        name for one in components for name in (one.name, *one.aliases.splitlines()) if name.strip()
    ]


def _number(draft, evaluation):
    """Recommendations without a number: that of the stored one with this heading, or the next."""
    given = {entry.number for entry in draft.entries if entry.number}
    stored = list(evaluation.recommendations.select_related("component"))
    last = max([evaluation.last_number, *given])
    for entry in draft.entries:
        if entry.number:
            continue
        heading = folded_label(entry.heading)
        same = [row.number for row in stored if heading and folded_label(row.title) == heading]
        free = [number for number in same if number not in given]
        last += not free
        entry.number = free[0] if len(free) == 1 else last
        given.add(entry.number)
        known = "seperti yang tersimpan" if free else "nomor berikutnya"
        entry.remarks.append(f"Nomornya tidak tertulis; dibaca sebagai {entry.number}, {known}.")


def _close_gaps(draft, evaluation):
    """Letters that jump count on, unless all of them are letters of what is stored. Two queries."""
    known = {"text": defaultdict(set), "follow_up": defaultdict(set)}
    places = "recommendation__number", "position"
    of_evaluation = {"recommendation__evaluation": evaluation}
    for name, model in (("text", RecommendationPoint), ("follow_up", Renaksi)):
        for number, position in model.objects.filter(**of_evaluation).values_list(*places):
            known[name][number].add(position)
    for entry in draft.entries:
        for name, positions in known.items():
            _count_on(entry, name, positions[entry.number])


def _count_on(entry, name, known):
    found = lettered.parse(getattr(entry, name))
    positions = [part.position for part in found.parts]
    following = list(range(1, len(positions) + 1))
    if positions == following or known.issuperset(positions):
        return
    setattr(entry, name, lettered.without_gaps(found))
    said, read = (", ".join(map(list_letter, some)) for some in (positions, following))
    entry.remarks.append(f"Huruf {said} dibaca sebagai {read}.")
    if name == "follow_up":
        for values in (entry.marks, entry.units, entry.statuses):
            moved = {
                str(new): values[str(old)]
                for old, new in zip(positions, following, strict=True)
                if str(old) in values
            }
            values.clear()
            values.update(moved)


def draft_of(run) -> TableDraft:
    return TableDraft.from_json(run.draft.content)


@transaction.atomic
def read_again(run, *, actor, at, mapping: Mapping | None):
    """Reads the stored file as a person says, and remembers that for the body; None forgets it.

    Corrections are lost: who calls this has asked. Raises WorkbookRefused.
    """
    run = _held(run, actor)
    row = run.draft
    require(evaluation_policy.check(actor, "edit", row.evaluation))
    with run.opened() as file:
        draft = _read(file, run.original_name, actor, mapping)
    _fit(draft, row.evaluation)
    body = row.evaluation.unit
    if mapping is None:
        readings.forget(unit=body, mapping=draft.mapping)
    else:
        readings.remember(unit=body, mapping=mapping, actor=actor, at=at)
    row.content, row.is_corrected = draft.as_json(), False
    row.quarter = row.quarter or _quarter(draft, row.evaluation, at)
    row.save(update_fields=["content", "is_corrected", "quarter"])


def _held(run, actor):
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    require(workbook_policy.check(actor, "import"))
    if run.state != ImportRun.State.PREVIEWED:
        raise WrongState(f"Impor ini {run.get_state_display().lower()}.")
    return run


@transaction.atomic
def correct(run, *, actor, draft: TableDraft, **about):
    """Keeps what the coordinator corrected; nothing of it is written to the records.

    `about` are fields of WordDraft that hold for the whole file.
    """
    run = _held(run, actor)
    row, content = run.draft, draft.as_json()
    for name, value in about.items():
        setattr(row, name, value)
    require(evaluation_policy.check(actor, "edit", row.evaluation))
    row.is_corrected |= content != row.content
    row.content = content
    row.save(update_fields=["content", "is_corrected", *about])
