"""The recommendations of an LHE as its page lists them: one line each, with the statuses of their renaksi."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from recommendations.models import Evaluation, Recommendation, Renaksi, SupportingUnit
from recommendations.rules import repetition
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors.repeated import repeated_since
from sakip.converters import addresses_of
from sakip.models import Unit
from sakip.prepared import Prepared
from sakip.richtext import plain_text

EXCERPT_WORDS = 30


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """`counts` has the number of renaksi in each status, of those that the reader may see."""

    url: str
    name: str
    text: str
    counts: Mapping[str, int]
    is_planned: bool  # somebody has a renaksi for it
    repetition: str  # since when it is repeated; empty when it is not

    @property
    def status_counts(self) -> list[tuple[str, str, int]]:
        """Returns label, tone and count of each status that occurs, in the order of the workflow."""
        return [
            (label, STATUS_WORDS[status].tone, self.counts[status])
            for status, label in Renaksi.Status.choices
            if status in self.counts
        ]


def recommendations_of(evaluation: Evaluation, user):
    """Returns the keys of those that `user` may read, in the order of their numbers."""
    visible = Recommendation.objects.visible_to(user).filter(evaluation=evaluation)
    return visible.order_by("number").values_list("pk", flat=True)


def recommendation_lines(keys: list[int], user) -> list[RecommendationLine]:
    """Returns the lines of these recommendations. Two queries, one more when nobody that `user` sees plans
    one, two more when one repeats another."""
    rows = {row.pk: row for row in ROWS(keys)}
    seen = Renaksi.objects.visible_to(user).filter(recommendation__in=keys).order_by()
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, status, count in seen.values_list("recommendation", "status").annotate(Count("pk")):
        counts[pk][status] = count
    planned = counts.keys() | _planned([pk for pk in keys if pk not in counts])
    repeating = [pk for pk, row in rows.items() if row.previous_id]
    since = repeated_since(LOADED(repeating))
    address = addresses_of("recommendations:recommendation-detail")
    return [
        RecommendationLine(
            url=address(pk),
            name=f"{rows[pk].number}. {_title(rows[pk])}",
            text=_excerpt(rows[pk].text),
            counts=counts[pk],
            is_planned=pk in planned,
            repetition=repetition.sentence(since.get(pk)),
        )
        for pk in keys
        if pk in rows
    ]


def _planned(keys) -> set[int]:
    """Those of these recommendations for which anybody has a renaksi."""
    rows = Renaksi.objects.filter(recommendation__in=keys).order_by()
    return set(rows.values_list("recommendation", flat=True).distinct()) if keys else set()


def _title(row):
    return row.heading or row.component__name or "Rekomendasi"


def _excerpt(text):
    words = plain_text(text).split()
    return " ".join(words[:EXCERPT_WORDS]) + (" …" if len(words) > EXCERPT_WORDS else "")


def renamed_parts(evaluation: Evaluation, user) -> list[tuple[str, str]]:
    """What units were called on the day of the LHE and are called now: the body, and those with a part in
    renaksi that `user` may see. Two queries, one when no unit was renamed since."""
    renamed = evaluation.former_names.units_on(evaluation.named_on)
    if not renamed:
        return []
    renaksi = Renaksi.objects.visible_to(user).filter(evaluation=evaluation)
    helping = SupportingUnit.objects.filter(renaksi__in=renaksi.values("pk"))
    parts = Q(pk__in=renaksi.values("lead_unit")) | Q(pk__in=helping.values("unit"))
    units = [evaluation.unit, *Unit.objects.filter(parts, pk__in=renamed)]
    evaluation.name_units(units)
    return sorted({(str(unit), unit.later_name) for unit in units if unit.later_name})


ROWS = Prepared(
    lambda keys: (
        Recommendation.objects.filter(pk__in=keys)
        .order_by()
        .values_list(
            "pk", "number", "heading", "component__name", "text", "previous_id", named=True
        )
    )
)
LOADED = Prepared(
    lambda keys: Recommendation.objects.filter(pk__in=keys).select_related("evaluation")
)
