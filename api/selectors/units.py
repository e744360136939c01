"""Units and bodies for the API."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from api.selectors.changed import narrowed_to_changed
from sakip.models import Unit, User
from sakip.querysets import UnitQuerySet, upwards


def units(
    user: User,
    *,
    body: int | None = None,
    kind: str | None = None,
    is_active: bool | None = None,
    updated_since: datetime | None = None,
) -> UnitQuerySet:
    """`body` means that unit and everything beneath it."""
    rows = narrowed_to_changed(Unit.objects.visible_to(user), updated_since)
    if body is not None:
        rows = rows.filter(pk__in=Unit.objects.beneath([known_unit(body).pk], user.unit_rows))
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows if is_active is None else rows.filter(is_active=is_active)


def bodies(user: User, **asked: Any) -> UnitQuerySet:
    """Those that may have an LHE: the bodies and the province."""
    return units(user, **asked).evaluated()


def unit_rows(records: list[Unit], user: User) -> list[dict[str, Any]]:
    """No query besides that of `unit_rows` of the reader."""
    parents = {row.pk: row.parent_id for row in user.unit_rows}
    above = {row.pk for row in user.unit_rows if row.kind in Unit.BODIES}
    return [
        {
            "id": unit.pk,
            "name": unit.name,
            "short_name": unit.short_name,
            "code": unit.code,
            "kind": unit.kind,
            "kind_name": unit.get_kind_display(),
            "parent": unit.parent_id,
            "body": next((pk for pk in upwards(unit.pk, parents) if pk in above), None),
            "is_active": unit.is_active,
            "from_date": unit.from_date,
        }
        for unit in records
    ]


def known_unit(pk: int) -> Unit:
    """Raises ValidationError. The names of units are no secret within the province."""
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None:
        raise ValidationError(f"Unit {pk} tidak ada. Daftarnya di /api/v1/units.")
    return unit
