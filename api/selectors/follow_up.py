"""Recommendations, renaksi and their evidence for the API."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from api.selectors.changed import keys_changed, narrowed_to_changed
from api.selectors.units import known_unit
from recommendations.models import Component, Evidence, Recommendation, Renaksi
from recommendations.querysets import RenaksiQuerySet
from recommendations.selectors.renaksi_list import narrowed
from recommendations.transitions import CLAIMED, VERIFIED
from sakip.models import User
from sakip.numbers import list_letter
from sakip.richtext import plain_text


def recommendations(
    user: User,
    *,
    year: int | None = None,
    body: int | None = None,
    evaluation: int | None = None,
    component: str | None = None,
    updated_since: datetime | None = None,
) -> QuerySet[Recommendation]:
    rows = narrowed_to_changed(Recommendation.objects.visible_to(user), updated_since)
    if year is not None:
        rows = rows.filter(evaluation__performance_year=year)
    if body is not None:
        rows = rows.filter(evaluation__unit=body)
    if evaluation is not None:
        rows = rows.filter(evaluation=evaluation)
    return rows if component is None else rows.filter(component=_component(component))


def load_recommendations(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    return rows.select_related("evaluation", "component").prefetch_related("points")


def recommendation_rows(records: list[Recommendation], user: User) -> list[dict[str, Any]]:
    """No query."""
    return [
        {
            "id": record.pk,
            "evaluation": record.evaluation_id,
            "body": record.evaluation.unit_id,
            "performance_year": record.evaluation.performance_year,
            "number": record.number,
            "component": record.component.code if record.component else None,
            "title": record.title,
            "criterion_code": record.criterion_code,
            "text": plain_text(record.text),
            "points": [
                {"letter": list_letter(point.position), "text": plain_text(point.text)}
                for point in record.points.all()
            ],
            "previous": record.previous_id,
            "page": record.get_absolute_url(),
        }
        for record in records
    ]


def renaksi(
    user: User,
    *,
    today: date,
    year: int | None = None,
    body: int | None = None,
    unit: int | None = None,
    evaluation: int | None = None,
    component: str | None = None,
    status: str | None = None,
    late: bool | None = None,
    updated_since: datetime | None = None,
) -> RenaksiQuerySet:
    """With the filters of the list on screen; `unit` leads or supports, or a unit beneath it does."""
    rows = narrowed(
        narrowed_to_changed(Renaksi.objects.visible_to(user), updated_since),
        today=today,
        year=year,
        body=body,
        unit=known_unit(unit) if unit is not None else None,
        evaluation=evaluation,
        component=_component(component) if component is not None else None,
        status=status or "",
    )
    if late is None:
        return rows
    overdue = RenaksiQuerySet.overdue_condition(today)
    return rows.filter(overdue) if late else rows.exclude(overdue)


def load_renaksi(rows: RenaksiQuerySet) -> RenaksiQuerySet:
    return (
        rows.select_related("component", "point")
        .with_evidence()
        .prefetch_related("supporting_units")
    )


def renaksi_rows(records: list[Renaksi], user: User, today: date) -> list[dict[str, Any]]:
    """No query."""
    return [_renaksi_row(record, today) for record in records]


def _renaksi_row(record, today):
    is_late = record.is_overdue(today)
    return {
        "id": record.pk,
        "recommendation": record.recommendation_id,
        "evaluation": record.evaluation_id,
        "body": record.body_id,
        "performance_year": record.performance_year,
        "number": f"{record.recommendation_number}.{record.letter}",
        "component": record.component.code if record.component else None,
        "point": list_letter(record.point.position) if record.point else None,
        "plan": plain_text(record.plan),
        "follow_up": plain_text(record.follow_up),
        "not_actionable_reason": record.not_actionable_reason,
        "lead_unit": record.lead_unit_id,
        "supporting_units": sorted(unit.pk for unit in record.supporting_units.all()),
        "due_date": record.due_date,
        "is_late": is_late,
        "days_late": (today - record.due_date).days if is_late else 0,
        "status": record.status,
        "status_name": record.get_status_display(),
        "is_claimed": record.status in CLAIMED,
        "is_verified": record.status in VERIFIED,
        "has_evidence": record.has_evidence,
        "submitted_at": record.submitted_at,
        "closed_at": record.closed_at,
        "page": record.get_absolute_url(),
    }


def evidence(
    user: User,
    *,
    renaksi: int | None = None,
    year: int | None = None,
    body: int | None = None,
    is_archived: bool | None = None,
    updated_since: datetime | None = None,
) -> QuerySet[Evidence]:
    """`updated_since`: of renaksi that changed; the history tells of evidence there."""
    rows = Evidence.objects.visible_to(user)
    if renaksi is not None:
        rows = rows.filter(renaksi=renaksi)
    if year is not None:
        rows = rows.filter(renaksi__performance_year=year)
    if body is not None:
        rows = rows.filter(renaksi__body=body)
    if is_archived is not None:
        rows = rows.filter(is_archived=is_archived)
    if updated_since is not None:
        rows = rows.filter(renaksi__in=keys_changed(Renaksi, updated_since))
    return rows


def load_evidence(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.prefetch_related("revisions")


def evidence_rows(records: list[Evidence], user: User) -> list[dict[str, Any]]:
    """No query. `file` is the newest revision."""
    return [
        {
            "id": record.pk,
            "renaksi": record.renaksi_id,
            "kind": record.kind,
            "kind_name": record.get_kind_display(),
            "title": record.title,
            "caption": record.caption,
            "url": record.url,
            "document_number": record.document_number,
            "document_date": record.document_date,
            "page_hint": record.page_hint,
            "is_archived": record.is_archived,
            "file": _file(next(iter(record.revisions.all()), None)),
            "page": record.get_absolute_url(),
        }
        for record in records
    ]


def _file(revision):
    if revision is None:
        return None
    rest = f"evidence/{revision.evidence_id}/file"
    return {
        "revision": revision.number,
        "name": revision.original_name,
        "content_type": revision.content_type,
        "size": revision.size,
        "sha256": revision.sha256,
        "uploaded_at": revision.uploaded_at,
        "address": reverse("api:v1", args=[rest]),
    }


def _component(code):
    found = Component.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Component.objects.values_list("code", flat=True))
        raise ValidationError(f"Komponen “{code}” tidak ada. Yang ada: {known}.")
    return found.pk
