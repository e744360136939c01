"""Loads what the advice on a simulated score is made of."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from recommendations.models import Renaksi
from recommendations.permissions import evaluation_policy
from recommendations.rules import score_advice as rules
from recommendations.rules.follow_up_bands import Standing, bands_of, standing
from recommendations.rules.grades import Grade
from recommendations.rules.score_simulation import Simulation


@dataclass(frozen=True)
class ScoreAdvice:
    """`standing` and `gain` (points of the next verified renaksi) are None without countable renaksi."""

    components: list[rules.ComponentAdvice]
    unplaced: list[rules.UnfinishedRecommendation]
    path: list[rules.AdviceStep]
    standing: Standing | None
    steps: list[rules.FollowUpStep]
    gain: Decimal | None


def score_advice(user, evaluation, simulation: Simulation, target: Grade) -> ScoreAdvice | None:
    """Returns None when the user may see only some renaksi: the result would be wrong for the whole.

    Four queries.
    """
    if not evaluation_policy.check(user, "print", evaluation):
        return None
    renaksi = Renaksi.objects.visible_to(user).select_related("lead_unit").order_by("position")
    rows = evaluation.recommendations.select_related("component").prefetch_related(
        Prefetch("renaksi", queryset=renaksi)
    )
    loaded = list(rows.order_by("number"))
    rubric = evaluation.rubric
    bands, weight = bands_of(rubric), rubric.follow_up_weight
    progress = rules.progress_of(loaded)
    components = rules.advise(simulation, loaded, bands, weight)
    return ScoreAdvice(
        components=components,
        unplaced=rules.unplaced(simulation, loaded),
        path=rules.lightest_path(simulation, target, components),
        standing=standing(progress, bands, weight),
        steps=rules.follow_up_steps(progress, bands, weight),
        gain=rules.gain_of_next(progress, bands, weight),
    )
