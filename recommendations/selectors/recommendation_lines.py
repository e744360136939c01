"""The recommendations of an LHE as its page lists them: one line each, with the statuses of their renaksi."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from recommendations.models import Evaluation, Recommendation, Renaksi
from recommendations.rules import repetition
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors.repeated import repeated_since
from sakip.models import Unit


@dataclass(frozen=True)
class RecommendationLine:
    """`counts` has the number of renaksi in each status, of those that the reader may see."""

    recommendation: Recommendation
    counts: Mapping[str, int]
    repetition: str  # since when it is repeated; empty when it is not

    @property
    def is_unplanned(self) -> bool:
        """Whether nobody has a renaksi for it."""
        return self.recommendation.renaksi_count == 0

    @property
    def status_counts(self) -> list[tuple[str, str, int]]:
        """Returns label, tone and count of each status that occurs, in the order of the workflow."""
        return [
            (status.label, STATUS_WORDS[status].tone, self.counts[status])
            for status in Renaksi.Status
            if status in self.counts
        ]


def recommendations_of(evaluation: Evaluation, user):
    """Returns those that `user` may read, with `renaksi_count`, in the order of their numbers."""
    visible = Recommendation.objects.visible_to(user).filter(evaluation=evaluation)
    counted = visible.annotate(renaksi_count=Count("renaksi"))
    return counted.select_related("component", "evaluation").order_by("number")


def recommendation_lines(recommendations, user) -> list[RecommendationLine]:
    """Returns the lines of these loaded recommendations. One query, two when one repeats another."""
    rows = Renaksi.objects.visible_to(user).filter(
        recommendation__in=[row.pk for row in recommendations]
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    by_status = rows.order_by().values_list("recommendation", "status").annotate(Count("pk"))
    for pk, status, count in by_status:
        counts[pk][status] = count
    since = repeated_since(recommendations)
    return [
        RecommendationLine(row, counts[row.pk], repetition.sentence(since.get(row.pk)))
        for row in recommendations
    ]


def renamed_parts(evaluation: Evaluation, user) -> list[tuple[str, str]]:
    """What units were called on the day of the LHE and are called now: the body, and those with a part in
    renaksi that `user` may see. Two queries."""
    renaksi = Renaksi.objects.visible_to(user).filter(evaluation=evaluation)
    helping = Renaksi.supporting_units.through.objects.filter(renaksi__in=renaksi.values("pk"))
    parts = Q(pk__in=renaksi.values("lead_unit")) | Q(pk__in=helping.values("unit"))
    units = [evaluation.unit, *Unit.objects.filter(parts)]
    evaluation.name_units(units)
    return sorted({(str(unit), unit.later_name) for unit in units if unit.later_name})
