"""Writes indicators. Each change adds one history entry."""

from copy import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import Indicator, Objective
from performance.permissions import indicator_policy, objective_policy
from performance.services.shared import lock_indicator, record_changes, require_active
from sakip.editing import require_version
from sakip.errors import require
from sakip.models import Unit, User
from sakip.writing import write


@transaction.atomic
def create_indicator(*, objective: Objective, actor: User, at: datetime, **fields) -> Indicator:
    require(objective_policy.check(actor, "edit", objective))
    require_active(fields["owner_unit"], "owner_unit")
    hold_codes(objective.unit)
    indicator = Indicator(objective=objective)
    changes = write(indicator, **fields)
    _require_free_code(indicator)
    record_changes(actor, at, indicator, changes, adding=True)
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, actor: User, at: datetime, version: int | None = None, **fields
) -> Indicator:
    """Changes these fields. Raises StaleEdit when the indicator is newer than `version` and would change."""
    hold_codes(indicator.objective.unit)
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
        if {"code", "year_from", "year_to"} & {name for name, *_ in changes}:
            _require_free_code(indicator)
    record_changes(actor, at, indicator, changes, adding=False)
    return indicator


def hold_codes(body: Unit):
    """Locks the body: two people cannot give the same code at the same moment."""
    Unit.objects.select_for_update().get(pk=body.pk)


def _require_free_code(indicator):
    """Raises ValidationError when another indicator of the body has this code in the same years."""
    if other := Indicator.objects.others_with_code(indicator).first():
        raise ValidationError(
            {
                "code": f"Kode {indicator.code} sudah dipakai “{other.name}” ({other.objective}) pada tahun "
                "yang sama. Tulis kode lain."
            }
        )
