"""What the consistency checks find, on one page, and what is done about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.definitions import consistency
from reports.finding_forms import DismissForm, FindingFilter
from reports.permissions import may_dismiss
from reports.renderers import FORMATS
from reports.services.findings import dismiss_finding, heed_finding
from sakip.errors import require

PAGE_LENGTH = 50


@require_safe
def finding_list(request):
    form = FindingFilter(request.GET, user=request.user)
    outcome = consistency.find(request.user, on=timezone.localdate(), evaluation=form.evaluation)
    waiting = [finding for finding in outcome.waiting if form.keeps(finding)]
    page = Paginator(waiting, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(finding, may_dismiss(request.user, finding.record)) for finding in page],
        "dismissed": [
            (finding, said, may_dismiss(request.user, finding.record))
            for finding, said in outcome.dismissed
            if form.keeps(finding)
        ],
        "formats": FORMATS.items(),
    }
    return render(request, "reports/finding_list.html", context)


@require_safe
def finding_count(request):
    """How many wait, as a line that the home page asks for once it is there."""
    outcome = consistency.find(request.user, on=timezone.localdate())
    return render(request, "reports/_finding_count.html", {"count": len(outcome.waiting)})


@require_http_methods(["GET", "HEAD", "POST"])
def finding_dismiss(request, key):
    finding = _find(request, key)
    require(may_dismiss(request.user, finding.record))
    form = DismissForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        dismiss_finding(finding=finding, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Temuan diabaikan; alasannya tercatat.")
        return redirect("reports:consistency")
    return render(request, "reports/finding_dismiss.html", {"finding": finding, "form": form})


@require_POST
def finding_heed(request, key):
    finding = _find(request, key)
    heed_finding(finding=finding, actor=request.user, at=timezone.now())
    messages.success(request, "Temuan diperhatikan lagi.")
    return redirect("reports:consistency")


def _find(request, key):
    """The finding as it stands today, among those this person may see; 404 when it is no more."""
    outcome = consistency.find(request.user, on=timezone.localdate())
    for finding in [*outcome.waiting, *(finding for finding, _ in outcome.dismissed)]:
        if finding.key == key:
            return finding
    raise Http404("Temuan ini sudah tidak ada.")
