"""Table reports on screen and as files."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.definitions import DEFINITIONS, ReportError
from reports.exports import catalogue
from reports.exports.catalogue import EXPORTS
from reports.forms.report_options import ReportOptions
from reports.permissions import issued_report_policy
from reports.renderers import FORMATS, html
from reports.views.downloads import download


@require_safe
def report_preview(request, name):
    definition = _definition(name)
    form = _options(request, definition.about, definition.can_verify)
    context = {"definition": definition, "form": form, "formats": FORMATS.items()}
    context["may_issue"] = issued_report_policy.check(request.user, "issue")
    if not form.is_valid():
        return render(request, "reports/report_preview.html", context, status=400)
    try:
        report = catalogue.build(form.spec(name), request.user, today=timezone.localdate())
    except ReportError as error:
        return render(request, "reports/report_preview.html", context | {"problem": str(error)})
    context |= {"report": report, "preview": html.preview(report)}
    return render(request, "reports/report_preview.html", context)


@require_safe
def report_download(request, name, format):
    export = EXPORTS.get(name)
    if export is None:
        raise Http404(f"Laporan “{name}” tidak dikenal.")
    form = _options(request, export.needs, export.can_verify)
    if not form.is_valid():
        raise Http404("Pilihan laporan tidak dikenal.")
    return download(request, form.spec(name, format))


def _options(request, about, can_verify):
    return ReportOptions(request.GET, user=request.user, about=about, can_verify=can_verify)


def _definition(name):
    if name not in DEFINITIONS:
        raise Http404(f"Laporan “{name}” tidak dikenal.")
    return DEFINITIONS[name]
