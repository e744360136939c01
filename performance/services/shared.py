"""Shared code of the services of objectives and indicators."""

from django.core.exceptions import ValidationError

from performance.models import Indicator
from sakip.errors import still_there
from sakip.history.write import record


def require_active(unit, field):
    if not unit.is_active:
        raise ValidationError({field: f"{unit} sudah tidak aktif. Pilih unit lain."})


def record_changes(actor, at, target, changes, adding):
    if changes:
        action = "create" if adding else "edit"
        record(actor=actor, at=at, action=action, target=target, changes=changes)


def lock_indicator(indicator):
    rows = Indicator.objects.select_for_update(of=("self",)).select_related("objective__unit")
    return still_there(rows, indicator)
