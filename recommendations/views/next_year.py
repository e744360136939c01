"""Starts the LHE of the next year from an earlier one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from recommendations.forms.next_year import NextYearForm
from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from recommendations.services.next_year import start_next_year
from sakip.editing import attempt, posted
from sakip.errors import require


@require_http_methods(["GET", "HEAD", "POST"])
def next_year(request, pk):
    visible = Evaluation.objects.visible_to(request.user)
    source = get_object_or_404(visible.select_related("unit", "rubric"), pk=pk)
    require(evaluation_policy.check(request.user, "edit", source))
    form = NextYearForm(*posted(request), source=source)
    if form.is_valid() and (
        started := attempt(request, form, start_next_year, source=source, cleaned=form.arguments)
    ):
        _tell(request, started)
        return redirect(started.evaluation)
    later = visible.filter(unit=source.unit, performance_year=form.suggested).first()
    context = {"form": form, "source": source, "later": later}
    return render(request, "recommendations/evaluation_next_year.html", context)


def _tell(request, started):
    messages.success(
        request,
        f"LHE tahun kinerja {started.evaluation.performance_year} dimulai: "
        f"{started.recommendations} rekomendasi dan {started.renaksi} rencana aksi dibawa.",
    )
    if started.extended:
        messages.info(request, f"{started.extended} indikator diperpanjang.")
    if started.targets:
        messages.warning(
            request,
            f"{started.targets} target disalin dari tahun sebelumnya. Pastikan angkanya benar.",
        )
