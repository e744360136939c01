"""The evaluator's queue, and the page on which an item is read with its proof and decided."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.review import QueueForm, ReviewDecisionForm
from recommendations.models import Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.selectors import review_queue
from recommendations.views.shared import told, unseen
from recommendations.workflow import perform, require_transition
from sakip.editing import StaleEdit, attempt, posted
from sakip.errors import WrongState, require

DONE = {"accept": "diterima", "return": "dikembalikan kepada unit"}


@require_safe
def review_list(request):
    require(renaksi_policy.check(request.user, "accept"))
    filters = QueueForm(request.GET, user=request.user)
    rows = filters.rows()
    page = Paginator(review_queue.for_list(rows), settings.PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    context = {"filters": filters, "page": page, "is_end": "selesai" in request.GET}
    return render(request, "recommendations/review_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})
def review_item(request, pk):
    renaksi = _find(request, pk)
    require(renaksi_policy.check(request.user, "accept"))
    filters = QueueForm(request.GET, user=request.user)
    form = ReviewDecisionForm(*posted(request), renaksi=renaksi)
    try:
        if form.is_valid() and _decide(request, form, renaksi):
            return redirect(_next_address(renaksi, filters))
        require_transition("accept", request.user, renaksi)
    except StaleEdit:
        return _changed_page(request, _find(request, pk), filters, form.since)
    except WrongState as conflict:
        return _decided_page(request, renaksi, filters, str(conflict))
    return render(request, "recommendations/review_item.html", _context(renaksi, filters, form))


def _find(request, pk):
    return get_object_or_404(Renaksi.objects.visible_to(request.user).for_detail(), pk=pk)


def _decide(request, form, renaksi) -> bool:
    """False when words are missing, which the form then says."""
    action = form.cleaned_data.pop("decision")
    decided = attempt(request, form, perform, action=action, renaksi=renaksi)
    if decided:
        messages.success(request, f"{renaksi.named_for(request.user)} {DONE[action]}.")
    return bool(decided)


def _next_address(renaksi, filters):
    """The next item of the queue as filtered; behind the last one, the queue itself."""
    following = review_queue.following(filters.rows(), renaksi)
    if following:
        return reverse("recommendations:review-item", args=[following.pk]) + filters.query
    end = "&selesai=1" if filters.query else "?selesai=1"
    return reverse("recommendations:review-list") + filters.query + end


def _context(renaksi, filters, form):
    decisions = list(renaksi.decisions.select_related("evaluator"))
    returned = [row for row in decisions if row.outcome == review_queue.RETURNED]
    return {
        "renaksi": renaksi,
        "form": form,
        "filters": filters,
        "waiting": filters.rows().count(),
        "next_address": _next_address(renaksi, filters),
        "evidence": [row for row in renaksi.evidence.all() if not row.is_archived],
        "decisions": decisions,
        "return_count": len(returned),
        "since_return": told(renaksi, at__gt=returned[0].decided_at) if returned else [],
    }


def _changed_page(request, renaksi, filters, since):
    """409: the item has changed since the page was opened. Shows it again and keeps the typed text."""
    data, changed = unseen(request, renaksi, since)
    form = ReviewDecisionForm(data, renaksi=renaksi)
    context = _context(renaksi, filters, form) | {"is_changed": True, "changed": changed}
    return render(request, "recommendations/review_item.html", context, status=409)


def _decided_page(request, renaksi, filters, reason):
    """409: it is already decided or was taken back. The page keeps the typed text, to be copied."""
    context = {
        "renaksi": renaksi,
        "reason": reason,
        "decision": renaksi.decisions.select_related("evaluator").first(),
        "note": request.POST.get("note", ""),
        "next_address": _next_address(renaksi, filters),
    }
    return render(request, "recommendations/review_decided.html", context, status=409)
