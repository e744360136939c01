"""Carries indicators and their targets over to another year."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from performance.models import Objective
from performance.permissions import objective_policy
from performance.rules.lifetime import is_alive
from performance.rules.typed_figures import PlannedTarget
from performance.selectors.next_year import carried_indicators, is_locked
from performance.services.indicators import edit_indicator
from performance.services.realisations import digest_of_target, write_year
from performance.services.shared import lock_indicator
from sakip.errors import require
from sakip.models import User


@transaction.atomic
def carry_over(
    *,
    unit,
    old: int,
    new: int,
    actor: User,
    at: datetime,
    extended: Collection[int] = (),
    targets: Collection[int] = (),
) -> tuple[int, int]:
    """Lets the indicators `extended` apply until `new`, and copies the `targets` of `old` (keys of indicators).

    Never overwrites a target, and leaves out a locked year and indicators that do not apply to it.
    Returns how many indicators were extended and how many targets were made.
    """
    require(objective_policy.check(actor, "edit", Objective(unit=unit)))
    count = made = 0
    is_open = not is_locked(unit, new)
    for row in carried_indicators(unit, old, new):
        indicator = row.indicator
        if indicator.pk in extended and row.ends:
            edit_indicator(indicator=indicator, actor=actor, at=at, year_to=new)
            count += 1
        if indicator.pk in targets and row.can_copy and is_open:
            made += _copy(indicator, row.target, new, actor, at)
    return count, made


def _copy(indicator, target, year, actor, at) -> bool:
    indicator = lock_indicator(indicator)
    if not is_alive(indicator, year) or indicator.targets.filter(year=year).exists():
        return False
    realisation = indicator.realisations.filter(year=year).first()
    write_year(
        indicator=indicator,
        year=year,
        actor=actor,
        at=at,
        version=realisation.version if realisation else 0,
        target=PlannedTarget.of(target),
        target_seen=digest_of_target(None),
    )
    return True
