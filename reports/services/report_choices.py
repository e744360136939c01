"""Remembers what a person chose for a report. It is no record of the office, so it leaves no history."""

from django.db import transaction

from reports.models import ReportChoice


@transaction.atomic
def remember(*, actor, report: str, query: str) -> None:
    """An empty query forgets: the report then opens on the latest that has data."""
    if query:
        ReportChoice.objects.update_or_create(owner=actor, report=report, defaults={"query": query})
    else:
        ReportChoice.objects.filter(owner=actor, report=report).delete()
