"""A reorganisation of a unit as one action: rename, move, merge into another, split into several.

What is closed stays with the old unit; what is open, valid or active goes to the units that succeed it.
Everything is written in one transaction and shares one batch of the history.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from performance.models import Objective
from recommendations.models import SavedView
from recommendations.selectors.belongings import Belongings, belongings_of, left_behind
from recommendations.services import bulk_plan
from sakip.dates import format_date
from sakip.editing import StaleEdit
from sakip.errors import WrongState
from sakip.history.write import record as record_history
from sakip.models import Unit, UnitSuccession, User
from sakip.services import unit_names
from sakip.services.authority import check_ending, check_evaluator
from sakip.services.posts import move_posts
from sakip.services.records import save_record
from sakip.services.units import OWN_UNIT, require_idle
from sakip.writing import write

CHANGED = (
    "Unit ini atau pekerjaannya berubah sejak Anda memeriksanya. Periksa lagi yang sekarang ada di "
    "bawah, lalu lakukan."
)


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """What is to happen on `day`.

    `fields` are the new names of a rename or the new parent of a move. `receiver` takes what a moved
    unit leaves behind in its old body. `successors` are existing units by their key in the form, `new`
    the fields of units to be made, by their key.
    """

    kind: str
    day: date
    legal_basis: str
    fields: Mapping = field(default_factory=dict)
    receiver: Unit | None = None
    successors: Mapping[str, Unit] = field(default_factory=dict)
    new: Mapping[str, Mapping] = field(default_factory=dict)

    @property
    def ends_the_unit(self) -> bool:
        return self.kind in UnitSuccession.Kind.values

    def belongings(self, unit) -> Belongings:
        """What moves to another unit."""
        if self.ends_the_unit:
            return belongings_of(unit)
        if self.kind == "move":
            return left_behind(unit, self.fields["parent"])
        return Belongings(unit=unit)


def require_days(unit, arrangement, today):
    """Raises ValidationError when the day fits neither the unit nor its successors."""
    day = arrangement.day
    unit_names.require_day(unit, day, today)
    for successor in arrangement.successors.values():
        begin = unit_names.beginning_of(successor)
        if begin and begin > day:
            message = (
                f"Penerus {successor} baru ada sejak {format_date(begin)}, sesudah "
                f"{format_date(day)}. Tulis tanggal yang tidak mendahuluinya."
            )
            raise ValidationError({"day": message})


@transaction.atomic
def reorganise(*, unit, arrangement, destinations=None, actor, at, seen="") -> list[Unit]:
    """Returns the units that the old one is now. `destinations`: (kind, key of a record) → key of a unit.

    Raises ValidationError with sentences, StaleEdit when the unit or its work is not what `seen`
    identifies, WrongState when it is not active any more.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not unit.is_active:
        raise WrongState(f"{unit} sudah tidak aktif. Reorganisasi ini mungkin sudah dilakukan.")
    held = arrangement.belongings(unit)
    if seen not in ("", held.digest):
        raise StaleEdit("unit", unit, reason=CHANGED)
    who = {"actor": actor, "at": at, "batch": uuid.uuid4()}
    if arrangement.ends_the_unit:
        return _Succession(unit, arrangement, held, destinations or {}, who).carry_out()
    if (held.renaksi or held.indicators) and arrangement.receiver is None:
        message = "Pilih unit penerima untuk pekerjaan yang tertinggal di perangkat daerah lama."
        raise ValidationError({"receiver": message})
    unit_names.change_unit(
        unit=unit,
        day=arrangement.day,
        legal_basis=arrangement.legal_basis,
        **arrangement.fields,
        **who,
    )
    if arrangement.receiver:
        _move_items(held.renaksi, unit, arrangement.receiver, who)
        _move_indicators(held.indicators, arrangement.receiver, who)
    return [unit]


class _Succession:
    """A merge or a split: the unit ends."""

    def __init__(self, unit, arrangement, held, destinations, who):
        self.unit, self.plan, self.held, self.who = unit, arrangement, held, who
        self.destinations = destinations

    def carry_out(self):
        self._check()
        units = {**self.plan.successors, **self._made()}
        self.who["actor"] = _again(self.who["actor"])  # the new units are within reach now
        unit_names.succeed(
            unit=self.unit,
            successors=list(units.values()),
            kind=self.plan.kind,
            day=self.plan.day,
            legal_basis=self.plan.legal_basis,
            **self.who,
        )
        for unit, parts in self._shared_out(units).items():
            _move_people(parts["people"], self.unit, unit, self.who)
            views = SavedView.objects.filter(owner__in=parts["people"], unit=self.unit)
            views.update(unit=unit)
            _move_items(parts["renaksi"], self.unit, unit, self.who)
            _move_indicators(parts["indicators"], unit, self.who)
            _move_objectives(parts["objectives"], unit, self.who)
            self._move_children(parts["children"], unit)
        self._reassign_evaluators(list(units.values()))
        self._end_terms()
        self._switch_off()
        return list(units.values())

    def _check(self):
        actor, unit = self.who["actor"], self.unit
        unit_names.require_within(actor, unit)
        if unit.pk == actor.unit_id:
            raise ValidationError(OWN_UNIT)
        check_ending(actor=actor, unit=unit)
        require_days(unit, self.plan, timezone.localdate(self.who["at"]))
        below = Unit.objects.beneath([unit.pk])
        for successor in self.plan.successors.values():
            unit_names.require_within(actor, successor)
            if successor.pk in below:
                message = (
                    f"{successor} adalah unit ini atau berada di bawahnya. Pilih penerus lain."
                )
                raise ValidationError({"successors": message})

    def _made(self):
        made = {}
        for key, fields in self.plan.new.items():
            made[key] = save_record(
                record=Unit(),
                actor=self.who["actor"],
                at=self.who["at"],
                parent=self.unit.parent,
                from_date=self.plan.day,
                **fields,
            )
        return made

    def _shared_out(self, units):
        """What each unit gets, by kind. The only successor gets everything."""
        parts: dict[Unit, dict[str, list]] = {unit: defaultdict(list) for unit in units.values()}
        only = next(iter(units.values())) if len(units) == 1 else None
        for kind, row in self.held.rows():
            to = only or units.get(self.destinations.get((kind, row.pk)))
            if to is None:
                raise ValidationError(f"Pilih tujuan untuk {row}.")
            parts[to][kind].append(row)
        return parts

    def _move_children(self, children, parent):
        for child in children:
            unit_names.change_unit(
                unit=child,
                day=self.plan.day,
                legal_basis=self.plan.legal_basis,
                parent=parent,
                **self.who,
            )

    def _reassign_evaluators(self, units):
        """Who evaluates a body that ended evaluates its successors."""
        bodies = [unit for unit in units if unit.is_body]
        for person in self.unit.evaluators.all() if bodies else ():
            assigned = {*person.assigned_bodies.all(), *bodies}
            _write(person, self.who, assigned_bodies=assigned)

    def _end_terms(self):
        last = self.plan.day - timedelta(days=1)
        for official in self.held.officials:
            if official.from_date is None or official.from_date <= last:
                _write(official, self.who, to_date=last)

    def _switch_off(self):
        require_idle(self.unit)
        _write(self.unit, self.who, is_active=False)


def _again(actor):
    return User.objects.get(pk=actor.pk) if actor.pk else actor


def _write(record, who, **fields):
    if changes := write(record, **fields):
        record_history(action="edit", target=record, changes=changes, **who)


def _move_people(people, unit, successor, who):
    """Before the renaksi: a petugas who moves along stays the petugas."""
    for person in people:
        if person.unit_id == unit.pk:
            _write(person, who, unit=successor)
        move_posts(person=person, from_unit=unit, to_unit=successor, **who)
        try:
            check_evaluator(user=person, assigned_bodies=person.assigned_bodies.all())
        except ValidationError as error:
            raise ValidationError([f"{person}: {text}" for text in error.messages]) from error


def _move_items(items, unit, successor, who):
    """Raises ValidationError when an item cannot go there; counts them and names only the bodies."""
    ids = [renaksi.pk for renaksi in items]
    outcome = bulk_plan.replace_unit(renaksi_ids=ids, unit=unit, successor=successor, **who)
    reasons = [
        f"{len(rows)} rencana aksi tidak dapat pindah. {reason} Alihkan dulu kepada unit lain."
        for reason, rows in outcome.skipped.items()
    ]
    if reasons:
        raise ValidationError(reasons)


def _move_indicators(indicators, unit, who):
    for indicator in indicators:
        try:
            _write(indicator, who, owner_unit=unit)
        except ValidationError as error:
            raise ValidationError([f"{indicator}: {text}" for text in error.messages]) from error


def _move_objectives(objectives, unit, who):
    """They get the next numbers of the successor: it may have its own with the same numbers."""
    last = Objective.objects.filter(unit=unit).aggregate(Max("number"))["number__max"] or 0
    for number, objective in enumerate(objectives, last + 1):
        changes = write(objective, unit=unit, number=number)
        record_history(action="edit", target=objective, changes=changes, moves=True, **who)
