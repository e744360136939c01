"""Issued reports for the API: what they are and how to verify them, not what they say."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from api.selectors.changed import narrowed_to_changed
from reports.models import IssuedReport
from reports.querysets import IssuedReportQuerySet
from sakip.models import User


def reports(
    user: User,
    *,
    year: int | None = None,
    body: int | None = None,
    status: str | None = None,
    updated_since: datetime | None = None,
) -> IssuedReportQuerySet:
    """`year` is that of the date on the paper."""
    rows = narrowed_to_changed(IssuedReport.objects.visible_to(user), updated_since)
    if year is not None:
        rows = rows.filter(date__year=year)
    if body is not None:
        rows = rows.filter(unit=body)
    return rows if status is None else rows.filter(status=status)


def load_reports(rows: IssuedReportQuerySet) -> IssuedReportQuerySet:
    return rows.with_successor().defer("snapshot", "spec")


def report_rows(records: list[IssuedReport], user: User) -> list[dict[str, Any]]:
    """No query."""
    return [
        {
            "id": record.pk,
            "body": record.unit_id,
            "evaluation": record.evaluation_id,
            "product": record.product,
            "title": record.title,
            "number": record.number,
            "date": record.date,
            "issued_at": record.issued_at,
            "status": record.status,
            "is_superseded": getattr(record, "is_superseded"),  # noqa: B009  of `with_successor`
            "supersedes": record.supersedes_id,
            "withdrawn_at": record.withdrawn_at,
            "withdrawn_reason": record.withdrawn_reason,
            "is_signed": record.is_signed,
            "file_name": record.file_name,
            "size": record.size,
            "sha256": record.sha256,
            "code": record.code,
            "verification_page": reverse("reports:verification", args=[record.code]),
            "page": record.get_absolute_url(),
        }
        for record in records
    ]
