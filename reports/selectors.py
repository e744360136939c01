"""Figures and lists of the home page. All start from what the reader may see; none costs a query per row."""

from datetime import date

from performance.models import Indicator
from recommendations import review
from recommendations.work import WorkItem, days_left

LIST_LENGTH = 20  # what a home page lists at most; the whole stands behind its link


def unreported_indicators(user, year: int) -> int:
    """How many indicators of the own unit hold nothing for `year`, not even a reason. One query."""
    own = Indicator.objects.visible_to(user).filter(owner_unit=user.unit_id)
    return own.alive_between(year, year).exclude(realisations__year=year).count()


def review_queue(user, *, today: date) -> tuple[int, list[WorkItem]]:
    """How many items wait for an evaluator, and the first of them, oldest first. Four queries."""
    waiting = review.queue(user)
    rows = waiting.for_table()[:LIST_LENGTH]
    return waiting.count(), [WorkItem(row, days_left(row, today)) for row in rows]
