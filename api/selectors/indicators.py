"""Indicators and their figures by year for the API."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from api.selectors.changed import narrowed_to_changed
from api.selectors.plain import exact, rounded
from api.selectors.units import known_unit
from performance.models import Indicator
from performance.querysets import IndicatorQuerySet
from performance.selectors.indicator_tables import indicator_row
from sakip.models import Unit, User


def indicators(
    user: User,
    *,
    year: int | None = None,
    body: int | None = None,
    unit: int | None = None,
    updated_since: datetime | None = None,
) -> IndicatorQuerySet:
    """`year`: those that apply in it; `unit`: those that it owns, or a unit beneath it."""
    rows = narrowed_to_changed(Indicator.objects.visible_to(user), updated_since)
    if year is not None:
        rows = rows.alive_between(year, year)
    if body is not None:
        rows = rows.filter(objective__unit=body)
    if unit is not None:
        owners = Unit.objects.beneath([known_unit(unit).pk], user.unit_rows)
        rows = rows.filter(owner_unit__in=owners)
    return rows


def load_indicators(rows: IndicatorQuerySet) -> IndicatorQuerySet:
    return rows.select_related("objective")


def indicator_rows(records: list[Indicator], user: User) -> list[dict[str, Any]]:
    """No query."""
    return [
        {
            "id": record.pk,
            "body": record.objective.unit_id,
            "objective": record.objective_id,
            "objective_number": record.objective.number,
            "objective_name": record.objective.name,
            "parent": record.parent_id,
            "number": record.number,
            "code": record.code,
            "name": record.name,
            "measure": record.measure,
            "owner_unit": record.owner_unit_id,
            "polarity": record.polarity,
            "accumulation": record.accumulation,
            "decimals": record.decimals,
            "scale": record.scale_values,
            "year_from": record.year_from,
            "year_to": record.year_to,
            "plan_year": record.plan_year,
            "plan_target": exact(record.plan_target),
            "plan_text": record.plan_text,
            "data_source": record.data_source,
            "page": record.get_absolute_url(),
        }
        for record in records
    ]


def load_years(rows: IndicatorQuerySet) -> IndicatorQuerySet:
    return rows.select_related("objective").prefetch_related("realisations", "targets")


def year_rows(
    records: list[Indicator], user: User, year: int | None = None
) -> Iterator[dict[str, Any]]:
    """Every year with a target or a realisation, the first first; with `year` only that one. No query."""
    for record in records:
        known = {row.year for row in (*record.realisations.all(), *record.targets.all())}
        for one in sorted(known if year is None else known & {year}):
            yield _year_row(record, one)


def _year_row(record, year):
    row = indicator_row(record, [year - 1, year])
    cell, target = row.current, row.target
    return {
        "indicator": record.pk,
        "body": record.objective.unit_id,
        "year": year,
        "target": exact(target.value) if target else None,
        "target_high": exact(target.high) if target else None,
        "target_text": target.text_value if target else "",
        "realisation": exact(cell.value),
        "realisation_text": cell.text_value,
        "missing": cell.realisation.missing if cell.realisation else "",
        "through_quarter": cell.through_quarter,
        "is_carried_over": row.is_carried_over,
        "annotation": cell.annotation,
        "change": rounded(row.change),
        "difference": exact(row.difference),
        "steps": row.steps,
        "direction": row.direction,
        "achievement": rounded(row.achievement),
        "reported_change": exact(row.reported_change),
        "reported_achievement": exact(row.reported_achievement),
    }
