"""Table reports on screen and as files."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reports import definitions
from reports.definitions import DEFINITIONS, ReportError
from reports.forms import ReportOptions
from reports.renderers import FORMATS, filename, html
from reports.renderers import render as render_report


@require_safe
def report_preview(request, name):
    definition = _definition(name)
    form = ReportOptions(request.GET, user=request.user, about=definition.about)
    context = {"definition": definition, "form": form, "formats": FORMATS.items()}
    if not form.is_valid():
        return render(request, "reports/report_preview.html", context, status=400)
    try:
        report = _build(request, definition, form)
    except ReportError as error:
        return render(request, "reports/report_preview.html", context | {"problem": str(error)})
    context |= {"report": report, "preview": html.preview(report)}
    return render(request, "reports/report_preview.html", context)


@require_safe
def report_download(request, name, format):
    definition = _definition(name)
    if format not in FORMATS:
        raise Http404(f"Format “{format}” tidak dikenal.")
    form = ReportOptions(request.GET, user=request.user, about=definition.about)
    if not form.is_valid():
        raise Http404("Pilihan laporan tidak dikenal.")
    try:
        report = _build(request, definition, form)
    except ReportError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(
        render_report(report, format), content_type=FORMATS[format].content_type
    )
    response["Content-Disposition"] = content_disposition_header(True, filename(report, format))
    return response


def _definition(name):
    if name not in DEFINITIONS:
        raise Http404(f"Laporan “{name}” tidak dikenal.")
    return DEFINITIONS[name]


def _build(request, definition, form):
    report = definitions.build(
        definition.name, request.user, today=timezone.localdate(), **form.scope
    )
    return replace(report, **form.layout)
