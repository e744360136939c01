"""The indicator sheet: its check list SMART-C."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from performance import services
from performance.forms import SmartForm
from performance.models import Indicator
from performance.permissions import indicator_policy
from sakip.errors import require


@require_http_methods(["GET", "HEAD", "POST"])
def smart_edit(request, pk):
    rows = Indicator.objects.visible_to(request.user).select_related("objective__unit")
    indicator = get_object_or_404(rows, pk=pk)
    require(indicator_policy.check(request.user, "edit", indicator))
    form = SmartForm(request.POST if request.method == "POST" else None, indicator=indicator)
    if form.is_valid():
        services.judge_indicator(
            indicator=indicator, marks=form.marks, actor=request.user, at=timezone.now()
        )
        messages.success(request, "Penilaian SMART-C disimpan.")
        return redirect(indicator)
    context = {"form": form, "indicator": indicator}
    return render(request, "performance/smart_form.html", context)
