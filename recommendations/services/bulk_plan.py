"""Changes units and due dates of many renaksi at once; skips those that may not be changed and says why."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from recommendations.models import Renaksi, SupportingUnit
from recommendations.models.renaksi import has_part
from recommendations.permissions import renaksi_policy
from recommendations.selectors import part_units
from recommendations.services import notifications
from recommendations.transitions import CLOSED
from sakip.editing import StaleEdit, digest
from sakip.errors import require
from sakip.history.words import codes_of
from sakip.history.write import record
from sakip.models import Unit, User

BATCH = 500


@dataclass(frozen=True)
class Assignment:
    """The lead unit, the supporting units, the person in charge and the due date of a renaksi."""

    lead_unit: Unit
    supporting_units: frozenset[Unit]
    person: User | None
    due_date: date | None

    @classmethod
    def of(cls, renaksi):
        units = frozenset(renaksi.supporting_units.all())
        return cls(renaksi.lead_unit, units, renaksi.person, renaksi.due_date)

    def keys(self) -> tuple:
        """Returns the values as plain ones, to tell one assignment from another."""
        supporting = sorted(unit.pk for unit in self.supporting_units)
        return (self.lead_unit.pk, supporting, self.person and self.person.pk, self.due_date)

    def changes_to(self, then) -> list[tuple[str, str, str]]:
        """Returns the differences to `then` as rows for the history."""
        before, after = vars(self), vars(then)
        return [
            (name, *codes_of(before[name], after[name]))
            for name in after
            if before[name] != after[name]
        ]

    @property
    def units(self) -> frozenset[Unit]:
        return self.supporting_units | {self.lead_unit}

    def consistent(self):
        """Removes the lead from the supporting units, and a person whose unit has no part any more."""
        kept = self.person if self.person and has_part(self.person, self.units) else None
        return replace(self, supporting_units=self.supporting_units - {self.lead_unit}, person=kept)


@dataclass
class BulkOutcome:
    """The result by row: changed, already as wanted, or skipped for a reason.

    `taken_off` are the changed renaksi that lost their person in charge, `written` the keys of the
    changed ones with their new values.
    """

    changed: list[Renaksi] = field(default_factory=list)
    taken_off: list[Renaksi] = field(default_factory=list)
    unchanged: list[Renaksi] = field(default_factory=list)
    skipped: dict[str, list[Renaksi]] = field(default_factory=dict)
    written: list[tuple] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Returns a digest of what is written, to compare a preview with the later action."""
        return digest(self.written)


@dataclass(frozen=True)
class Wish:
    """What shall change in many renaksi. An empty field changes nothing."""

    due_date: date | None = None
    person: User | None = None
    lead_unit: Unit | None = None
    add_units: Iterable[Unit] = ()
    remove_units: Iterable[Unit] = ()

    def of(self, now: Assignment) -> Assignment:
        units = now.supporting_units - frozenset(self.remove_units)
        return Assignment(
            lead_unit=self.lead_unit or now.lead_unit,
            supporting_units=units | frozenset(self.add_units),
            person=self.person or now.person,
            due_date=self.due_date or now.due_date,
        )


def change_many(*, renaksi_ids: Iterable[int], actor, at, seen="", **wish) -> BulkOutcome:
    """Changes only the given fields of `Wish`; the history rows share one batch.

    `seen` is the `BulkOutcome.digest` of the preview. Raises StaleEdit when other rows or values
    would be written now.
    """
    wanted = Wish(**wish)
    return _change(renaksi_ids, wanted.of, actor, at, "plan", wanted.person, seen=seen)


def change_many_preview(*, renaksi_ids: Iterable[int], actor, **wish) -> BulkOutcome:
    """Returns what `change_many` would change and skip; writes nothing."""
    wanted = Wish(**wish)
    rows = Renaksi.objects.for_check()
    return _sorted(_judged(rows, renaksi_ids, wanted.of, actor, wanted.person))[0]


def changeable(rows, actor):
    """Returns those of the rows that `actor` may change at once now, in part or whole."""
    return renaksi_policy.filter(rows, actor, "entrust")


def hand_over(*, from_unit, to_unit, actor, at, seen="") -> BulkOutcome:
    """Gives every open item of one unit to another, those it leads and those it supports.

    `seen` is the `BulkOutcome.digest` of the preview. Raises StaleEdit when other items would change now.
    """
    ids, wanted = _unit_hand_over(from_unit, to_unit, actor)
    return _change(ids, wanted, actor, at, "hand_over", seen=seen)


def hand_over_preview(*, from_unit, to_unit, actor) -> BulkOutcome:
    """Returns what `hand_over` would change and skip; writes nothing."""
    ids, wanted = _unit_hand_over(from_unit, to_unit, actor)
    return _sorted(_judged(Renaksi.objects.for_check(), ids, wanted, actor))[0]


def _unit_hand_over(from_unit, to_unit, actor):
    def wanted(now):
        return _with_unit_replaced(now, from_unit, to_unit)

    return open_items_of(from_unit, actor).values_list("pk", flat=True), wanted


def _with_unit_replaced(now, before, after):
    units = now.supporting_units
    return replace(
        now,
        lead_unit=after if now.lead_unit == before else now.lead_unit,
        supporting_units=units - {before} | ({after} if before in units else set()),
    )


def replace_unit(*, renaksi_ids, unit, successor, actor, at, batch) -> BulkOutcome:
    """Puts `successor` in the place of `unit` in these renaksi, as one part of a reorganisation.

    Also in those that wait for review: the unit ends, whatever their status.
    """

    def wanted(now):
        return _with_unit_replaced(now, unit, successor)

    given = {"batch": batch, "any_open": True}
    return _change(renaksi_ids, wanted, actor, at, "hand_over", **given)


def hand_over_person(*, from_person, to_person, actor, at, seen="") -> BulkOutcome:
    """Gives every open item of one person to another, whose unit must lead or support the item."""
    ids, wanted = _person_hand_over(from_person, to_person, actor)
    return _change(ids, wanted, actor, at, "hand_over", to_person, seen=seen)


def hand_over_person_preview(*, from_person, to_person, actor) -> BulkOutcome:
    """Returns what `hand_over_person` would change and skip; writes nothing."""
    ids, wanted = _person_hand_over(from_person, to_person, actor)
    return _sorted(_judged(Renaksi.objects.for_check(), ids, wanted, actor, to_person))[0]


def _person_hand_over(from_person, to_person, actor):
    rows = open_items_of_person(from_person, actor)
    return rows.values_list("pk", flat=True), lambda now: replace(now, person=to_person)


def open_items_of_person(person, actor):
    """Returns the open renaksi of `person` that `actor` may entrust to another."""
    return renaksi_policy.filter(Renaksi.objects.filter(person=person), actor, "entrust")


def open_items_of(unit, actor):
    """Returns the open renaksi that `unit` leads or supports and `actor` oversees, locked ones too."""
    supported = SupportingUnit.objects.filter(unit=unit)
    rows = Renaksi.objects.filter(Q(lead_unit=unit) | Q(pk__in=supported.values("renaksi")))
    return renaksi_policy.filter(rows.exclude(status__in=CLOSED), actor, "oversee")


@transaction.atomic
def _change(
    renaksi_ids,
    wanted: Callable[[Assignment], Assignment],
    actor,
    at,
    action,
    person=None,
    seen="",
    batch=None,
    any_open=False,
) -> BulkOutcome:
    """`person` is the explicitly chosen person in charge: rows where this is not allowed are skipped."""
    require(renaksi_policy.check(actor, "plan"))
    locked = Renaksi.objects.for_check().select_for_update(of=("self",))
    outcome, moves = _sorted(_judged(locked, renaksi_ids, wanted, actor, person, any_open))
    if seen not in ("", outcome.digest):
        raise StaleEdit("rencana aksi", outcome)
    batch = batch or uuid.uuid4()
    for renaksi, now, then in moves:
        _write(renaksi, then)
        changes = now.changes_to(then)
        record(actor=actor, at=at, action=action, target=renaksi, changes=changes, batch=batch)
    given = [(renaksi, then.units - now.units) for renaksi, now, then in moves]
    entrusted = [row for row, now, then in moves if then.person and then.person != now.person]
    notifications.assigned(given, actor, at)
    notifications.entrusted(entrusted, actor, at)
    return outcome


def _judged(rows, renaksi_ids, wanted, actor, person=None, any_open=False):
    """Yields each renaksi with its Assignment now and then, and a refusal; a few queries for 500."""
    ids = list(renaksi_ids)
    bodies: dict[int, frozenset[int]] = {}  # body → the keys of the units that belong to it
    for start in range(0, len(ids), BATCH):
        for renaksi in rows.filter(pk__in=ids[start : start + BATCH]).order_by("pk"):
            now = Assignment.of(renaksi)
            then = wanted(now).consistent()
            decision = renaksi_policy.check(actor, _action(now, then), renaksi)
            is_closed = renaksi.status in CLOSED  # has a sentence of its own
            if not decision and not (decision.wrong_state and (any_open or is_closed)):
                yield renaksi, now, then, decision.reason
            else:
                yield renaksi, now, then, _refusal(renaksi, now, then, bodies, person)


def _sorted(judged):
    """Returns the outcome, and each row to be written with its Assignment before and after."""
    outcome, moves = BulkOutcome(), []
    for renaksi, now, then, reason in judged:
        if reason:
            outcome.skipped.setdefault(reason, []).append(renaksi)
        elif then == now:
            outcome.unchanged.append(renaksi)
        else:
            outcome.changed.append(renaksi)
            outcome.taken_off += [renaksi] if now.person and not then.person else []
            outcome.written.append((renaksi.pk, *then.keys()))
            moves.append((renaksi, now, then))
    return outcome, moves


def _refusal(renaksi, now, then, bodies, person) -> str:
    """Says why this row must not be changed; empty when it may be changed."""
    if renaksi.status in CLOSED:
        return f"Sudah ditutup dengan status “{renaksi.get_status_display()}”."
    body = renaksi.recommendation.evaluation.unit

    def belongs(unit):
        if body.pk not in bodies:
            bodies[body.pk] = part_units.belonging(body.pk)
        return unit.pk in bodies[body.pk]

    for unit in then.units - now.units:
        if reason := part_units.refusal(unit, body, belongs):
            return reason
    if person and then.person != person:
        return f"Unit {person} tidak berperan di dalamnya."
    return ""


def _action(now, then):
    """The right that the change needs: the person in charge also changes while an item is reviewed."""
    return "entrust" if replace(then, person=now.person) == now else "plan"


def _write(renaksi, then):
    renaksi.lead_unit, renaksi.person = then.lead_unit, then.person
    renaksi.due_date = then.due_date
    renaksi.save(update_fields=["lead_unit", "person", "due_date"])
    renaksi.supporting_units.set(then.supporting_units)
