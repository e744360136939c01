"""Figures and lists of the home page. They contain only what the reader may see; no query per row."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from performance.models import Indicator
from performance.rules.quarters import due_date, ended_quarter
from recommendations.models import Notice, Renaksi
from recommendations.selectors import review_queue as review
from recommendations.selectors.review_order import OLDEST_FIRST, in_pages
from recommendations.selectors.review_rows import QueuedRenaksi, queued
from sakip.models import Unit
from sakip.numbers import roman
from sakip.paging import count_words

MENTIONS_LENGTH = 5
LIST_LENGTH = 20  # most rows of a list on a home page; a link leads to all of them


@dataclass(frozen=True)
class Unreported:
    """Indicators of the user's unit without a figure for a year, or for its `quarter`, in one body.

    `due` is the last day on which the figures of the quarter are in time.
    """

    unit: Unit
    year: int
    quarter: int | None
    due: date | None
    is_late: bool
    indicators: list[Indicator]

    @property
    def period(self) -> str:
        return (
            f"triwulan {roman(self.quarter)} {self.year}" if self.quarter else f"tahun {self.year}"
        )

    @property
    def address(self) -> str:
        """The entry grid of the body, at this year and quarter, with the reader's own rows."""
        asked = {"unit": self.unit.pk, "tahun": self.year, "triwulan": self.quarter or ""}
        asked["baris"] = "saya"
        return f"{reverse('performance:entry-grid')}?{urlencode(asked)}"


def unreported(user, today: date) -> list[Unreported]:
    """The indicators whose figures are missing: of the last complete year, and of the quarter that has ended.

    Objectives belong to a body and not to its units, so each body has its own line. Two queries.
    """
    own = Indicator.objects.visible_to(user).filter(owner_unit=user.unit_id)
    own = own.select_related("objective__unit").order_by(
        "objective__unit__name", "objective__unit", "objective__number", "number"
    )
    year, (quarter_year, quarter) = today.year - 1, ended_quarter(today)
    missing = own.alive_between(year, year).exclude(realisations__year=year)
    of_quarter = own.alive_between(quarter_year, quarter_year)
    of_quarter = of_quarter.without_quarter(quarter_year, quarter)
    due = due_date(quarter_year, quarter)
    return [
        *_by_body(of_quarter, year=quarter_year, quarter=quarter, due=due, is_late=due < today),
        *_by_body(missing, year=year, quarter=None, due=None, is_late=False),
    ]


def _by_body(rows, **period):
    return [
        Unreported(unit, indicators=list(some), **period)
        for unit, some in groupby(rows, key=lambda row: row.objective.unit)
    ]


def mentions(user) -> list[Notice]:
    """Returns the unread notices about comments that name the user, latest first. One query, two when there
    are any: what the user may see is a long question."""
    unread = Notice.objects.filter(person=user.pk, read_at=None, kind=Notice.Kind.MENTIONED)
    if not unread.exists():
        return []
    seen = unread.filter(renaksi__in=Renaksi.objects.visible_to(user))
    return list(seen.order_by("-created_at", "-pk")[:MENTIONS_LENGTH])


def review_queue(user) -> tuple[str, list[QueuedRenaksi]]:
    """Returns how many items wait for an evaluator, and the first ones, oldest first. Five queries."""
    waiting = review.queue(user)
    keys = [pk for pk, *_ in in_pages(waiting, OLDEST_FIRST).keys(0, LIST_LENGTH)]
    rows = {row.pk: row for row in queued(keys, user)}
    return count_words(waiting), [rows[pk] for pk in keys if pk in rows]
