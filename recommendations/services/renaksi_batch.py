"""Creates many renaksi at once, with a few queries; history, search and notices follow for all together."""

from copy import copy
from uuid import UUID

from django.core.exceptions import ValidationError

from recommendations.models import Renaksi, SupportingUnit
from recommendations.models.renaksi import has_part
from recommendations.permissions import renaksi_policy
from recommendations.selectors import search
from recommendations.services import notifications
from recommendations.services.renaksi import PLANNED, unit_problems, write_plan
from sakip.errors import require
from sakip.history.words import code_of
from sakip.history.write import record_many
from sakip.models import Unit

RELATED = ["recommendation", "point", "lead_unit", "person"]
SLICE = 500


class RenaksiBatch:
    """Renaksi of the recommendations of one body, which the caller has locked. `finish` writes the new ones.

    `created` and `changed` count them.
    """

    def __init__(self, body: Unit, *, actor, at, batch: UUID):
        self.actor, self.at, self.batch = actor, at, batch
        self.beneath = Unit.objects.beneath([body.pk])
        self.new: list[tuple[Renaksi, set[Unit]]] = []
        self.changes: list[tuple[Renaksi, list]] = []
        self.given: list[tuple[Renaksi, set[Unit]]] = []
        self.entrusted: list[Renaksi] = []

    @property
    def created(self) -> int:
        return len(self.new)

    @property
    def changed(self) -> int:
        return len(self.changes)

    def add(self, recommendation, position: int, *, supporting=(), **fields):
        """A new renaksi with the status “Belum”. Raises ValidationError by field."""
        renaksi = Renaksi(recommendation=recommendation, position=position, **fields)
        renaksi.clean_fields(exclude=RELATED)
        units = set(supporting)
        problems = unit_problems(
            renaksi, renaksi.lead_unit, units, set(), lambda unit: unit.pk in self.beneath
        )
        for field, message in problems:
            raise ValidationError({field: message})
        person = renaksi.person
        if person and not has_part(person, units | {renaksi.lead_unit}):
            message = f"{person} bukan anggota unit penanggung jawab atau pendukung."
            raise ValidationError({"person": f"{message} Pilih orang lain."})
        self.new.append((renaksi, units))

    def change(self, current: Renaksi, *, moved=(), **plan):
        """Writes another plan; `moved` are rows for the history of the position, which is written already."""
        renaksi = copy(current)
        require(renaksi_policy.check(self.actor, "plan", renaksi))
        before, entrusted = notifications.units_of(current), current.person
        self.moved(renaksi, [*write_plan(renaksi, **plan), *moved])
        self.given.append((renaksi, notifications.units_of(renaksi) - before))
        if renaksi.person and renaksi.person != entrusted:
            self.entrusted.append(renaksi)

    def moved(self, renaksi: Renaksi, rows):
        if rows:
            self.changes.append((renaksi, list(rows)))

    def finish(self):
        self._write_new()
        entries = [("create", renaksi, _rows(renaksi, units)) for renaksi, units in self.new]
        entries += [("plan", renaksi, rows) for renaksi, rows in self.changes]
        record_many(actor=self.actor, at=self.at, batch=self.batch, entries=entries)
        search.refresh([renaksi.pk for _, renaksi, _ in entries])
        given = [(renaksi, units | {renaksi.lead_unit}) for renaksi, units in self.new]
        notifications.assigned([*given, *self.given], self.actor, self.at)
        people = [renaksi for renaksi, _ in self.new if renaksi.person]
        notifications.entrusted([*people, *self.entrusted], self.actor, self.at)

    def _write_new(self):
        Renaksi.objects.bulk_create([renaksi for renaksi, _ in self.new], batch_size=SLICE)
        parts = [
            SupportingUnit(renaksi=renaksi, unit=unit)
            for renaksi, units in self.new
            for unit in units
        ]
        SupportingUnit.objects.bulk_create(parts, batch_size=SLICE)


def _rows(renaksi, units):
    """The rows of the history, as `write_plan` returns them for a new renaksi."""
    rows = [
        (name, "", code_of(getattr(renaksi, name), renaksi._meta.get_field(name)))
        for name in PLANNED
    ]
    return [row for row in [*rows, ("supporting_units", "", code_of(units))] if row[2]]
