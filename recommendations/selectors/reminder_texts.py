"""Who still owes what, by unit: the items for a reminder that people paste into a chat."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, F, Q, When

from recommendations.models import Renaksi
from recommendations.rules.reminder_text import reminder_text
from recommendations.selectors.renaksi_list import address
from recommendations.transitions import RETURNED
from sakip.models import Unit

MOST_READ = 1000


@dataclass(frozen=True)
class ReminderText:
    """The text for the group of one unit. `body` is the evaluated body of the first of its items."""

    unit: Unit
    body: Unit
    text: str
    count: int


def owing(user, today: date):
    """Returns the items that wait for their unit: returned, late, or due within LIST_AHEAD_DAYS."""
    ahead = today + timedelta(days=settings.LIST_AHEAD_DAYS)
    rows = Renaksi.objects.visible_to(user).workable()
    return rows.filter(Q(status=RETURNED) | Q(due_date__lte=ahead))


def reminder_texts(user, *, today: date, within=None) -> list[ReminderText]:
    """Returns a text for every unit, or for those `within` (unit keys). One query; reads MOST_READ items."""
    rows = owing(user, today)
    if within is not None:
        rows = rows.filter(lead_unit__in=within)
    rows = rows.select_related(
        "lead_unit", "person", "recommendation__component", "recommendation__evaluation__unit"
    )
    returned_first = Case(When(status=RETURNED, then=0), default=1)
    rows = rows.order_by(
        "lead_unit__position",
        "lead_unit__name",
        "lead_unit",
        returned_first,
        F("due_date").asc(nulls_last=True),
        "pk",
    )
    items: dict[Unit, list[Renaksi]] = {}
    for row in rows[:MOST_READ]:
        items.setdefault(row.lead_unit, []).append(row)
    return [_text(unit, found, today) for unit, found in items.items()]


def _text(unit, items, today):
    body = items[0].recommendation.evaluation.unit
    text = reminder_text(
        unit,
        body,
        items,
        today=today,
        address=settings.SITE_URL,
        list_address=address(f"unit={unit.pk}&status=unfinished"),
    )
    return ReminderText(unit=unit, body=body, text=text, count=len(items))
