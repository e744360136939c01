"""What became of the same recommendation last year, beside a review."""

from dataclasses import dataclass

from django.db.models import Prefetch

from recommendations.models import Evidence, Recommendation, Renaksi, ReviewDecision


@dataclass(frozen=True)
class LastYear:
    """The same recommendation of an earlier LHE. `items` are its renaksi that the reader may see, with
    `current_evidence` and their decisions loaded."""

    recommendation: Recommendation
    items: list[Renaksi]

    @property
    def year(self) -> int:
        return self.recommendation.evaluation.performance_year


def last_year(user, renaksi) -> LastYear | None:
    """Returns None when the recommendation repeats none, or one that the user may not see. At most six queries."""
    earlier = renaksi.recommendation.previous_id
    if earlier is None:
        return None
    rows = Recommendation.objects.visible_to(user).select_related("component", "evaluation__unit")
    recommendation = rows.filter(pk=earlier).first()
    return recommendation and LastYear(recommendation, _items(user, recommendation))


def _items(user, recommendation):
    evidence = Evidence.objects.filter(is_archived=False).prefetch_related("revisions")
    items = Renaksi.objects.visible_to(user).filter(recommendation=recommendation)
    items = (
        items.select_related("lead_unit")
        .order_by("position")
        .prefetch_related(
            Prefetch("evidence", queryset=evidence, to_attr="current_evidence"),
            Prefetch("decisions", queryset=ReviewDecision.objects.select_related("evaluator")),
            "steps",
        )
    )
    found = list(items)
    for renaksi in found:
        renaksi.recommendation = recommendation
    return found
