"""Somebody who moves to another unit, or whose account is switched off, hands over first."""

from django.core.exceptions import ValidationError

from sakip import duties


def why_not_gone(person, to_unit=None) -> str:
    """The reason why this stored person cannot leave yet; empty when nothing is left to do.

    Work in which `to_unit` has a part goes along with the person.
    """
    if found := duties.of_person(person, to_unit):
        return (
            f"{person} masih menjadi petugas {duties.listed(found)}. Alihkan dulu kepada orang "
            "lain lewat Alih petugas, lalu simpan lagi."
        )
    return ""


def require_handed_over(before, after):
    """Raises ValidationError when a person with work in hand leaves the unit or the program.

    `before` is the stored account, `after` the same account with its new fields.
    """
    if before is None or before.pk is None or not before.is_active:
        return
    if not after.is_active:
        name, reason = "is_active", why_not_gone(before)
    elif after.unit_id != before.unit_id:
        name, reason = "unit", why_not_gone(before, after.unit)
    else:
        return
    if reason:
        raise ValidationError({name: reason})
