"""Starts the LHE of another year from an earlier one."""

import uuid
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.services.next_year import carry_over
from recommendations.models import Evaluation
from recommendations.models.renaksi import has_part
from recommendations.permissions import evaluation_policy
from recommendations.selectors.next_year import OpenRecommendation, open_recommendations
from recommendations.services.evaluations import create_evaluation
from recommendations.services.recommendations import create_recommendation
from recommendations.services.renaksi_batch import RenaksiBatch
from sakip.errors import require, still_there
from sakip.models import Unit, User
from sakip.richtext import plain_text

CHANGED = (
    "Rekomendasi yang dicentang sudah selesai atau dihapus sejak halaman ini dibuka. Periksa lagi "
    "daftarnya, lalu simpan."
)


@dataclass(frozen=True)
class Started:
    """The new LHE, and how much came along."""

    evaluation: Evaluation
    recommendations: int
    renaksi: int
    extended: int
    targets: int


@transaction.atomic
def start_next_year(
    *,
    source: Evaluation,
    actor: User,
    at: datetime,
    performance_year: int,
    numbers: Mapping[int, int],
    replacements: Mapping[Unit, Unit],
    shifts_due: bool,
    extended: Collection[int] = (),
    targets: Collection[int] = (),
    **fields,
) -> Started:
    """Creates the LHE with the recommendations of `numbers` (key → new number) and what they leave open.

    `replacements` gives another unit for each inactive one. `shifts_due` moves due dates by the years
    between, otherwise they stay empty. `fields` are more fields of the new LHE.
    """
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("unit")
    source = still_there(rows, source)
    require(evaluation_policy.check(actor, "edit", source))
    chosen = [one for one in open_recommendations(source) if one.recommendation.pk in numbers]
    if len(chosen) < len(numbers):
        raise ValidationError(CHANGED)
    evaluation = create_evaluation(
        unit=source.unit, performance_year=performance_year, actor=actor, at=at, **fields
    )
    years = performance_year - source.performance_year
    batch = RenaksiBatch(source.unit, actor=actor, at=at, batch=uuid.uuid4())
    carrier = _Carrier(batch, replacements, years if shifts_due else None)
    for one in sorted(chosen, key=lambda one: numbers[one.recommendation.pk]):
        carrier.carry(one, evaluation, numbers[one.recommendation.pk])
    batch.finish()
    old, new = source.performance_year, performance_year
    kept = {"extended": extended, "targets": targets}
    count, made = carry_over(unit=source.unit, actor=actor, at=at, old=old, new=new, **kept)
    return Started(evaluation, len(chosen), batch.created, count, made)


@dataclass(frozen=True)
class _Carrier:
    """`years` by which due dates move; None leaves them empty."""

    batch: RenaksiBatch
    replacements: Mapping[Unit, Unit]
    years: int | None

    def carry(self, one: OpenRecommendation, evaluation, number):
        old = one.recommendation
        new = create_recommendation(
            evaluation=evaluation,
            number=number,
            component=old.component,
            heading=old.heading,
            criterion_code=old.criterion_code,
            text=old.text,
            follow_up_lead=old.follow_up_lead,
            previous=old,
            points=[{"id": None, "text": point.text} for point in old.points.all()],
            actor=self.batch.actor,
            at=self.batch.at,
            batch=self.batch.batch,
        )
        points = dict(zip([point.pk for point in old.points.all()], new.points.all(), strict=True))
        for position, renaksi in enumerate(one.renaksi, 1):
            self._carry_plan(renaksi, new, points, position)

    def _carry_plan(self, renaksi, recommendation, points, position):
        lead = self._active(renaksi.lead_unit)
        supporting = {self._active(unit) for unit in renaksi.supporting_units.all()} - {lead}
        person = renaksi.person
        stays = person and person.is_active and has_part(person, supporting | {lead})
        self.batch.add(
            recommendation,
            position,
            plan=renaksi.plan if plain_text(renaksi.plan) else renaksi.follow_up,
            point=points.get(renaksi.point_id),
            lead_unit=lead,
            supporting=supporting,
            person=person if stays else None,
            due_date=self._moved(renaksi.due_date),
        )

    def _active(self, unit):
        if unit.is_active:
            return unit
        if unit not in self.replacements:
            raise ValidationError(f"Unit {unit} sudah tidak aktif. Pilih unit penggantinya.")
        return self.replacements[unit]

    def _moved(self, due: date | None) -> date | None:
        if due is None or self.years is None:
            return None
        year = due.year + self.years
        return due.replace(year=year, day=min(due.day, monthrange(year, due.month)[1]))
