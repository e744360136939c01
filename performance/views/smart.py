"""The indicator sheet: its check list SMART-C."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from performance.forms.smart import SmartForm
from performance.models import Indicator
from performance.permissions import indicator_policy
from performance.services.smart import judge_indicator, smart_words
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require

PAGE = "performance/smart_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def smart_edit(request, pk):
    rows = Indicator.objects.visible_to(request.user).select_related("objective__unit")
    indicator = get_object_or_404(rows, pk=pk)
    require(indicator_policy.check(request.user, "edit", indicator))
    form = SmartForm(posted(request)[0], indicator=indicator)
    try:
        if form.is_valid() and _judge(request, form, indicator):
            messages.success(request, "Penilaian SMART-C disimpan.")
            return redirect(indicator)
    except StaleEdit as conflict:
        return _conflict(request, conflict)
    return render(request, PAGE, {"form": form, "indicator": indicator})


def _judge(request, form, indicator):
    cleaned = {"marks": form.marks, "version": form.cleaned_data["version"]}
    return attempt(request, form, judge_indicator, cleaned=cleaned, indicator=indicator)


def _conflict(request, conflict):
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites."""
    indicator = conflict.current
    form = SmartForm(again(request, version=indicator.version), indicator=indicator)
    context = {"form": form, "indicator": indicator, "saved": smart_words(indicator)}
    return render(request, PAGE, context | {"conflict": str(conflict)}, status=409)
