"""Figures and lists of the home page. They contain only what the reader may see; no query per row."""

from datetime import date

from performance.models import Indicator
from recommendations.models import Notice, Renaksi
from recommendations.selectors import review_queue as review
from recommendations.selectors.my_work import WorkItem, days_left

MENTIONS_LENGTH = 5
LIST_LENGTH = 20  # most rows of a list on a home page; a link leads to all of them


def unreported_indicators(user, year: int) -> int:
    """Returns how many indicators of the user's unit have neither value nor reason for `year`. One query."""
    return _unreported(user, year).count()


def unreported_body(user, year: int) -> int | None:
    """Returns the body with the first of these indicators. Objectives belong to a body, not to its units."""
    first = _unreported(user, year).order_by("objective__unit", "number")
    return first.values_list("objective__unit", flat=True).first()


def _unreported(user, year):
    own = Indicator.objects.visible_to(user).filter(owner_unit=user.unit_id)
    return own.alive_between(year, year).exclude(realisations__year=year)


def mentions(user) -> list[Notice]:
    """Returns the unread notices about comments that name the user, latest first. One query."""
    unread = Notice.objects.filter(person=user.pk, read_at=None, kind=Notice.Kind.MENTIONED)
    seen = unread.filter(renaksi__in=Renaksi.objects.visible_to(user))
    return list(seen.order_by("-created_at", "-pk")[:MENTIONS_LENGTH])


def review_queue(user, *, today: date) -> tuple[int, list[WorkItem]]:
    """Returns how many items wait for an evaluator, and the first ones, oldest first. Four queries."""
    waiting = review.queue(user)
    rows = waiting.for_table()[:LIST_LENGTH]
    return waiting.count(), [WorkItem(row, days_left(row, today)) for row in rows]
