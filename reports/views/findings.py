"""The page of the consistency findings, and the actions on them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.definitions import consistency
from reports.forms.findings import DismissForm, DismissTogetherForm, FindingFilter, HeedForm
from reports.permissions import may_dismiss
from reports.renderers import FORMATS
from reports.selectors import finding_page as selector
from reports.services import findings as services
from sakip.consistency import reading, renewing
from sakip.editing import StaleEdit, attempt, posted
from sakip.errors import require
from sakip.unsaved import keeps_typed


@require_safe
def finding_list(request):
    return _list_page(request)


def _list_page(request, *, conflict="", together=None, status=200):
    is_current = renewing.renew_if_possible()
    form = FindingFilter(request.GET, user=request.user)
    user, today = request.user, timezone.localdate()
    found = form.narrowed(consistency.rows(user, on=today, evaluation=form.evaluation))
    said = {"one_rule": form.cleaned_data.get("aturan"), "about": (today, *form.about)}
    waiting = selector.waiting(user, found, request.GET.get("page"), **said)
    dismissed = selector.dismissed(user, found, request.GET.get("diabaikan"))
    context = {
        "form": form,
        "is_current": is_current,
        "waiting": waiting,
        "dismissed": dismissed,
        "formats": FORMATS.items(),
        "conflict": conflict,
        "together": together,
    }
    return render(request, "reports/finding_list.html", context, status=status)


@require_safe
def finding_count(request):
    """Returns the number of open findings as a line. The home page loads it after it is shown."""
    is_current, today = renewing.renew_if_possible(), timezone.localdate()
    found = consistency.rows(request.user, on=today).filter(dismissal=None)
    counts = selector.counts_of(request.user, found, (today, *FindingFilter.NOTHING))
    context = {"count": sum(number for _, number in counts), "is_current": is_current}
    return render(request, "reports/_finding_count.html", context)


@require_POST
@keeps_typed(DismissTogetherForm)
def findings_dismiss(request):
    """Several findings at once, with one reason. All of them, or none when one has changed."""
    form = DismissTogetherForm(request.POST)
    if not form.is_valid():
        return _list_page(request, together=form, status=400)
    found = _find_all(request, form.seen)
    given = {"reason": form.cleaned_data["reason"], "findings": found, "seen": form.seen}
    try:
        services.dismiss_findings(actor=request.user, at=timezone.now(), **given)
    except StaleEdit as conflict:
        return _list_page(request, conflict=str(conflict), together=form, status=409)
    messages.success(request, f"{len(found)} temuan diabaikan; alasannya tercatat.")
    return redirect("reports:consistency")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(DismissForm)
def finding_dismiss(request, key):
    finding = _find(request, key)
    require(may_dismiss(request.user, finding.record))
    seen = selector.digest_of(finding, services.said_of(finding))
    form = DismissForm(*posted(request)[:1], initial={"seen": seen})
    context = {"finding": finding, "form": form}
    try:
        if form.is_valid() and attempt(request, form, services.dismiss_finding, finding=finding):
            messages.success(request, "Temuan diabaikan; alasannya tercatat.")
            return redirect("reports:consistency")
    except StaleEdit as conflict:
        said = conflict.current
        data = request.POST.dict() | {"seen": selector.digest_of(finding, said)}
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
    [finding] = _find_all(request, [key])
    return finding


def _find_all(request, keys):
    """The same for several; 404 when one of them no longer exists."""
    renewing.renew_if_possible()
    known = [key for key in keys if "\0" not in key]  # PostgreSQL does not take it
    found = consistency.rows(request.user, on=timezone.localdate()).filter(key__in=known)
    findings = [finding for finding, _ in reading.findings(found)]
    if len(findings) != len(keys):
        raise Http404("Temuan ini sudah tidak ada.")
    return findings
