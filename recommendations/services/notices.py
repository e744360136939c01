"""Marks notices as read and stores a person's choices for e-mail and the calendar feed."""

from django.urls import reverse

from recommendations.models import Notice, NoticeChoices
from recommendations.models.notice import new_calendar_key
from recommendations.selectors.renaksi_list import address


def address_of(notice) -> str:
    """Returns the address that the notice leads to; empty when its renaksi was deleted."""
    if notice.kind == Notice.Kind.LATE:
        return address("batas=overdue")
    return (
        reverse("recommendations:renaksi-detail", args=[notice.renaksi_id])
        if notice.renaksi_id
        else ""
    )


def mark_read(*, actor, at, notices):
    """Marks these notices of the person as read; notices read before keep their time."""
    Notice.objects.filter(person=actor, pk__in=notices, read_at=None).update(read_at=at)


def mark_all_read(*, actor, at, until):
    """Marks all notices up to the key `until` as read, so that newer unseen ones stay unread."""
    Notice.objects.filter(person=actor, pk__lte=until, read_at=None).update(read_at=at)


def choose(*, actor, unwanted, weekly) -> NoticeChoices:
    """`unwanted` are the kinds of notices that the person does not want by e-mail; `weekly`: the figures on Mondays."""
    return NoticeChoices.objects.update_or_create(
        person=actor, defaults={"unwanted": sorted(unwanted), "wants_weekly": weekly}
    )[0]


def renew_calendar_key(*, actor) -> NoticeChoices:
    """Makes a new secret address of the calendar feed; the old address stops working."""
    return NoticeChoices.objects.update_or_create(
        person=actor, defaults={"calendar_key": new_calendar_key()}
    )[0]
