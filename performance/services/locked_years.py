"""Locks a year of a body and opens it again. Only coordinators may do this."""

from datetime import datetime

from django.db import transaction

from performance.models import LockedYear, Objective
from performance.permissions import objective_policy
from sakip.errors import require
from sakip.history.write import record
from sakip.models import User


@transaction.atomic
def lock_year(*, unit, year: int, actor: User, at: datetime) -> None:
    """Locks the year for all indicators of a body. Does nothing when it is already locked."""
    require(objective_policy.check(actor, "edit", Objective(unit=unit)))
    _, created = LockedYear.objects.get_or_create(
        unit=unit, year=year, defaults={"locked_by": actor, "locked_at": at}
    )
    if created:
        changes = [(f"year_lock:{year}", "open", "locked")]
        record(actor=actor, at=at, action="lock_year", target=unit, changes=changes)


@transaction.atomic
def unlock_year(*, unit, year: int, actor: User, at: datetime) -> None:
    require(objective_policy.check(actor, "edit", Objective(unit=unit)))
    deleted, _ = LockedYear.objects.filter(unit=unit, year=year).delete()
    if deleted:
        changes = [(f"year_lock:{year}", "locked", "open")]
        record(actor=actor, at=at, action="unlock_year", target=unit, changes=changes)
