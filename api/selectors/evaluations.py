"""LHE and their scores for the API."""

from datetime import datetime
from typing import Any

from api.selectors.changed import narrowed_to_changed
from api.selectors.plain import exact, rounded
from recommendations.models import Evaluation
from recommendations.querysets import EvaluationQuerySet
from recommendations.rules.grades import percent_of_weight
from recommendations.rules.score_comparison import figures
from sakip.models import User
from sakip.richtext import plain_text


def evaluations(
    user: User,
    *,
    year: int | None = None,
    body: int | None = None,
    updated_since: datetime | None = None,
) -> EvaluationQuerySet:
    rows = narrowed_to_changed(Evaluation.objects.visible_to(user), updated_since)
    if year is not None:
        rows = rows.filter(performance_year=year)
    return rows if body is None else rows.filter(unit=body)


def load_evaluations(rows: EvaluationQuerySet) -> EvaluationQuerySet:
    """Four queries in all."""
    return rows.with_scores()


def evaluation_rows(records: list[Evaluation], user: User) -> list[dict[str, Any]]:
    """No query."""
    return [_row(record) for record in records]


def _row(record):
    found = figures(record)
    return {
        "id": record.pk,
        "body": record.unit_id,
        "body_name": record.unit.name,
        "performance_year": record.performance_year,
        "evaluation_year": record.evaluation_year,
        "letter_number": record.letter_number,
        "letter_date": record.letter_date,
        "subject": record.subject,
        "rubric": record.rubric.name,
        "rubric_is_estimate": record.rubric.is_estimate,
        "total": exact(found.total),
        "grade": found.grade,
        "reported_total": exact(record.reported_total),
        "reported_grade": record.reported_grade or None,
        "scores": [_score(name, found) for name in dict.fromkeys([*found.weights, *found.scores])],
        "page": record.get_absolute_url(),
    }


def _score(component, found):
    weight, row = found.weights.get(component), found.scores.get(component)
    return {
        "component": component.code,
        "component_name": component.name,
        "weight": exact(weight),
        "score": exact(row.score) if row else None,
        "percent_of_weight": rounded(percent_of_weight(row.score if row else None, weight)),
        "existence_score": exact(row.existence_score) if row else None,
        "quality_score": exact(row.quality_score) if row else None,
        "use_score": exact(row.use_score) if row else None,
        "remark": plain_text(row.remark) if row else "",
    }
