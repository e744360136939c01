"""Collects the findings of consistency checks of indicators."""

from performance.models import Indicator
from performance.rules.consistency import CHECKS, by_year
from sakip.consistency.finding import Finding


def run(user) -> list[Finding]:
    """Findings about every indicator that `user` may see, in document order. At most six queries."""
    indicators = (
        Indicator.objects.visible_to(user)
        .select_related("objective__unit")
        .prefetch_related("realisations", "targets", "quarters", "objective__sources")
        .order_by("objective__unit", "objective__number", "number")
    )
    return [
        finding
        for indicator in indicators
        for check in CHECKS
        for finding in check(indicator, by_year(indicator.realisations.all()))
    ]
