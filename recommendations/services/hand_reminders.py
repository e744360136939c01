"""A reminder by hand: a person tells everybody who answers for late items of a body, once a day."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction

from recommendations.models import Notice, Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.selectors.late_bodies import REMIND, LateBody, due_items, late_numbers
from recommendations.selectors.late_items import reminders
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
        return {one.person.pk for late in self.sent for one in late.told}


def remind_by_hand(*, bodies, actor, at, today) -> ReminderOutcome:
    """Writes one notice to each person and body, and one history entry for each item.

    `bodies` are the keys of bodies, None for all within reach. Bodies are locked, so that two people
    who press at the same moment remind once. Raises PermissionDenied.
    """
    require(renaksi_policy.check(actor, REMIND))
    # Asked before the transaction: it may renew the kept figures, and whoever waits for a body must hold nothing
    # that the one who has it needs.
    numbers = late_numbers(actor, today=today)
    chosen = {key: numbers[key] for key in numbers if bodies is None or key in bodies}
    return _remind(chosen, actor, at, today)


@transaction.atomic
def _remind(numbers: dict[int, int], actor, at, today) -> ReminderOutcome:
    locked = Unit.objects.select_for_update().filter(pk__in=numbers)
    list(locked.order_by("pk"))
    outcome, batch = ReminderOutcome(), uuid4()
    for late in reminders(actor, numbers, today=today):
        _sort(outcome, late)
    items = _items(outcome, actor, today)
    for late in outcome.sent:
        notices = _notices(late, items[late.body.pk], actor, at, today)
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
    entries = [(REMIND, row, ()) for rows in items.values() for row in rows]
    record_many(actor=actor, at=at, batch=batch, entries=entries)
    return outcome


def _sort(outcome, late):
    if not late.is_due:
        outcome.reminded_before.append(late)
    elif not late.told:
        outcome.nobody_there.append(late)
    else:
        outcome.sent.append(late)


def _items(outcome, actor, today) -> dict[int, list[Renaksi]]:
    """The items of which somebody is told, by body, the longest late first. One query."""
    told = {
        late.body.pk: set[int]().union(*(one.units for one in late.told)) for late in outcome.sent
    }
    rows = due_items(actor, today=today).filter(body__in=told)
    rows = rows.select_related("recommendation__evaluation__unit")
    found: dict[int, list[Renaksi]] = {body: [] for body in told}
    for row in rows.defer("plan", "follow_up", "recommendation__text"):
        body = row.recommendation.evaluation.unit_id
        if row.lead_unit_id in told[body]:
            found[body].append(row)
    return found


def _notices(late, items, actor, at, today):
    """The notices about one body; the key lets a person have one about it in a day."""
    for one in late.told:
        if own := [row for row in items if row.lead_unit_id in one.units]:
            yield Notice(
                person=one.person,
                renaksi=own[0],
                kind=KIND,
                text=shortened(said(actor, own[0], len(own)), TEXT_LENGTH),
                key=f"{KIND}:{late.body.pk}:{today}",
                created_at=at,
            )


def said(actor, oldest: Renaksi, number: int) -> str:
    """The words of a reminder of `number` items; `oldest` is late for the longest time."""
    who = f"{short(actor)} ({short(actor.unit)})" if actor.unit else short(actor)
    name, since = name_of(oldest), format_date(oldest.due_date)
    if number == 1:
        return f"{who} mengingatkan: {name} terlambat sejak {since}."
    return (
        f"{who} mengingatkan: {number} tindak lanjut terlambat, yang terlama {name} sejak {since}."
    )
