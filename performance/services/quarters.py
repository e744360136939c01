"""Writes the figures of one quarter, and the year's figure that the indicator's rule makes of them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import Indicator, QuarterFigure, Realisation, Target
from performance.permissions import indicator_policy
from performance.rules import quarters, typed_figures
from performance.rules.lifetime import require_alive
from performance.rules.typed_figures import PlannedTarget, TypedFigure
from performance.selectors.locked_years import require_unlocked
from performance.services.realisations import require_explanation
from performance.services.shared import lock_indicator
from sakip.editing import StaleEdit
from sakip.errors import require
from sakip.history.words import about
from sakip.history.write import record
from sakip.models import User
from sakip.writing import write, write_part


@transaction.atomic
def write_quarter(
    *,
    indicator: Indicator,
    year: int,
    quarter: int,
    actor: User,
    at: datetime,
    version: int,
    realisation: TypedFigure | None = None,
    target: PlannedTarget | None = None,
) -> QuarterFigure:
    """Writes the result or the target of a quarter, None changes nothing; an empty target removes it.

    The year's figure follows, unless somebody entered it by itself: then both stay as they are, and a
    consistency check says so. `version` is that of the quarter the person read, 0 when there was none;
    StaleEdit when it is not current. Only coordinators may write targets.
    """
    indicator = lock_indicator(indicator)
    require(indicator_policy.check(actor, "realise", indicator))
    if target is not None:
        require(indicator_policy.check(actor, "edit", indicator))
    require_alive(indicator, year)
    require_unlocked(indicator, year)
    row = indicator.quarters.filter(year=year, quarter=quarter).first()
    if (row.version if row else 0) != version:
        raise StaleEdit("angka triwulan", row)
    row = row or QuarterFigure(indicator=indicator, year=year, quarter=quarter)
    fields = _result(indicator, realisation) | _target(target)
    changes = about(row, write_part(row, **fields), row)
    if changes:
        row.version += 1
        row.save(update_fields=["version"])
        changes += keep_year(indicator, year)
        record(actor=actor, at=at, action="realise", target=indicator, changes=changes)
    return row


def _result(indicator, figure):
    if figure is None:
        return {}
    if problem := typed_figures.quarter_problem(figure, indicator.scale_values):
        raise ValidationError(problem)
    return {"value": figure.value, "text_value": figure.text, "missing": figure.missing}


def _target(planned):
    if planned is None:
        return {}
    if problem := typed_figures.quarter_target_problem(planned):
        raise ValidationError(problem)
    return {"target": planned.value}


def keep_year(indicator: Indicator, year: int) -> list[tuple[str, str, str]]:
    """Makes the year's figure and target of its quarters; returns the changes for the history.

    A figure that was entered by itself stays, and so does every target that there is.
    """
    rows = list(indicator.quarters.filter(year=year))
    return _keep_realisation(indicator, year, rows) + _keep_target(indicator, year, rows)


def _keep_realisation(indicator, year, rows):
    stored = indicator.realisations.filter(year=year).first()
    fields = quarters.followed(indicator, stored, rows)
    if not fields:
        return []
    row = stored or Realisation(indicator=indicator, year=year)
    if fields["through_quarter"] == quarters.QUARTERS[-1]:
        require_explanation(indicator, year, stored, fields)
    changes = write_part(row, **fields)
    if changes:
        row.version += 1
        row.save(update_fields=["version"])
    return about(row, changes, year)


def _keep_target(indicator, year, rows):
    made = quarters.target_of(indicator, rows)
    if made is None or indicator.targets.filter(year=year).exists():
        return []
    target = Target(indicator=indicator, year=year)
    return about(target, write(target, value=made), year)
