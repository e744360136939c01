"""Shared code of the recapitulations by unit: the renaksi of an evaluation, grouped by lead unit."""

from dataclasses import dataclass, field, fields

from recommendations.models import Renaksi
from recommendations.rules.progress import Progress
from reports.definitions.follow_up_table import ONLY_OWN
from sakip.models import Unit


@dataclass
class UnitRow:
    """One row of a recapitulation. `unit` is None in the row of totals."""

    unit: Unit | None
    renaksi: list[Renaksi] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)

    def count(self, *statuses) -> int:
        return sum(renaksi.status in statuses for renaksi in self.renaksi)


def unit_rows(evaluation, user) -> list[UnitRow]:
    """Returns the rows in the order of the organisation, without units that have no renaksi. Three
    queries.
    """
    seen = Renaksi.objects.visible_to(user).filter(recommendation__evaluation=evaluation)
    by_unit = {}
    for renaksi in seen.order_by().only("lead_unit", "status", "due_date"):
        by_unit.setdefault(renaksi.lead_unit_id, []).append(renaksi)
    tallies = seen.tally_by("lead_unit")
    units = list(Unit.objects.filter(pk__in=by_unit).order_by("position", "name"))
    evaluation.name_units(units)
    return [UnitRow(unit, by_unit[unit.pk], Progress(**tallies[unit.pk])) for unit in units]


def total(rows) -> UnitRow:
    sums = {
        part.name: sum(getattr(row.progress, part.name) for row in rows)
        for part in fields(Progress)
    }
    return UnitRow(None, [renaksi for row in rows for renaksi in row.renaksi], Progress(**sums))


def notes(evaluation, rows) -> list[str]:
    """Returns the notes below the table. One query."""
    shown = sum(len(row.renaksi) for row in rows)
    everything = Renaksi.objects.filter(recommendation__evaluation=evaluation).count()
    led = "Setiap tindak lanjut dihitung sekali, pada unit penanggung jawabnya."
    return [led, ONLY_OWN] if shown < everything else [led]
