"""The findings on every evaluation and renaksi that a user may see."""

from recommendations.models import Evaluation, Renaksi
from recommendations.rules.consistency import RENAKSI_CHECKS, check_evaluation
from sakip.consistency.finding import Finding


def run(user, *, on, evaluation=None) -> list[Finding]:
    """Findings on the evaluations and renaksi `user` may see, in document order.

    Due dates before `on` are late. `evaluation` limits the result to one. At most ten queries.
    """
    visible = Evaluation.objects.visible_to(user)
    evaluations = {
        row.pk: row for row in visible.with_scores().order_by("unit", "performance_year")
    }
    before = visible.keys_before(evaluations.values())
    renaksi = (
        Renaksi.objects.visible_to(user).for_table().prefetch_related("recommendation__points")
    )
    renaksi = renaksi.order_by("recommendation__evaluation", "recommendation__number", "position")
    if evaluation:
        renaksi = renaksi.filter(recommendation__evaluation=evaluation)
    found = []
    for current in evaluations.values():
        if evaluation is None or current == evaluation:
            found += check_evaluation(current, evaluations.get(before.get(current.pk)))
    for row in renaksi:
        for check in RENAKSI_CHECKS:
            found += check(row, on)
    return found
