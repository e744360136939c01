"""Writes indicators. Each change adds one history entry."""

from copy import copy
from datetime import datetime

from django.db import transaction

from performance.models import Indicator, Objective
from performance.permissions import indicator_policy, objective_policy
from performance.services.shared import lock_indicator, record_changes, require_active
from sakip.editing import require_version
from sakip.errors import require
from sakip.models import User
from sakip.writing import write


@transaction.atomic
def create_indicator(*, objective: Objective, actor: User, at: datetime, **fields) -> Indicator:
    require(objective_policy.check(actor, "edit", objective))
    require_active(fields["owner_unit"], "owner_unit")
    indicator = Indicator(objective=objective)
    changes = write(indicator, **fields)
    record_changes(actor, at, indicator, changes, adding=True)
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, actor: User, at: datetime, version: int | None = None, **fields
) -> Indicator:
    """Changes these fields. Raises StaleEdit when the indicator is newer than `version` and would change."""
    current = lock_indicator(indicator)
    indicator = copy(current)
    require(indicator_policy.check(actor, "edit", indicator))
    owner = fields.get("owner_unit")
    if (
        owner and owner.pk != indicator.owner_unit_id
    ):  # the present owner may stay even if it is inactive
        require_active(owner, "owner_unit")
    if changes := write(indicator, **fields):
        require_version(current, version, "indikator")  # a StaleEdit rolls back the changes
    record_changes(actor, at, indicator, changes, adding=False)
    return indicator
