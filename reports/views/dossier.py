"""Pages of the complete dossier of one evaluation: a preview of its content, and the file."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from reports.exports import catalogue
from reports.forms.dossier import DossierOptions
from reports.permissions import issued_report_policy
from reports.views.downloads import download
from sakip.errors import require


@require_safe
def dossier_detail(request, pk):
    return _page(request, _find(request, pk), DossierOptions(user=request.user))


def _page(request, evaluation, form, status=200):
    spec = catalogue.ExportSpec(name="dossier", format="pdf", evaluation_id=evaluation.pk)
    context = {
        "evaluation": evaluation,
        "dossier": catalogue.build(spec, request.user, today=timezone.localdate()),
        "form": form,
        "may_issue": issued_report_policy.check(request.user, "issue"),
    }
    return render(request, "reports/dossier_detail.html", context, status=status)


@require_safe
def dossier_download(request, pk):
    evaluation = _find(request, pk)
    form = DossierOptions(request.GET, user=request.user)
    if not form.is_valid():
        return _page(request, evaluation, form, status=400)
    return download(request, form.spec(evaluation))


def _find(request, pk):
    evaluation = get_object_or_404(Evaluation.objects.visible_to(request.user), pk=pk)
    require(evaluation_policy.check(request.user, "print", evaluation))
    return evaluation
