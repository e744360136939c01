"""The complete dossier of one evaluation."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from reports.production import Order
from reports.views.downloads import download
from sakip.errors import require


@require_safe
def dossier_download(request, pk):
    evaluation = get_object_or_404(Evaluation.objects.visible_to(request.user), pk=pk)
    require(evaluation_policy.check(request.user, "print", evaluation))
    return download(request, Order(name="dossier", format="pdf", evaluation_id=pk))
