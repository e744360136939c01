"""The page with the history of all records."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.forms.history import HistoryFilter
from reports.selectors.history import last_check
from reports.selectors.history_pages import page_of_history
from sakip.paging import without_place


@require_safe
def history(request):
    form = HistoryFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/history.html", {"form": form})
    page, told = page_of_history(request.user, form.cleaned_data, request.GET)
    context = {"form": form, "page": page, "acts": told, "kept": without_place(request.GET)}
    context["last_check"] = last_check(request.user)
    return render(request, "reports/history.html", context)
