"""Table reports on screen and as files."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.definitions import DEFINITIONS, ReportError
from reports.exports import catalogue
from reports.exports.catalogue import EXPORTS
from reports.forms.report_options import opening_options, options_for
from reports.permissions import issued_report_policy
from reports.renderers import FORMATS, html
from reports.services import report_choices
from reports.views.downloads import download

CHOSEN = "pilih"  # what the button of the choices sends; links to a report do not choose


@require_safe
def report_preview(request, name):
    if name not in DEFINITIONS:
        raise Http404(f"Laporan “{name}” tidak dikenal.")
    form = opening_options(name, request.GET, request.user)
    if CHOSEN in request.GET and form.is_valid():
        report_choices.remember(actor=request.user, report=name, query=form.query)
        path = reverse("reports:report-preview", args=[name])
        return redirect(f"{path}?{form.query}" if form.query else path)
    context = _preview(request.user, name, form)
    status = 200 if form.is_valid() else 400
    return render(request, "reports/report_preview.html", context, status=status)


def _preview(user, name, form) -> dict:
    context = {"definition": DEFINITIONS[name], "form": form, "formats": FORMATS.items()}
    context |= {"chosen": CHOSEN, "query": form.query}
    if not form.is_valid():
        return context
    spec = form.spec(name)
    try:
        report = catalogue.build(spec, user, today=timezone.localdate())
    except ReportError as error:
        return context | {"problem": str(error)}
    context["report"] = report
    if spec.options.get("all_bodies"):
        return context | {"parts": [table.title for table in report.tables]}
    may_issue = issued_report_policy.check(user, "issue")
    return context | {"preview": html.preview(report), "may_issue": may_issue}


@require_safe
def report_download(request, name, format):
    if name not in EXPORTS:
        raise Http404(f"Laporan “{name}” tidak dikenal.")
    form = options_for(name, request.GET, request.user)
    if not form.is_valid():
        raise Http404("Pilihan laporan tidak dikenal.")
    return download(request, form.spec(name, format))
