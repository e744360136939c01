"""Figures and lists of the home page. All start from what the reader may see; none costs a query per row."""

from datetime import date

from performance.models import Indicator
from recommendations.selectors import review_queue as review
from recommendations.selectors.my_work import WorkItem, days_left

LIST_LENGTH = 20  # what a home page lists at most; the whole stands behind its link


def unreported_indicators(user, year: int) -> int:
    """How many indicators of the own unit hold nothing for `year`, not even a reason. One query."""
    return _unreported(user, year).count()


def unreported_body(user, year: int) -> int | None:
    """The body whose tables hold the first of them: objectives belong to a body, not to its units."""
    first = _unreported(user, year).order_by("objective__unit", "number")
    return first.values_list("objective__unit", flat=True).first()


def _unreported(user, year):
    own = Indicator.objects.visible_to(user).filter(owner_unit=user.unit_id)
    return own.alive_between(year, year).exclude(realisations__year=year)


def review_queue(user, *, today: date) -> tuple[int, list[WorkItem]]:
    """How many items wait for an evaluator, and the first of them, oldest first. Four queries."""
    waiting = review.queue(user)
    rows = waiting.for_table()[:LIST_LENGTH]
    return waiting.count(), [WorkItem(row, days_left(row, today)) for row in rows]
