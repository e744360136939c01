"""Who holds a post when: the terms of one post do not overlap."""

from django.core.exceptions import ValidationError

from sakip.dates import format_date
from sakip.models import Official


def require_free_post(official):
    """Raises ValidationError when somebody else is in the same post, in the same way, in these days.

    A Plt. or Plh. may act while the holder of the post is away, but not beside another one.
    """
    others = Official.objects.of_post(official).exclude(pk=official.pk)
    others = others.filter(acting=official.acting)
    if other := others.overlapping(official.from_date, official.to_date).first():
        raise ValidationError({"from_date": _taken(other)})


def _taken(other):
    held = f"{other.title} sudah dijabat {other.name}"
    if other.to_date is None:
        since = f" {other.term}" if other.term else ""
        return (
            f"{held}{since}, tanpa tanggal akhir. Isi dulu tanggal akhirnya, lalu tulis tanggal "
            "sesudahnya di sini."
        )
    return f"{held} {other.term}. Tulis masa jabatan yang tidak beririsan."


def not_in_office(official, day, user) -> str:
    """A sentence that says who held the post on that day; empty when `official` did.

    It names only people whom `user` may see. One query, none when the term fits.
    """
    if official.is_in_office(day):
        return ""
    holders = Official.objects.visible_to(user).of_post(official).in_office(day)
    names = ", ".join(f"{holder.name} ({holder.title})" for holder in holders)
    known = f"Yang menjabat saat itu: {names}." if names else "Pejabat saat itu belum dicatat."
    return (
        f"{official.name} menjabat {official.title} {official.term}, bukan pada "
        f"{format_date(day)}. {known}"
    )
