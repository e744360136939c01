"""Coordinators write units, officials and letterheads. Every change adds one history entry.

A superuser can do the same in the admin site, with any role and reach.
"""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sakip.editing import StaleEdit, require_version
from sakip.history.write import record as record_history
from sakip.models import Letterhead, Official, Unit, User
from sakip.roles import Role
from sakip.services.authority import check_structure
from sakip.services.officials import require_free_post
from sakip.services.units import hold_tree, require_idle
from sakip.writing import write

NOUNS = {Unit: "unit", User: "akun", Official: "pejabat", Letterhead: "kop surat"}


@transaction.atomic
def save_record(*, record, actor, at, version=None, **fields):
    """Writes these fields of a stored or new unit, official or letterhead, and returns the record.

    Raises ValidationError when a field breaks a rule, StaleEdit when the stored record has another
    `version`, PermissionDenied outside the actor's reach.
    """
    place = "parent" if isinstance(record, Unit) else "unit"
    record = lock_record(record, version)
    before = copy(record)
    if not record._state.adding:
        _require_reach(actor, record if isinstance(record, Unit) else record.unit)
    if fields.get(place) and fields[place] != getattr(record, place, None):
        _require_reach(actor, fields[place])
    if isinstance(record, Unit):
        _require_structure(actor, record, fields)
    _lock_unit(record, fields)
    if isinstance(record, Unit) and "parent" in fields:
        hold_tree()
    if (original := getattr(fields.get("logo"), "original_sha256", None)) is not None:
        fields["logo_original_sha256"] = original
    record = write_record(record, actor, at, fields)
    _require_sound(record, before, actor)  # a refusal rolls back what was written
    return record


def _require_sound(record, before, actor):
    if isinstance(record, Official):
        require_free_post(record)
    elif isinstance(record, Unit) and before.is_active and not record.is_active and before.pk:
        require_idle(record, actor)


def lock_record(record, version=None):
    """The stored record as it is now, locked. For a new record a copy, so that a failed save can be repeated."""
    if record._state.adding:
        return copy(record)
    held = type(record).objects.select_for_update().filter(pk=record.pk).first()
    if held is None:
        raise StaleEdit(NOUNS[type(record)], None)
    require_version(held, version, NOUNS[type(record)])
    return held


def _lock_unit(record, fields):
    """Locks the unit of a new letterhead, and of an official.

    When two people add a letterhead to one unit at the same time, the second waits here, before its
    picture is stored. Of two people who fill one post at the same time the second sees the first.
    """
    is_new_head = isinstance(record, Letterhead) and record._state.adding
    if is_new_head or isinstance(record, Official):
        pk = fields["unit"].pk if fields.get("unit") else record.unit_id
        list(Unit.objects.select_for_update().filter(pk=pk))


def write_record(record, actor, at, fields):
    action = "create" if record._state.adding else "edit"
    changes = write(record, **fields)
    if changes or action == "create":
        record_history(actor=actor, at=at, action=action, target=record, changes=changes)
    return record


def require_coordinator(actor):
    if not actor.is_superuser and actor.role != Role.COORDINATOR:
        raise PermissionDenied("Pengaturan hanya untuk koordinator.")


def _require_structure(actor, unit, fields):
    before = None if unit._state.adding else (unit.kind, unit.parent_id)
    parent = fields.get("parent", unit.parent)
    after = (fields.get("kind", unit.kind), parent and parent.pk)
    check_structure(actor=actor, unit_id=unit.pk, before=before, after=after)


def _require_reach(actor, unit):
    require_coordinator(actor)
    if not actor.is_superuser and actor.reach is not None and unit.pk not in actor.reach:
        raise PermissionDenied("Unit ini di luar jangkauan Anda.")
