"""Closes a quarter of a body, which makes its reports read-only, and opens it again."""

from django.db import transaction

from recommendations.models import QuarterClosing, QuarterlyReport
from recommendations.permissions import quarter_policy
from sakip.errors import WrongState, require
from sakip.history.write import record
from sakip.models import Unit
from sakip.prepared import Prepared


@transaction.atomic
def close_quarter(*, unit, year, quarter, actor, at) -> QuarterClosing:
    closing = _locked(unit, year, quarter, actor)
    if closing.pk:
        raise WrongState(f"{name_of(year, quarter)} sudah ditutup.")
    closing.closed_by, closing.closed_at = actor, at
    closing.full_clean()
    closing.save()
    _record("close_quarter", closing, actor, at, "open", "closed")
    return closing


@transaction.atomic
def reopen_quarter(*, unit, year, quarter, actor, at):
    closing = _locked(unit, year, quarter, actor)
    if not closing.pk:
        raise WrongState(f"{name_of(year, quarter)} tidak sedang ditutup.")
    closing.delete()
    _record("reopen_quarter", closing, actor, at, "closed", "open")


def closed_quarters(renaksi) -> set[tuple[int, int]]:
    """Returns (year, quarter) of each closed quarter for the body of the renaksi. One query."""
    body = renaksi.recommendation.evaluation.unit_id
    return set(CLOSED(body))


CLOSED = Prepared(
    lambda body: QuarterClosing.objects.filter(unit=body).values_list("year", "quarter")
)


def name_of(year, quarter) -> str:
    return f"{QuarterlyReport.Quarter(quarter).label} {year}"


def _locked(unit, year, quarter, actor):
    """Returns the closing, or a new unsaved one. Locks the body so that two people cannot close at once."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    key = {"unit": unit, "year": year, "quarter": quarter}
    require(quarter_policy.check(actor, "close", QuarterClosing(**key)))
    return QuarterClosing.objects.filter(**key).first() or QuarterClosing(**key)


def _record(action, closing, actor, at, before, after):
    change = (f"quarter_closing:{name_of(closing.year, closing.quarter)}", before, after)
    record(actor=actor, at=at, action=action, target=closing.unit, changes=[change])
