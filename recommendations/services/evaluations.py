"""Writes evaluations and their scores (docs/design.md §2.1)."""

from collections.abc import Mapping
from copy import copy
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from recommendations.models import Component, ComponentScore, Evaluation, EvaluationLetter, Rubric
from recommendations.permissions import evaluation_policy
from sakip.deleting import last_words, require_bare
from sakip.editing import require_version
from sakip.errors import require, still_there
from sakip.history.words import about, code_of, part_code
from sakip.history.write import record
from sakip.models import Unit
from sakip.numbers import input_text, round_half_up
from sakip.text import trimmed
from sakip.uploads.serving import remove_after_commit
from sakip.writing import raise_version, said, write

HUNDRED = Decimal(100)
SHEET = (
    "unit",
    "rubric",
    "performance_year",
    "evaluation_year",
    "letter_number",
    "letter_date",
    "subject",
    "source",
    "reported_total",
    "reported_grade",
    "reported_change",
)
OWN = (
    "scores",
    "daily_counts",
    "follow_up_counts",
    "counted",
    "letters",
)  # what goes with a deleted LHE
PARTS = ("existence", "quality", "use")
SCORE_AND_PARTS = ("score", *(f"{name}_score" for name in PARTS))
SCORED = (*SCORE_AND_PARTS, "reported_change", "remark")
REASON_NEEDED = "Nilai LHE ini sudah lengkap tercatat. Tulis alasan perbaikannya."


@transaction.atomic
def create_evaluation(*, actor, at, unit, **fields) -> Evaluation:
    evaluation = Evaluation(unit=unit)
    require(evaluation_policy.check(actor, "edit", evaluation))
    _require_active(unit)
    _hold_rubric(fields["rubric"], unit)
    changes = write(evaluation, unit=unit, **fields)
    record(actor=actor, at=at, action="create", target=evaluation, changes=changes)
    return evaluation


@transaction.atomic
def edit_evaluation(*, evaluation, actor, at, version=None, **fields) -> Evaluation:
    """Refuses another body when there are recommendations, and a rubric that the scores do not fit.

    Raises StaleEdit when `version` is no longer current and the save would change a field.
    """
    current = _lock(evaluation, actor)
    evaluation = copy(current)
    unit, rubric = fields.get("unit", evaluation.unit), fields.get("rubric", evaluation.rubric)
    if unit != evaluation.unit:
        _check_new_unit(evaluation, unit, actor)
    if rubric != evaluation.rubric:
        _hold_rubric(rubric, unit)
        _check_new_rubric(evaluation, rubric)
    elif unit != evaluation.unit:
        _require_usable(rubric, unit)
    changes = write(evaluation, **fields)
    if changes:
        require_version(current, version, "LHE")  # the error rolls the transaction back
        moves = evaluation.unit_id != current.unit_id
        record(actor=actor, at=at, action="edit", target=evaluation, changes=changes, moves=moves)
    return evaluation


@transaction.atomic
def delete_evaluation(*, evaluation, actor, at, version=None):
    """Deletes an LHE on which nothing hangs, with its scores; the history of its body keeps them.

    Raises StaleEdit when `version` is no longer current.
    """
    evaluation = _lock(evaluation, actor)
    require_deletable(evaluation, actor)
    require_version(evaluation, version, "LHE")
    changes = last_words(evaluation, SHEET)
    for row in evaluation.scores.select_related("component"):
        changes += last_words(row, SCORED, row.component.name)
    record(actor=actor, at=at, action="delete_evaluation", target=evaluation.unit, changes=changes)
    files = list(evaluation.letters.values_list("file", flat=True))
    remove_after_commit(EvaluationLetter._meta.get_field("file"), files)
    evaluation.delete()


def require_deletable(evaluation, actor):
    require(evaluation_policy.check(actor, "edit", evaluation))
    require_bare(evaluation, OWN)


def words_of(evaluation) -> list[tuple[str, str]]:
    """Returns the fields of an LHE as pairs of label and text."""
    return said(evaluation, SHEET)


def words_of_scores(evaluation) -> list[tuple[str, str]]:
    """Returns the scores as pairs of label and text, one for each filled field."""
    rows = evaluation.scores.select_related("component")
    return [
        (row.component.name, "\n".join(f"{name}: {text}" for name, text in _filled(row)))
        for row in rows
    ]


def _filled(row):
    return [(name, text) for name, text in said(row, SCORED) if text != "-"]


def _lock(evaluation, actor):
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("unit", "rubric")
    evaluation = still_there(rows, evaluation)
    require(evaluation_policy.check(actor, "edit", evaluation))
    return evaluation


def _check_new_unit(evaluation, unit, actor):
    if evaluation.recommendations.exists():
        message = "Perangkat daerah tidak dapat diganti karena sudah ada rekomendasi."
        raise ValidationError({"unit": message})
    _require_active(unit)
    require(evaluation_policy.check(actor, "edit", Evaluation(unit=unit)))


def _require_active(unit):
    if not unit.is_active:
        message = f"{unit} sudah tidak aktif. Pilih unit yang masih aktif."
        raise ValidationError({"unit": message})


def _hold_rubric(rubric, unit):
    """Locks the rubric, so that nobody changes it before the scores by it are written."""
    rubric = still_there(Rubric.objects.select_for_update(of=("self",)), rubric)
    if not rubric.is_active:
        message = f"{rubric} sudah tidak dipakai untuk LHE baru. Pilih rubrik yang aktif."
        raise ValidationError({"rubric": message})
    _require_usable(rubric, unit)


def _require_usable(rubric, unit):
    """A body uses the rubrics that the province shares, and its own."""
    if not rubric.is_usable_in(Unit.objects.lineage(unit.pk)):
        message = (
            f"Rubrik ini bukan milik {unit}. Pilih rubrik bersama, atau salin menjadi rubriknya."
        )
        raise ValidationError({"rubric": message})


def _check_new_rubric(evaluation, rubric):
    weights = {row.component_id: row.weight for row in rubric.weights.all()}
    problems = misfits(evaluation.scores.select_related("component"), rubric, weights)
    if problems:
        raise ValidationError(
            {"rubric": [*problems, "Ubah dahulu nilainya, atau pilih rubrik lain."]}
        )


def misfits(scores, rubric: Rubric, weights: Mapping[int, Decimal]) -> list[str]:
    """Returns a sentence for each score that does not fit `rubric` and `weights` (by component id)."""
    problems = []
    for row in scores:
        weight = weights.get(row.component_id)
        if weight is None:
            problems.append(f"{row.component} sudah dinilai tetapi tidak ada dalam rubrik ini.")
            continue
        values = {name: getattr(row, f"{name}_score") for name in PARTS}
        found = score_problems(row.component, weight, rubric, row.score, values)
        problems += [sentence for sentences in found.values() for sentence in sentences]
    return problems


def score_problems(component, weight, rubric, score, parts) -> dict[str, list[str]]:
    """Returns sentences by field name for a score or part above its maximum; empty when valid."""
    problems = {}
    if score is not None and score > weight:
        problems["score"] = [
            f"Nilai {component} {_text(score)} melebihi bobotnya. "
            f"Tulis paling banyak {_text(weight)}."
        ]
    for name, value in parts.items():
        most = part_weight(rubric, name, weight)
        most = None if most is None else round_half_up(most)  # rounded as in the LHE
        if value is not None and most is not None and value > most:
            problems[f"{name}_score"] = [
                f"Bagian {part_label(rubric, name).lower()} dari {component} {_text(value)} "
                f"melebihi bobotnya. Tulis paling banyak {_text(most)}."
            ]
    return problems


def part_weight(rubric, name, weight) -> Decimal | None:
    """Returns the highest possible score of a part; None when the rubric has no parts."""
    share = getattr(rubric, f"{name}_share")
    return None if share is None else weight * share / HUNDRED


def part_label(rubric, name) -> str:
    labels = {"existence": rubric.existence_label, "quality": "Kualitas", "use": "Pemanfaatan"}
    return labels[name]


def _text(value):
    return input_text(value, 2)


@transaction.atomic
def write_scores(
    *, evaluation, actor, at, scores: Mapping[Component, dict | None], version=None, reason=""
) -> Evaluation:
    """Writes the scores of the given components: a dict of fields, or None to delete the score.

    Asks for a `reason` when a score of a complete LHE changes. Raises StaleEdit when `version` is no longer current and a score would change. The fields of a
    ValidationError are named by `score_key`.
    """
    evaluation = _lock(evaluation, actor)
    still_there(Rubric.objects.select_for_update(of=("self",)), evaluation.rubric)
    weights = {row.component_id: row.weight for row in evaluation.rubric.weights.all()}
    was_complete = is_complete(evaluation)
    old = {row.component: row for row in evaluation.scores.select_related("component")}
    changes = []
    for component, fields in scores.items():
        row = old.get(component)
        if fields is None:
            changes += _remove(row)
        else:
            row = row or ComponentScore(evaluation=evaluation, component=component)
            changes += _write_score(row, fields, evaluation.rubric, weights)
    if changes:
        require_version(evaluation, version, "LHE")  # the error rolls the transaction back
        if was_complete and _corrects(changes) and not trimmed(reason):
            raise ValidationError({"reason": REASON_NEEDED})
        raise_version(evaluation)
        note = reason.strip()
        record(actor=actor, at=at, action="score", target=evaluation, changes=changes, note=note)
    return evaluation


def is_complete(evaluation) -> bool:
    """Whether every component of the rubric has a score. No query with `with_scores()`."""
    weights = {row.component_id for row in evaluation.rubric.weights.all()}
    return bool(weights) and weights <= {row.component_id for row in evaluation.scores.all()}


def _corrects(changes):
    """Whether a score or its parts change, and not only a remark."""
    codes = {part_code(ComponentScore, name) for name in SCORE_AND_PARTS}
    return any(code.partition(":")[0] in codes for code, *_ in changes)


def score_key(component, field) -> str:
    """Returns the name of a component's field in a ValidationError; `field` may be NON_FIELD_ERRORS."""
    return f"{component.pk}-{field}"


def _write_score(row, fields, rubric, weights):
    try:
        changes = about(row, write(row, **fields), row.component.name)
    except ValidationError as error:
        raise _of(row.component, error.error_dict) from error
    weight = weights.get(row.component_id)
    if weight is None:
        raise _of(row.component, {NON_FIELD_ERRORS: misfits([row], rubric, weights)})
    parts = {name: getattr(row, f"{name}_score") for name in PARTS}
    if problems := score_problems(row.component, weight, rubric, row.score, parts):
        raise _of(row.component, problems)
    return changes


def _of(component, problems):
    return ValidationError({score_key(component, name): found for name, found in problems.items()})


def _remove(row):
    if row is None:
        return []
    row.delete()
    return about(row, [("score", code_of(row.score), "")], row.component.name)
