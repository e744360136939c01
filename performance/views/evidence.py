"""Pages for the evidence of a realisation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from performance.forms.evidence import FigureEvidenceForm
from performance.models import FigureEvidence, Realisation
from performance.permissions import indicator_policy
from performance.selectors.locked_years import require_unlocked
from performance.services import evidence
from sakip.editing import attempt, posted
from sakip.errors import require
from sakip.uploads.joining import joins_parts
from sakip.uploads.serving import hand_out

WITH_INDICATOR = ("indicator__objective__unit", "indicator__owner_unit")


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
def evidence_add(request, pk, year):
    rows = Realisation.objects.visible_to(request.user).select_related(*WITH_INDICATOR)
    realisation = get_object_or_404(rows, indicator=pk, year=year)
    require(indicator_policy.check(request.user, "realise", realisation.indicator))
    require_unlocked(realisation.indicator, year)
    form = FigureEvidenceForm(*posted(request))
    if form.is_valid():
        cleaned = {"upload": form.cleaned_data["file"]}
        service = evidence.attach
        if kept := attempt(request, form, service, cleaned=cleaned, realisation=realisation):
            messages.success(request, f"Bukti “{kept}” dilampirkan.")
            return redirect(realisation.indicator)
    context = {
        "form": form,
        "realisation": realisation,
        "indicator": realisation.indicator,
        "evidence": realisation.evidence.filter(is_archived=False),
    }
    return render(request, "performance/evidence_form.html", context)


@require_safe
def evidence_file(request, pk):
    """Sends the file to people who may see the indicator."""
    found = get_object_or_404(FigureEvidence.objects.visible_to(request.user), pk=pk)
    return hand_out(
        found.file, content_type=found.content_type, name=found.original_name, is_received=True
    )


@require_POST
def evidence_archive(request, pk):
    related = [f"realisation__{name}" for name in WITH_INDICATOR]
    rows = FigureEvidence.objects.visible_to(request.user).select_related(*related)
    found = get_object_or_404(rows, pk=pk)
    evidence.archive(evidence=found, actor=request.user, at=timezone.now())
    messages.success(request, f"Bukti “{found}” diarsipkan.")
    return redirect(found.realisation.indicator)
