"""The page of the consistency findings, and the actions on them."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.definitions import consistency
from reports.forms.findings import DismissForm, FindingFilter, HeedForm
from reports.permissions import may_dismiss
from reports.renderers import FORMATS
from reports.services import findings as services
from reports.views.typed import keep_typed
from sakip.editing import StaleEdit, attempt, posted
from sakip.errors import require


@require_safe
def finding_list(request):
    return _list_page(request)


def _list_page(request, *, conflict="", status=200):
    form = FindingFilter(request.GET, user=request.user)
    outcome = consistency.find(request.user, on=timezone.localdate(), evaluation=form.evaluation)
    waiting = [finding for finding in outcome.waiting if form.keeps(finding)]
    page = Paginator(waiting, settings.PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(finding, may_dismiss(request.user, finding.record)) for finding in page],
        "dismissed": [
            (
                finding,
                said,
                may_dismiss(request.user, finding.record),
                services.digest_of(finding, said),
            )
            for finding, said in outcome.dismissed
            if form.keeps(finding)
        ],
        "formats": FORMATS.items(),
        "conflict": conflict,
    }
    return render(request, "reports/finding_list.html", context, status=status)


@require_safe
def finding_count(request):
    """Returns the number of open findings as a line. The home page loads it after it is shown."""
    outcome = consistency.find(request.user, on=timezone.localdate())
    return render(request, "reports/_finding_count.html", {"count": len(outcome.waiting)})


@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed(DismissForm)
def finding_dismiss(request, key):
    finding = _find(request, key)
    require(may_dismiss(request.user, finding.record))
    seen = services.digest_of(finding, services.said_of(finding))
    form = DismissForm(*posted(request)[:1], initial={"seen": seen})
    context = {"finding": finding, "form": form}
    try:
        if form.is_valid() and attempt(request, form, services.dismiss_finding, finding=finding):
            messages.success(request, "Temuan diabaikan; alasannya tercatat.")
            return redirect("reports:consistency")
    except StaleEdit as conflict:
        said = conflict.current
        data = request.POST.dict() | {"seen": services.digest_of(finding, said)}
        context |= {"form": DismissForm(data), "said": said, "conflict": str(conflict)}
        return render(request, "reports/finding_dismiss.html", context, status=409)
    return render(request, "reports/finding_dismiss.html", context)


@require_POST
def finding_heed(request, key):
    finding, form = _find(request, key), HeedForm(request.POST)
    seen = {"seen": form.cleaned_data["seen"]} if form.is_valid() else {}
    try:
        services.heed_finding(finding=finding, actor=request.user, at=timezone.now(), **seen)
    except StaleEdit as conflict:
        return _list_page(request, conflict=str(conflict), status=409)
    messages.success(request, "Temuan diperhatikan lagi.")
    return redirect("reports:consistency")


def _find(request, key):
    """Returns the finding as it is today, if this person may see it; 404 when it no longer exists."""
    outcome = consistency.find(request.user, on=timezone.localdate())
    for finding in [*outcome.waiting, *(finding for finding, _ in outcome.dismissed)]:
        if finding.key == key:
            return finding
    raise Http404("Temuan ini sudah tidak ada.")
