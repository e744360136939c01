"""Reminds of due dates: REMINDER_DAYS before, every week after, and later also the head of the unit.

Coordinators get one notice a week with the number of late items of each unit, not one for each item.

The key of a reminder contains the item, its due date and the occasion. So a second run writes
nothing twice, a later run makes up for a missed one, and a changed date starts new reminders. Texts
contain the date, not the days left, because people read them later. No due date means never late.
"""

from collections import Counter
from datetime import timedelta

from django.conf import settings

from recommendations.models import Notice, Renaksi
from recommendations.services.notifications import TEXT_LENGTH, active, closest, name_of, short
from sakip.dates import format_date
from sakip.models import Unit
from sakip.querysets import upwards
from sakip.roles import Role
from sakip.writing import shortened

Kind = Notice.Kind
DUE_KINDS = (Kind.DUE_SOON, Kind.OVERDUE, Kind.LATE, Kind.ESCALATED)
MOST_UNITS = 4  # named in the sentence for a coordinator; the list has the others


def remind(*, today, at) -> int:
    """Writes the reminders of today; returns the number of new notices. Seven queries, one of them the insert."""
    soon = today + timedelta(days=max(settings.REMINDER_DAYS))
    items = Renaksi.objects.workable().filter(due_date__lte=soon)
    items = items.select_related("lead_unit", "recommendation__evaluation__unit")
    items = list(items.order_by("due_date", "pk"))
    operators, parents = _operators(), Unit.objects.parents()
    heads = _Nearest(Role.LEADER, parents)
    rows = [
        Notice(person_id=person, renaksi=item, kind=kind, text=text, key=key, created_at=at)
        for item in items
        for kind, key, text in occasions(item, today)
        for person in (heads if kind == Kind.ESCALATED else operators).get(item.lead_unit_id, ())
    ]
    rows += _late_lists(items, _Nearest(Role.COORDINATOR, parents), today, at)
    Notice.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return Notice.objects.filter(created_at=at, kind__in=DUE_KINDS).count()


def occasions(renaksi, today):
    """Yields (kind, key, text) of each reminder that is due today."""
    item, due = name_of(renaksi), format_date(renaksi.due_date)
    days = (renaksi.due_date - today).days
    if days >= 0:
        stage = next(before for before in settings.REMINDER_DAYS if days <= before)
        yield Kind.DUE_SOON, _key(renaksi, Kind.DUE_SOON, stage), f"Batas waktu {item}: {due}."
        return
    week = (-days - 1) // 7
    text = f"{item} terlambat sejak {due}."
    yield Kind.OVERDUE, _key(renaksi, Kind.OVERDUE, week), text
    if -days >= settings.ESCALATION_DAYS:
        text = f"{item} ({short(renaksi.lead_unit)}) terlambat sejak {due}."
        yield Kind.ESCALATED, _key(renaksi, Kind.ESCALATED, ""), text


def _key(renaksi, kind, occasion):
    return f"{kind}:{renaksi.pk}:{renaksi.due_date}:{occasion}"


def is_about_today(notice, renaksi) -> bool:
    """Returns False for a reminder whose due date was changed later."""
    return notice.key.startswith(f"{notice.kind}:{renaksi.pk}:{renaksi.due_date}:")


def _operators():
    people: dict[int, list[int]] = {}  # operators by unit
    for unit, person in active().posted(Role.OPERATOR):
        people.setdefault(unit, []).append(person)
    return people


class _Nearest(dict):
    """Unit key → its people of this role, or those of the closest unit above. One query for all units."""

    def __init__(self, role, parents):
        super().__init__()
        self.parents = parents
        self.people = active().posted(role)

    def get(self, unit_id, default=()):
        if unit_id not in self:
            self[unit_id] = closest(list(upwards(unit_id, self.parents)), self.people)
        return self[unit_id] or default


def _late_lists(items, coordinators, today, at):
    """Yields the notice of this week for each coordinator who answers for a late item."""
    late: dict[int, list[Renaksi]] = {}
    for item in items:
        for person in coordinators.get(item.lead_unit_id, ()) if item.due_date < today else ():
            late.setdefault(person, []).append(item)
    week = "{}-W{:02}".format(*today.isocalendar())
    for person, rows in late.items():
        key = f"{Kind.LATE}:{week}"
        yield Notice(
            person_id=person, kind=Kind.LATE, text=late_list(rows, today), key=key, created_at=at
        )


def late_list(items, today) -> str:
    """The sentence about these late items, the oldest first: how many of which unit, and since when."""
    counts = Counter(item.lead_unit for item in items).most_common()
    named = [f"{short(unit)} {count}" for unit, count in counts[:MOST_UNITS]]
    if len(counts) > MOST_UNITS:
        named.append(f"{len(counts) - MOST_UNITS} unit lain")
    return shortened(
        f"{len(items)} rencana aksi terlambat pada {format_date(today)}: {', '.join(named)}. "
        f"Yang paling lama sejak {format_date(items[0].due_date)}.",
        TEXT_LENGTH,
    )
