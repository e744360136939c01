"""The quarterly report of a renaksi."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.quarterly_reports import QuarterlyReportForm
from recommendations.models import QuarterlyReport
from recommendations.services import quarterly_reports as services
from recommendations.views.shared import find_renaksi
from recommendations.workflow import require_transition
from sakip.editing import StaleEdit, add_errors, posted
from sakip.unsaved import keeps_typed
from sakip.writing import label


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(QuarterlyReportForm)
def edit(request, pk, year, quarter):
    renaksi = find_renaksi(request, pk)
    require_transition("edit", request.user, renaksi)
    key = {"renaksi": renaksi, "year": year, "quarter": quarter}
    report = QuarterlyReport.objects.filter(**key).first() or QuarterlyReport(**key)
    services.require_unclosed(report)
    form = QuarterlyReportForm(*posted(request), instance=report)
    try:
        saved = form.is_valid() and _save(request, form, key)
    except StaleEdit as conflict:
        return _conflict(request, renaksi, conflict)
    if saved:
        messages.success(request, f"Laporan {report.get_quarter_display()} {year} disimpan.")
        return redirect(renaksi)
    context = {"form": form, "renaksi": renaksi, "report": report}
    return render(request, "recommendations/quarterly_form.html", context)


def _conflict(request, renaksi, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    report, data = conflict.current, request.POST.copy()
    data["seen"] = services.digest_of(report)
    saved = [(label(report, name), getattr(report, name)) for name in services.WRITTEN]
    form = QuarterlyReportForm(data, instance=copy(report))
    context = {"form": form, "renaksi": renaksi, "report": report, "saved": saved}
    context["conflict"] = str(conflict)
    return render(request, "recommendations/quarterly_form.html", context, status=409)


def _save(request, form, key):
    """True when saved; False with the reasons added to the form."""
    try:
        services.report_quarter(actor=request.user, at=timezone.now(), **key, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
