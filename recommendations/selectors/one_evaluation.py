"""One LHE with its scores, by questions that are put together once (`sakip/prepared.py`)."""

from recommendations.models import ComponentScore, Evaluation, RubricWeight
from recommendations.permissions import evaluation_policy
from sakip.models import User
from sakip.prepared import Prepared, attach


def seen(user: User, pk: int) -> Evaluation | None:
    """What `visible_to(user).with_scores()` has under this key; None when there is nothing. Three queries."""
    evaluation = WHOLE.first(pk)
    if evaluation is None or not evaluation_policy.check(user, "view", evaluation):
        return None
    attach(evaluation.rubric, "weights", WEIGHTS(evaluation.rubric_id), "rubric")
    attach(evaluation, "scores", SCORES(pk), "evaluation")
    return evaluation


def before(user: User, evaluation: Evaluation) -> Evaluation | None:
    """`before(evaluation)` among those that the user may see, with its scores. At most four queries."""
    year = evaluation.performance_year
    earlier = [(of, pk) for pk, of in SCORED(evaluation.unit_id) if of < year]
    return seen(user, max(earlier)[1]) if earlier else None


WHOLE = Prepared(lambda pk: Evaluation.objects.filter(pk=pk).select_related("unit", "rubric"))
WEIGHTS = Prepared(
    lambda rubric: RubricWeight.objects.filter(rubric=rubric).select_related("component")
)
SCORES = Prepared(
    lambda pk: ComponentScore.objects.filter(evaluation=pk).select_related("component")
)
SCORED = Prepared(
    lambda unit: (
        Evaluation.objects.filter(unit=unit)
        .scored()
        .order_by()
        .values_list("pk", "performance_year")
    )
)
