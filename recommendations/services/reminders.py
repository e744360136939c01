"""Reminds of due dates: REMINDER_DAYS before, every week after, and later also the head of the unit.

The key of a reminder contains the item, its due date and the occasion. So a second run writes
nothing twice, a later run makes up for a missed one, and a changed date starts new reminders. Texts
contain the date, not the days left, because people read them later. No due date means never late.
"""

from datetime import timedelta

from django.conf import settings

from recommendations.models import Notice, Renaksi
from recommendations.services.notifications import active, closest, name_of, short
from sakip.dates import format_date
from sakip.models import Unit
from sakip.querysets import upwards
from sakip.roles import Role

Kind = Notice.Kind
DUE_KINDS = (Kind.DUE_SOON, Kind.OVERDUE, Kind.ESCALATED)


def remind(*, today, at) -> int:
    """Writes the reminders of today; returns the number of new notices. Six queries and the inserts."""
    soon = today + timedelta(days=max(settings.REMINDER_DAYS))
    items = Renaksi.objects.workable().filter(due_date__lte=soon)
    items = items.select_related("lead_unit", "recommendation__evaluation__unit").order_by(
        "due_date"
    )
    operators, heads = _operators(), _Heads()
    rows = [
        Notice(person_id=person, renaksi=item, kind=kind, text=text, key=key, created_at=at)
        for item in items
        for kind, key, text in occasions(item, today)
        for person in (heads if kind == Kind.ESCALATED else operators).get(item.lead_unit_id, ())
    ]
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
    text = f"{item} lewat batas waktu sejak {due}."
    yield Kind.OVERDUE, _key(renaksi, Kind.OVERDUE, week), text
    if -days >= settings.ESCALATION_DAYS:
        text = f"{item} ({short(renaksi.lead_unit)}) lewat batas waktu sejak {due}."
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


class _Heads(dict):
    """Unit key → its leaders, or those of the closest unit above. Two queries for all units."""

    def __init__(self):
        super().__init__()
        self.parents = Unit.objects.parents()
        self.leaders = active().posted(Role.LEADER)

    def get(self, unit_id, default=()):
        if unit_id not in self:
            self[unit_id] = closest(list(upwards(unit_id, self.parents)), self.leaders)
        return self[unit_id] or default
