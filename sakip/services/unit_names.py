"""Renames and moves a unit and keeps what it was until then; records who took over the work of a unit."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from sakip.dates import format_date
from sakip.history.words import code_of
from sakip.history.write import record as record_history
from sakip.models import Unit, UnitName, UnitSuccession
from sakip.services.authority import check_structure
from sakip.services.records import lock_record, require_coordinator
from sakip.services.units import hold_tree
from sakip.writing import write

ABOVE_YOU = "Puncak jangkauan Anda tetap di tempatnya."


@transaction.atomic
def change_unit(*, unit, actor, at, day, legal_basis, version=None, batch=None, **fields) -> Unit:
    """Gives the unit these fields (names or parent) from `day`; papers of earlier days keep the old ones.

    Raises ValidationError when nothing changes or the day does not fit, StaleEdit when the unit is
    newer than `version`.
    """
    unit = lock_record(unit, version)
    require_within(actor, unit, fields.get("parent"))
    require_day(unit, day, timezone.localdate(at))
    if "parent" in fields:
        hold_tree()
        _require_structure(actor, unit, fields["parent"])
    past = UnitName(unit=unit, until=day - timedelta(days=1), legal_basis=legal_basis)
    past.name, past.short_name, past.head_title = Unit.names_of(unit)
    past.parent = unit.parent
    changes = write(unit, **fields)
    if not changes:
        raise ValidationError("Tidak ada yang berubah. Isi nama atau tempat yang baru.")
    past.full_clean()
    past.save()
    action = "move_unit" if "parent" in fields else "rename_unit"
    changes += [("from_day", "", code_of(day))]
    record_history(
        actor=actor,
        at=at,
        action=action,
        target=unit,
        changes=changes,
        note=legal_basis,
        batch=batch,
    )
    return unit


def _require_structure(actor, unit, parent):
    before, after = (unit.kind, unit.parent_id), (unit.kind, parent.pk)
    check_structure(actor=actor, unit_id=unit.pk, before=before, after=after)


def succeed(*, unit, successors, kind, actor, at, day, legal_basis, batch=None):
    """Records that the work of `unit` went to `successors` on `day`. The caller has locked the unit."""
    for successor in successors:
        row = UnitSuccession(predecessor=unit, successor=successor, kind=kind, day=day)
        row.legal_basis = legal_basis
        row.full_clean()
        row.save()
    changes = [("successors", "", code_of(successors)), ("from_day", "", code_of(day))]
    record_history(
        actor=actor,
        at=at,
        action=f"{kind}_unit",
        target=unit,
        changes=changes,
        note=legal_basis,
        batch=batch,
    )


def require_within(actor, unit, parent=None):
    """Raises PermissionDenied when unit or new parent is out of reach, ValidationError for the own top."""
    require_coordinator(actor)
    if actor.is_superuser or actor.reach is None:
        return
    if unit.pk not in actor.reach:
        raise PermissionDenied("Unit ini di luar jangkauan Anda.")
    if parent is not None:
        if parent.pk not in actor.reach:
            raise PermissionDenied("Unit ini di luar jangkauan Anda.")
        if unit.parent_id not in actor.reach:
            raise ValidationError({"parent": ABOVE_YOU})


def require_day(unit, day, today):
    """Raises ValidationError when `day` is in the future, or not after what is known of the unit."""
    if day > today:
        message = "Tulis tanggal yang tidak melewati hari ini; lakukan pada hari mulai berlakunya."
        raise ValidationError({"day": message})
    if (begin := beginning_of(unit)) and day <= begin:
        message = (
            f"{unit} baru ada dengan nama dan tempatnya sekarang sejak {format_date(begin)}. "
            "Tulis tanggal sesudahnya."
        )
        raise ValidationError({"day": message})


def beginning_of(unit):
    """The first day of the unit as it is now; None when that is not known. One query."""
    renamed = unit.former_names.order_by("-until").values_list("until", flat=True).first()
    days = [unit.from_date, renamed and renamed + timedelta(days=1)]
    return max(filter(None, days), default=None)
