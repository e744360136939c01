"""Somebody who moves to another unit, or whose account is switched off, hands over first."""

from django.core.exceptions import ValidationError

from sakip import duties


def why_not_gone(person, units=()) -> str:
    """The reason why this stored person cannot leave yet; empty when nothing is left to do.

    Work in which one of `units`, where the person will be, has a part goes along with the person.
    """
    if found := duties.of_person(person, units):
        return (
            f"{person} masih menjadi petugas {duties.listed(found)}. Alihkan dulu kepada orang "
            "lain lewat Alihkan petugas, lalu simpan lagi."
        )
    return ""


def _places(person):
    return [person.unit, *(post.unit for post in person.other_posts.select_related("unit"))]


def require_handed_over(before, after):
    """Raises ValidationError when a person with work in hand leaves the unit or the program.

    `before` is the stored account, `after` the same account with its new fields.
    """
    if before is None or before.pk is None or not before.is_active:
        return
    if not after.is_active:
        name, reason = "is_active", why_not_gone(before)
    elif after.unit_id != before.unit_id:
        name, reason = "unit", why_not_gone(before, _places(after))
    else:
        return
    if reason:
        raise ValidationError({name: reason})
