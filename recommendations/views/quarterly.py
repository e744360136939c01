"""The quarterly report of a renaksi."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.quarterly import QuarterlyReportForm
from recommendations.models import QuarterlyReport
from recommendations.services import quarterly as services
from recommendations.views.shared import add_errors, find_renaksi, posted
from recommendations.workflow import require_transition


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk, year, quarter):
    if not 2000 <= year <= 2100 or quarter not in QuarterlyReport.Quarter:
        raise Http404("Triwulan ini tidak ada.")
    renaksi = find_renaksi(request, pk)
    require_transition("edit", request.user, renaksi)
    key = {"renaksi": renaksi, "year": year, "quarter": quarter}
    report = QuarterlyReport.objects.filter(**key).first() or QuarterlyReport(**key)
    services.require_unclosed(report)
    form = QuarterlyReportForm(*posted(request), instance=report)
    if form.is_valid() and _save(request, form, key):
        messages.success(request, f"Laporan {report.get_quarter_display()} {year} disimpan.")
        return redirect(renaksi)
    context = {"form": form, "renaksi": renaksi, "report": report}
    return render(request, "recommendations/quarterly_form.html", context)


def _save(request, form, key):
    """True when saved; False with the reasons added to the form."""
    try:
        services.report_quarter(actor=request.user, at=timezone.now(), **key, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
