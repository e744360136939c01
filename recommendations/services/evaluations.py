"""Writes evaluations, their scores, and the rubrics they are scored by (docs/design.md §2.1)."""

from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.text import slugify

from recommendations.models import (
    Component,
    ComponentScore,
    Evaluation,
    Rubric,
    RubricWeight,
)
from recommendations.permissions import evaluation_policy, rubric_policy
from sakip.editing import require_version
from sakip.errors import require
from sakip.history.words import about, code_of
from sakip.history.write import record
from sakip.numbers import input_text, round_half_up
from sakip.writing import raise_version, said, write, write_part

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
RUBRIC = (
    "name",
    "regulation",
    "is_estimate",
    "is_active",
    "existence_label",
    "existence_share",
    "quality_share",
    "use_share",
)
PARTS = ("existence", "quality", "use")
SCORED = ("score", *(f"{name}_score" for name in PARTS), "reported_change", "remark")


@transaction.atomic
def create_evaluation(*, actor, at, unit, **fields) -> Evaluation:
    evaluation = Evaluation(unit=unit)
    require(evaluation_policy.check(actor, "edit", evaluation))
    _require_active(unit)
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
        _check_new_rubric(evaluation, rubric)
    changes = write(evaluation, **fields)
    if changes:
        require_version(current, version, "LHE")  # the error rolls the transaction back
        moves = evaluation.unit_id != current.unit_id
        record(actor=actor, at=at, action="edit", target=evaluation, changes=changes, moves=moves)
    return evaluation


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
    evaluation = rows.get(pk=evaluation.pk)
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
    *, evaluation, actor, at, scores: Mapping[Component, dict | None], version=None
) -> Evaluation:
    """Writes the scores of the given components: a dict of fields, or None to delete the score.

    Raises StaleEdit when `version` is no longer current and a score would change. The fields of a
    ValidationError are named by `score_key`.
    """
    evaluation = _lock(evaluation, actor)
    weights = {row.component_id: row.weight for row in evaluation.rubric.weights.all()}
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
        raise_version(evaluation)
        record(actor=actor, at=at, action="score", target=evaluation, changes=changes)
    return evaluation


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


@transaction.atomic
def save_rubric(
    *, rubric, actor, at, weights: Sequence[tuple[Component | str, Decimal]], version=None, **fields
) -> Rubric:
    """Creates (rubric None) or changes a rubric and its weights, in the order given.

    A string instead of a Component creates a component with that name. Weights must sum to 100, and
    the scores of every evaluation with this rubric must still fit. Raises StaleEdit when `version` is
    no longer current and the save would change something.
    """
    require(rubric_policy.check(actor, "edit"))
    _check_sum([weight for _, weight in weights])
    action = "edit" if rubric else "create"
    current = Rubric.objects.select_for_update().get(pk=rubric.pk) if rubric else Rubric()
    rubric = copy(current)
    changes = write_part(rubric, **fields)
    changes += _write_weights(rubric, [(_component(given), weight) for given, weight in weights])
    if changes:
        require_version(current, version, "rubrik")  # the error rolls the transaction back
        _check_users(rubric)
        raise_version(rubric)
        record(actor=actor, at=at, action=action, target=rubric, changes=changes)
    return rubric


def words_of_rubric(rubric) -> list[tuple[str, str]]:
    """Returns the fields and weights of a rubric as pairs of label and text."""
    weights = rubric.weights.select_related("component")
    shown = [(f"Bobot {row.component.name}", _text(row.weight)) for row in weights]
    return [*said(rubric, RUBRIC), *shown]


def _check_sum(weights):
    if (total := sum(weights, Decimal(0))) != HUNDRED:
        raise ValidationError(
            f"Jumlah bobot {_text(total)}, padahal harus 100. "
            f"{'Kurangi' if total > HUNDRED else 'Tambahkan'} {_text(abs(HUNDRED - total))}."
        )


def _component(given) -> Component:
    if isinstance(given, Component):
        return given
    if known := Component.objects.filter(name__iexact=given).first():
        return known
    last = Component.objects.order_by("-position").first()
    component = Component(
        code=slugify(given)[:40], name=given, position=last.position + 1 if last else 1
    )
    component.full_clean()
    component.save()
    return component


def _write_weights(rubric, weights):
    if len({component for component, _ in weights}) < len(weights):
        raise ValidationError("Satu komponen hanya boleh ditulis sekali.")
    old = {row.component: row for row in rubric.weights.select_related("component")}
    changes = _order_change(list(old), [component for component, _ in weights])
    for position, (component, weight) in enumerate(weights, 1):
        row = old.pop(component, None) or RubricWeight(rubric=rubric, component=component)
        found = write(row, weight=weight, position=position)
        changes += about(row, [change for change in found if change[0] == "weight"], component.name)
    for component, row in old.items():
        row.delete()
        changes += about(row, [("weight", code_of(row.weight), "")], component.name)
    return changes


def _order_change(before, after):
    """Returns a history row when the remaining components have a new order."""
    before = [component.name for component in before if component in after]
    after = [component.name for component in after if component.name in before]
    return [("Urutan komponen", ", ".join(before), ", ".join(after))] if before != after else []


def _check_users(rubric):
    weights = {row.component_id: row.weight for row in rubric.weights.all()}
    scores = ComponentScore.objects.filter(evaluation__rubric=rubric)
    by_evaluation: dict[Evaluation, list[ComponentScore]] = {}
    for row in scores.select_related("component", "evaluation__unit"):
        by_evaluation.setdefault(row.evaluation, []).append(row)
    problems = [
        f"{evaluation}: {sentence}"
        for evaluation, rows in by_evaluation.items()
        for sentence in misfits(rows, rubric, weights)
    ]
    if problems:
        raise ValidationError(problems)
