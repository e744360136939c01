"""A reminder by hand: a person tells everybody who answers for late items of a body, once a day."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction

from recommendations.models import Notice
from recommendations.permissions import renaksi_policy
from recommendations.selectors.late_items import REMIND, LateBody, late_bodies
from recommendations.services.notifications import TEXT_LENGTH, name_of, short
from sakip.dates import format_date
from sakip.errors import require
from sakip.history.write import record_many
from sakip.models import Unit
from sakip.writing import shortened

KIND = Notice.Kind.REMINDED


@dataclass
class ReminderOutcome:
    """The bodies that were reminded, and those of which every late item was reminded of today before."""

    sent: list[LateBody] = field(default_factory=list)
    reminded_before: list[LateBody] = field(default_factory=list)
    nobody_there: list[LateBody] = field(default_factory=list)

    @property
    def people(self) -> set[int]:
        return {person.pk for late in self.sent for person, _ in late.told}


@transaction.atomic
def remind_by_hand(*, bodies, actor, at, today) -> ReminderOutcome:
    """Writes one notice to each person and body, and one history entry for each item.

    `bodies` are the keys of bodies, None for all within reach. Bodies are locked, so that two people
    who press at the same moment remind once. Raises PermissionDenied.
    """
    require(renaksi_policy.check(actor, REMIND))
    found = late_bodies(actor, today=today, bodies=bodies)
    locked = Unit.objects.select_for_update().filter(pk__in=[late.body.pk for late in found])
    list(locked.order_by("pk"))
    outcome, batch = ReminderOutcome(), uuid4()
    for late in late_bodies(actor, today=today, bodies=[row.body.pk for row in found]):
        _sort(outcome, late)
    for late in outcome.sent:
        Notice.objects.bulk_create(_notices(late, actor, at, today), ignore_conflicts=True)
    entries = [
        (REMIND, row, ())
        for late in outcome.sent
        for row in late.due
        if row.lead_unit not in late.untold
    ]
    record_many(actor=actor, at=at, batch=batch, entries=entries)
    return outcome


def _sort(outcome, late):
    if not late.due:
        outcome.reminded_before.append(late)
    elif not late.told:
        outcome.nobody_there.append(late)
    else:
        outcome.sent.append(late)


def _notices(late, actor, at, today):
    """The notices about one body; the key lets a person have one about it in a day."""
    return [
        Notice(
            person=person,
            renaksi=items[0],
            kind=KIND,
            text=shortened(said(actor, items), TEXT_LENGTH),
            key=f"{KIND}:{late.body.pk}:{today}",
            created_at=at,
        )
        for person, items in late.told
    ]


def said(actor, items) -> str:
    """The words of a reminder; `items` begin with the one that is late for the longest time."""
    who = f"{short(actor)} ({short(actor.unit)})" if actor.unit else short(actor)
    oldest, since = name_of(items[0]), format_date(items[0].due_date)
    if len(items) == 1:
        return f"{who} mengingatkan: {oldest} lewat batas waktu sejak {since}."
    return (
        f"{who} mengingatkan: {len(items)} tindak lanjut lewat batas waktu, "
        f"yang terlama {oldest} sejak {since}."
    )
