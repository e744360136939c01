"""What an evaluation would come to if its components obtained more or less."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from recommendations.forms.simulation import SimulationForm
from recommendations.models import Evaluation, Renaksi
from recommendations.permissions import evaluation_policy
from recommendations.rules import follow_up_bands as criterion
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import figures
from recommendations.rules.score_simulation import simulate


@require_safe
def evaluation_simulation(request, pk):
    loaded = Evaluation.objects.visible_to(request.user).with_scores()
    evaluation = get_object_or_404(loaded, pk=pk)
    now = figures(evaluation)
    context = {"evaluation": evaluation, "now": now}
    if now.grade:
        form = SimulationForm(request.GET, figures=now)
        form.is_valid()
        simulation, target = simulate(now, form.percents), form.target
        context |= {
            "form": form,
            "simulation": simulation,
            "target": target,
            "rows": [(line, form.field_of(line.component)) for line in simulation.lines],
            "missing": simulation.missing(target),
            "ways": simulation.ways(target),
            "together": simulation.together(target),
            "standing": _standing(request.user, evaluation),
        }
    return render(request, "recommendations/evaluation_simulation.html", context)


def _standing(user, evaluation):
    """Returns None when the user may see only some renaksi: the result would be wrong for the whole."""
    if not evaluation_policy.check(user, "print", evaluation):
        return None
    tally = Renaksi.objects.visible_to(user).filter(recommendation__evaluation=evaluation).tally()
    rubric = evaluation.rubric
    return criterion.standing(
        Progress(**tally), criterion.bands_of(rubric), rubric.follow_up_weight
    )
