"""The page with the history of all records."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.forms.history import HistoryFilter
from reports.selectors.history import (
    BoundedPaginator,
    acts,
    entries_for,
    last_check,
    latest_of_each_batch,
)


@require_safe
def history(request):
    form = HistoryFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/history.html", {"form": form})
    entries = entries_for(request.user, form.cleaned_data)
    page = BoundedPaginator(latest_of_each_batch(entries), settings.PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "acts": acts(entries, page.object_list, request.user)}
    context["last_check"] = last_check(request.user)
    return render(request, "reports/history.html", context)
