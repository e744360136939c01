"""Writes indicators. Each change adds one history entry."""

from copy import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from performance.models import Indicator, Objective
from performance.permissions import indicator_policy, objective_policy
from performance.selectors.locked_years import locked_years
from performance.services.shared import lock_indicator, record_changes, require_active
from sakip.deleting import last_words, require_bare
from sakip.editing import require_version
from sakip.errors import WrongState, require, still_there
from sakip.history.write import record
from sakip.models import Unit, User
from sakip.writing import write


@transaction.atomic
def create_indicator(*, objective: Objective, actor: User, at: datetime, **fields) -> Indicator:
    objective = still_there(Objective.objects.select_for_update(of=("self",)), objective)
    require(objective_policy.check(actor, "edit", objective))
    require_active(fields["owner_unit"], "owner_unit")
    hold_codes(objective.unit)
    indicator = Indicator(objective=objective)
    changes = write(indicator, **fields)
    _require_free_code(indicator)
    record_changes(actor, at, indicator, changes, adding=True)
    return indicator


@transaction.atomic
def delete_indicator(*, indicator, actor: User, at: datetime, version: int | None = None):
    """Deletes an indicator without figures; the history of its objective keeps it and its targets."""
    indicator = lock_indicator(indicator)
    require_deletable(indicator, actor)
    require_version(indicator, version, "indikator")
    changes = last_words(indicator, ("number", "name", "code", "measure", "owner_unit"))
    for target in indicator.targets.all():
        changes += last_words(target, ("value", "high"), target.year)
    target = indicator.objective
    record(actor=actor, at=at, action="delete_indicator", target=target, changes=changes)
    indicator.delete()


def require_deletable(indicator, actor):
    """Years without a figure go with the indicator, unless they are locked."""
    require(indicator_policy.check(actor, "edit", indicator))
    require_bare(indicator, own=("targets", "realisations", "smart_marks"))
    filled = Q(missing="") | Q(evidence__isnull=False)
    if count := indicator.realisations.filter(filled).distinct().count():
        raise WrongState(f"Indikator ini mempunyai {count} realisasi, jadi tidak dapat dihapus.")
    years = {row.year for row in (*indicator.targets.all(), *indicator.realisations.all())}
    if locked := sorted(years & locked_years(indicator)):
        raise WrongState(f"Indikator ini mempunyai isi pada tahun {locked[0]}, yang sudah dikunci.")


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
