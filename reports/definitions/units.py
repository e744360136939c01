"""Shared code of the recapitulations by unit: the renaksi of an evaluation, grouped by lead unit."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field, fields

from django.db.models import Count

from recommendations.models import Renaksi
from recommendations.rules.progress import Progress
from recommendations.selectors.follow_up_table import former_names_of
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
    """Returns the rows in the order of the organisation, without units that have no renaksi. Three queries.

    The units have the names that they had on the day of the LHE.
    """
    return unit_rows_of([evaluation], user)[evaluation.pk]


def unit_rows_of(evaluations, user) -> dict[int, list[UnitRow]]:
    """Returns the same for many evaluations, by their keys, with as many queries."""
    by_key = {evaluation.pk: evaluation for evaluation in evaluations}
    seen = Renaksi.objects.visible_to(user).filter(evaluation__in=by_key).order_by()
    by_unit = defaultdict(list)
    for renaksi in seen.only("evaluation", "lead_unit", "status", "due_date"):
        by_unit[renaksi.evaluation_id, renaksi.lead_unit_id].append(renaksi)
    leads = {unit for _, unit in by_unit}
    units = list(Unit.objects.filter(pk__in=leads).order_by("position", "name"))
    found: dict[int, list[UnitRow]] = {pk: [] for pk in by_key}
    names = former_names_of(by_key.values())
    for pk, evaluation in by_key.items():
        own = [copy(unit) for unit in units if (pk, unit.pk) in by_unit]
        names.put_on([evaluation.unit, *own], evaluation.named_on)
        found[pk] = [_row(unit, by_unit[pk, unit.pk]) for unit in own]
    return found


def _row(unit, renaksi):
    return UnitRow(unit, renaksi, Progress.of([row.status for row in renaksi]))


def total(rows) -> UnitRow:
    sums = {
        part.name: sum(getattr(row.progress, part.name) for row in rows)
        for part in fields(Progress)
    }
    return UnitRow(None, [renaksi for row in rows for renaksi in row.renaksi], Progress(**sums))


def counts_of(evaluations) -> dict[int, int]:
    """Returns how many renaksi each evaluation has, seen or not. One query."""
    rows = Renaksi.objects.filter(evaluation__in=evaluations).order_by()
    rows = rows.values("evaluation").annotate(count=Count("pk"))
    return dict(rows.values_list("evaluation", "count"))


def notes(evaluation, rows) -> list[str]:
    """Returns the notes below the table. One query."""
    return notes_on(rows, counts_of([evaluation.pk]).get(evaluation.pk, 0))


def notes_on(rows, everything: int) -> list[str]:
    """Returns the same notes when the number of all renaksi is known."""
    shown = sum(len(row.renaksi) for row in rows)
    led = "Setiap tindak lanjut dihitung sekali, pada unit penanggung jawabnya."
    return [led, ONLY_OWN] if shown < everything else [led]
