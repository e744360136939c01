"""What waits for an operator (Pekerjaan saya): own items by urgency, each with what it still lacks."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, When

from recommendations.models import Draft, Renaksi
from recommendations.status import STATUS_WORDS
from recommendations.workflow import missing
from sakip.history import HistoryEntry

SOON = timedelta(days=14)
MOST_SHOWN = 100


@dataclass(frozen=True)
class WorkItem:
    """One renaksi in a list. `days_left` is negative when overdue, None without a due date."""

    renaksi: Renaksi
    days_left: int | None
    missing: list[str] = field(default_factory=list)
    return_note: str = ""
    is_lead: bool = True
    has_draft: bool = False

    @property
    def tone(self) -> str:
        return STATUS_WORDS[self.renaksi.status].tone

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


def days_left(renaksi, today: date) -> int | None:
    return (renaksi.due_date - today).days if renaksi.due_date else None


def work_of(user, *, today: date) -> dict[str, list[WorkItem]]:
    """The MOST_SHOWN most urgent of what waits for an operator, each in one list. Six queries."""
    rows = Renaksi.objects.visible_to(user).workable().for_table()
    returned_first = Case(When(status=Renaksi.Status.RETURNED, then=0), default=1)
    rows = rows.order_by(
        returned_first, F("due_date").asc(nulls_last=True), "recommendation__number", "position"
    )
    found = {"returned": [], "overdue": [], "soon": [], "rest": []}
    for item in _items(user, rows[:MOST_SHOWN], today):
        found[_urgency(item)].append(item)
    return found


def work_count(user) -> int:
    """How many items wait for an operator, shown or not. One query."""
    return Renaksi.objects.visible_to(user).workable().count()


def work_item(user, pk, *, today: date) -> WorkItem:
    """One item as it is now, for a person who may see it. Six queries."""
    (item,) = _items(user, Renaksi.objects.visible_to(user).for_table().filter(pk=pk), today)
    return item


def _items(user, rows, today):
    rows = list(rows)
    notes = _return_notes(rows)
    drafts = Draft.objects.filter(author=user, renaksi__in=[row.pk for row in rows])
    drafts = set(drafts.values_list("renaksi", flat=True))
    return [
        WorkItem(
            renaksi=renaksi,
            days_left=days_left(renaksi, today),
            missing=missing(renaksi),
            return_note=notes.get(renaksi.pk, ""),
            is_lead=renaksi.lead_unit_id == user.unit_id,
            has_draft=renaksi.pk in drafts,
        )
        for renaksi in rows
    ]


def _urgency(item) -> str:
    if item.renaksi.status == Renaksi.Status.RETURNED:
        return "returned"
    if item.days_left is None or item.days_left > SOON.days:
        return "rest"
    return "overdue" if item.days_left < 0 else "soon"


def _return_notes(rows) -> dict[int, str]:
    """The evaluator's latest words on each returned renaksi."""
    returned = [row.pk for row in rows if row.status == Renaksi.Status.RETURNED]
    entries = HistoryEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Renaksi),
        object_id__in=returned,
        action__in=["return", "reopen"],
    )
    return dict(entries.order_by("at", "pk").values_list("object_id", "note"))
