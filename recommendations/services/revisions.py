"""Records that the Inspektorat revised an LHE: the old version stays readable, follow-ups stay attached."""

from django.core.exceptions import ValidationError
from django.db import transaction

from recommendations.models import Evaluation, EvaluationRevision
from recommendations.permissions import evaluation_policy
from recommendations.rules.score_comparison import figures
from recommendations.services.evaluations import PARTS, SHEET, part_label
from recommendations.services.letters import attach_letter
from sakip.dates import format_date
from sakip.editing import require_version
from sakip.errors import require, still_there
from sakip.history.write import record
from sakip.numbers import format_number
from sakip.writing import said, write


@transaction.atomic
def revise_evaluation(
    *, evaluation, actor, at, letter_number, letter_date, reason, upload=None, version=None
) -> Evaluation:
    """Freezes the present version and writes number and date of the revised letter.

    Scores and recommendations are corrected afterwards, each in its own place. Raises StaleEdit when
    `version` is no longer current.
    """
    rows = Evaluation.objects.select_for_update(of=("self",)).with_scores()
    evaluation = still_there(rows, evaluation)
    require(evaluation_policy.check(actor, "edit", evaluation))
    require_version(evaluation, version, "LHE")
    _check(evaluation, letter_number, letter_date, reason)
    frozen = EvaluationRevision(
        evaluation=evaluation,
        number=evaluation.revisions.count() + 1,
        letter_number=evaluation.letter_number,
        letter_date=evaluation.letter_date,
        letter=evaluation.letters.first(),
        content=content_of(evaluation),
        reason=reason.strip(),
        replaced_by=actor,
        replaced_at=at,
    )
    frozen.full_clean()
    frozen.save()
    changes = write(evaluation, letter_number=letter_number, letter_date=letter_date)
    note = frozen.reason
    record(actor=actor, at=at, action="revise", target=evaluation, changes=changes, note=note)
    if upload:
        attach_letter(evaluation=evaluation, upload=upload, actor=actor, at=at)
    return evaluation


def _check(evaluation, number, date, reason):
    errors = {}
    if not number.strip():
        errors["letter_number"] = "Tulis nomor LHE revisi."
    if date is None:
        errors["letter_date"] = "Tulis tanggal LHE revisi."
    elif evaluation.letter_date and date < evaluation.letter_date:
        errors["letter_date"] = (
            f"LHE revisi tidak mungkin mendahului LHE semula, {format_date(evaluation.letter_date)}."
        )
    if not reason.strip():
        errors["reason"] = "Tulis alasan revisi, misalnya hasil sanggahan."
    if not errors and (number, date) == (evaluation.letter_number, evaluation.letter_date):
        errors["letter_number"] = "Nomor dan tanggal ini sama dengan LHE semula."
    if errors:
        raise ValidationError(errors)


def content_of(evaluation) -> dict:
    """What the LHE says now, as plain data for `EvaluationRevision.content`. Needs `with_scores()`."""
    now = figures(evaluation)
    recommendations = evaluation.recommendations.select_related("component")
    return {
        "facts": said(evaluation, SHEET),
        "total": format_number(now.total),
        "grade": now.grade or "-",
        "scores": [_score(evaluation.rubric, now, component) for component in _components(now)],
        "recommendations": [
            {
                "number": row.number,
                "title": row.title,
                "criterion": row.criterion_code,
                "text": row.text,
                "points": [point.text for point in row.points.all()],
            }
            for row in recommendations.prefetch_related("points").order_by("number")
        ],
    }


def _components(now):
    return dict.fromkeys([*now.weights, *now.scores])


def _score(rubric, now, component):
    row = now.scores.get(component)
    parts = [
        [part_label(rubric, name), format_number(value)]
        for name in PARTS
        if row and (value := getattr(row, f"{name}_score")) is not None
    ]
    return {
        "component": component.name,
        "weight": format_number(now.weights.get(component)),
        "score": format_number(now.score(component)),
        "parts": parts,
        "reported_change": format_number(row.reported_change if row else None),
        "remark": row.remark if row else "",
    }
