"""What people do with their own inbox and with the choice of what reaches them by e-mail."""

from recommendations.models import Notice, NoticeChoices
from recommendations.models.notice import new_calendar_key


def mark_read(*, actor, at, notices):
    """Marks these notices of the person read; those read before keep their time."""
    Notice.objects.filter(person=actor, pk__in=notices, read_at=None).update(read_at=at)


def mark_all_read(*, actor, at, until):
    """Marks everything up to the notice numbered `until`, so that none is marked unseen."""
    Notice.objects.filter(person=actor, pk__lte=until, read_at=None).update(read_at=at)


def choose(*, actor, unwanted) -> NoticeChoices:
    """`unwanted` are the kinds that stay out of the person's e-mail."""
    return NoticeChoices.objects.update_or_create(
        person=actor, defaults={"unwanted": sorted(unwanted)}
    )[0]


def renew_calendar_key(*, actor) -> NoticeChoices:
    """A new secret address of the calendar feed; the one before stops working."""
    return NoticeChoices.objects.update_or_create(
        person=actor, defaults={"calendar_key": new_calendar_key()}
    )[0]
