"""What an evaluation would come to if its components obtained more or less."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from recommendations.forms.simulation import SimulationForm
from recommendations.models import Evaluation
from recommendations.rules.score_comparison import figures
from recommendations.rules.score_simulation import simulate
from recommendations.selectors.score_advice import score_advice


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
            "advice": score_advice(request.user, evaluation, simulation, target),
        }
    return render(request, "recommendations/evaluation_simulation.html", context)
