"""Pages of issued reports (laporan terbit): issue, find, read, withdraw."""

from itertools import chain

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.definitions import ReportError
from reports.exports.catalogue import EXPORTS, ExportSpec
from reports.forms.dossier import DossierOptions
from reports.forms.issuing import IssuedFilter, IssueForm, WithdrawForm
from reports.forms.report_options import options_for
from reports.models import IssuedReport
from reports.permissions import issued_report_policy
from reports.renderers import html
from reports.services import issuing
from reports.verification.signing import SigningError
from sakip.converters import key_of
from sakip.editing import posted
from sakip.environment import LOCAL_SITE
from sakip.errors import WrongState, require
from sakip.history.sentences import story_of
from sakip.unsaved import keeps_typed
from sakip.uploads.serving import hand_out

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
def issue(request, name):
    require(issued_report_policy.check(request.user, "issue"))
    prepared = _prepare(request, name)
    record = IssuedReport(unit=prepared.unit)
    require(issued_report_policy.check(request.user, "issue", record))
    form = IssueForm(
        request.POST or None, prepared=prepared, user=request.user, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid() and (issued := _issue(request, form)):
        return redirect(issued)
    context = {"form": form, "prepared": prepared, "product": EXPORTS[name], "name": name}
    if not getattr(form, "is_stale", False):
        return render(request, "reports/issue.html", context)
    context["preview"] = html.preview(prepared.contents)
    return render(request, "reports/issue.html", context, status=409)


def _prepare(request, name):
    try:
        return issuing.prepare(_spec_of(request, name), request.user, today=timezone.localdate())
    except ReportError as error:
        raise Http404(str(error)) from error


def _spec_of(request, name) -> ExportSpec:
    """Returns the spec from the query string, which has the same names as on the preview page."""
    if name not in EXPORTS:
        raise Http404(f"Laporan “{name}” tidak dikenal.")
    form = options_for(name, request.GET, request.user)
    document = request.GET.get("dokumen", "")
    if not form.is_valid() or (document and key_of(document) is None):
        raise Http404("Pilihan laporan tidak dikenal.")
    spec = form.spec(name, "pdf")
    options = spec.options | (_signed(request) if name == "dossier" else {})
    changed = {"document_id": key_of(document), "options": options}
    return ExportSpec(**spec.as_json() | changed)


def _signed(request) -> dict:
    """Returns who signs the dossier, as chosen on its page."""
    form = DossierOptions(request.GET, user=request.user)
    if not form.is_valid():
        raise WrongState(" ".join(chain.from_iterable(form.errors.values())))
    return form.signed


def _issue(request, form):
    """Returns the issued report. When it could not be issued, adds the error to the form and returns None."""
    chosen = form.cleaned_data
    try:
        issued = issuing.issue(
            prepared=form.prepared,
            number=chosen["number"],
            date=chosen["date"],
            submission=chosen["submission"],
            origin=origin(request),
            actor=request.user,
            at=timezone.now(),
        )
    except (issuing.NotIssued, SigningError) as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, f"{issued} diterbitkan.")
    return issued


def origin(request):
    """Returns the address to print on paper: the configured one, else the address of this request."""
    if settings.SITE_URL != LOCAL_SITE:
        return settings.SITE_URL
    return f"{request.scheme}://{request.get_host()}"


@require_safe
def issued_list(request):
    require(issued_report_policy.check(request.user, "view"))
    form = IssuedFilter(request.GET)
    found = IssuedReport.objects.visible_to(request.user).for_list()
    found = form.narrow(found) if form.is_valid() else found.none()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.kind = _kind(row)
    return render(request, "reports/issued_list.html", {"form": form, "page": page})


def _kind(issued):
    export = EXPORTS.get(issued.product)
    return export.title if export else issued.product


@require_safe
def issued_detail(request, pk):
    issued = _issued(request, pk)
    context = {
        "issued": issued,
        "kind": _kind(issued),
        "changes": issuing.changes_of(issued),
        "next": IssuedReport.objects.defer("snapshot").successor_of(issued),
        "may_withdraw": issued_report_policy.check(request.user, "withdraw", issued),
        "history": story_of(issued),
    }
    return render(request, "reports/issued_detail.html", context)


@require_safe
def issued_file(request, pk):
    issued = _issued(request, pk)
    return hand_out(issued.file, content_type="application/pdf", name=issued.file_name)


@form_methods
@keeps_typed(WithdrawForm)
def issued_withdraw(request, pk):
    issued = _issued(request, pk)
    require(issued_report_policy.check(request.user, "withdraw", issued))
    form = WithdrawForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        issuing.withdraw(issued=issued, reason=reason, actor=request.user, at=timezone.now())
        messages.success(request, f"{issued} dicabut.")
        return redirect(issued)
    return render(request, "reports/issued_withdraw.html", {"form": form, "issued": issued})


def _issued(request, pk):
    visible = IssuedReport.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("unit", "issued_by", "withdrawn_by", "supersedes"), pk=pk
    )
