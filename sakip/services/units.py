"""A unit is switched off only when it has nothing to do any more."""

from django.core.exceptions import ValidationError

from sakip import duties
from sakip.models import Unit, User
from sakip.roles import Role

OWN_UNIT = "Unit tempat Anda sendiri tidak dapat dinonaktifkan."
CHILDREN_FIRST = "Nonaktifkan dulu unit di bawahnya."


def hold_tree():
    """Locks the tree: two people could each put one unit below the other at the same moment."""
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def why_not_switched_off(unit, actor=None) -> str:
    """The reason why this unit must stay active; empty when it may be switched off."""
    if unit.children.filter(is_active=True).exists():
        return CHILDREN_FIRST
    return why_busy(unit, actor)


def why_busy(unit, actor=None) -> str:
    """The same without regard to the units below it, for a caller who knows these better."""
    if actor is not None and unit.pk == actor.unit_id:
        return OWN_UNIT
    if found := duties.of_unit(unit):
        return (
            f"{unit} masih mempunyai {duties.listed(found)}. Pindahkan dulu dengan Reorganisasi "
            "pada halaman unit ini; unit lama lalu dinonaktifkan sekaligus."
        )
    return ""


def require_idle(unit, actor=None):
    """Raises ValidationError when the unit may not be switched off yet."""
    if reason := why_not_switched_off(unit, actor):
        raise ValidationError({"is_active": reason})


def people_of(unit):
    return [
        (
            User.objects.filter(is_active=True).holding(Role.values, [unit.pk]).count(),
            "pengguna aktif",
        )
    ]


duties.register(of_unit=people_of)
