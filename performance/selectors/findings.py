"""Computes the findings on indicators (docs/design.md §2.6), for `sakip.consistency`."""

from collections.abc import Collection, Iterator

from performance.models import Indicator
from performance.permissions import indicator_policy
from performance.rules.consistency import named, of_indicator
from sakip.consistency.kinds import FindingTarget, Found, Kind, register
from sakip.models import ChangedScope


def on_indicators(bodies: Collection[int]) -> Iterator[Found]:
    """Findings on every indicator of these bodies, in document order. At most five queries."""
    indicators = (
        Indicator.objects.filter(objective__unit__in=bodies)
        .select_related("objective__unit")
        .prefetch_related("realisations", "targets", "quarters", "objective__sources")
        .order_by("objective__unit", "objective__number", "number")
    )
    for indicator in indicators:
        body = indicator.objective.unit_id
        for finding in of_indicator(indicator):
            yield Found(body, body, finding)


def _bodies():
    return Indicator.objects.order_by().values_list("objective__unit", flat=True).distinct()


register(
    kinds=[Kind("indicators", ChangedScope.Subject.BODY, _bodies, on_indicators)],
    targets=[
        FindingTarget(
            Indicator,
            indicator_policy,
            lambda pks: Indicator.objects.filter(pk__in=pks).select_related("objective__unit"),
            named,
        )
    ],
)
