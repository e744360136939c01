"""The renaksi that an operator must work on (Pekerjaan saya), most urgent first, with what is missing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, When

from recommendations.models import Draft, Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.rules.status import STATUS_WORDS
from recommendations.transitions import IN_PROGRESS, RETURNED, SUBMITTED
from recommendations.workflow import missing
from sakip.history.entries import HistoryEntry
from sakip.history.words import STATUS
from sakip.paging import count_words
from sakip.prepared import Prepared

MOST_SHOWN = 25


@dataclass(frozen=True)
class WorkItem:
    """One renaksi in a list. `days_left` is negative when overdue, None without a due date;
    `returned` is the history entry of the last return, None when the unit has sent the renaksi again;
    `is_mine`: the reader is the person in charge."""

    renaksi: Renaksi
    days_left: int | None
    missing: list[str] = field(default_factory=list)
    returned: HistoryEntry | None = None
    is_lead: bool = True
    is_mine: bool = False
    has_draft: bool = False

    @property
    def tone(self) -> str:
        return STATUS_WORDS[self.renaksi.status].tone

    @property
    def return_note(self) -> str:
        return self.returned.note if self.returned else ""

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


def days_left(renaksi, today: date) -> int | None:
    return (renaksi.due_date - today).days if renaksi.due_date else None


def work_of(user, *, today: date) -> dict[str, list[WorkItem]]:
    """Returns the MOST_SHOWN most urgent renaksi of an operator, in lists by urgency. Seven queries.

    Those of which the operator is the person in charge come first.
    """
    order = _order(user)
    rows = Renaksi.objects.visible_to(user).workable().order_by(*order)
    keys = list(rows.values_list("pk", flat=True)[:MOST_SHOWN])
    shown = Renaksi.objects.filter(pk__in=keys).for_table().order_by(*order)
    found: dict[str, list[WorkItem]] = {"returned": [], "overdue": [], "soon": [], "rest": []}
    for item in _items(user, shown, today):
        found[_urgency(item)].append(item)
    return found


def _order(user):
    returned_first = Case(When(status=RETURNED, then=0), default=1)
    mine_first = Case(When(person=user.pk, then=0), default=1)
    return (mine_first, returned_first, "due_order", "recommendation_number", "position", "pk")


def next_work(user) -> Renaksi | None:
    """Returns the most urgent renaksi that this operator can send, in the order of `work_of`. One query."""
    rows = renaksi_policy.filter(Renaksi.objects.for_check(), user, "submit")
    return rows.order_by(*_order(user)).first()


def work_count(user) -> str:
    """Counts all renaksi that an operator must work on, also those beyond MOST_SHOWN; as words. One query."""
    return count_words(Renaksi.objects.visible_to(user).workable())


def work_item(user, pk, *, today: date) -> WorkItem:
    """Returns the current state of one renaksi that the user may see. Six queries."""
    (item,) = _items(user, Renaksi.objects.visible_to(user).for_table().filter(pk=pk), today)
    return item


def _items(user, rows, today):
    rows = list(rows)
    returns = returns_of(rows)
    drafts = drafts_of(user)
    return [
        WorkItem(
            renaksi=renaksi,
            days_left=days_left(renaksi, today),
            missing=missing(renaksi),
            returned=returns.get(renaksi.pk),
            is_lead=renaksi.lead_unit_id == user.unit_id,
            is_mine=renaksi.person_id == user.pk,
            has_draft=renaksi.pk in drafts,
        )
        for renaksi in rows
    ]


def drafts_of(user) -> set[int]:
    """The keys of the renaksi of which this person has an unsent draft. One query."""
    return set(Draft.objects.filter(author=user).values_list("renaksi", flat=True))


def _urgency(item) -> str:
    if item.renaksi.status == RETURNED:
        return "returned"
    if item.days_left is None or item.days_left > settings.WORK_SOON_DAYS:
        return "rest"
    return "overdue" if item.days_left < 0 else "soon"


def returns_of(rows) -> dict[int, HistoryEntry]:
    """Returns for each returned renaksi that was not sent again the history entry of the return (who,
    when, why). Edits after the return do not count, only sending does. At most one query: “open”
    renaksi were never returned and need none."""
    kind = ContentType.objects.get_for_model(Renaksi).pk
    keys = [row.pk for row in rows if row.status in (IN_PROGRESS, RETURNED)]
    told = defaultdict(list)
    for entry in RETURNS(kind, keys):
        if entry.action != "revoke":
            told[entry.object_id].append(entry)
        elif [STATUS, RETURNED, SUBMITTED] in entry.changes:
            told[entry.object_id].pop()  # the return that was taken back
    return {pk: returns[-1] for pk, returns in told.items() if returns}


RETURNS = Prepared(
    lambda kind, keys: (
        HistoryEntry.objects.filter(
            content_type=kind, object_id__in=keys, action__in=["return", "reopen", "revoke"]
        )
        .select_related("actor")
        .order_by("at", "pk")
    )
)
