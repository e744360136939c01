"""The page with the history of all records."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.forms.history import HistoryFilter
from reports.selectors.history import acts, entries_for, last_check, latest_of_each_batch
from reports.selectors.history_pages import NewestFirst, bodies_of
from sakip.paging import page_of


@require_safe
def history(request):
    form = HistoryFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/history.html", {"form": form})
    entries = entries_for(request.user, form.cleaned_data)
    newest = NewestFirst(latest_of_each_batch(entries), bodies_of(request.user))
    page = page_of(newest, request.GET)
    context = {"form": form, "page": page, "acts": acts(entries, page.rows, request.user)}
    context["last_check"] = last_check(request.user)
    return render(request, "reports/history.html", context)
