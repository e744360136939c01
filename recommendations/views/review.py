"""The evaluator's queue, and the page on which an item is read with its proof and decided."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.forms.review import QueueForm, ReviewDecisionForm
from recommendations.permissions import renaksi_policy
from recommendations.selectors import one_renaksi, own_decisions, review_order, review_queue
from recommendations.selectors.document_claims import document_claim
from recommendations.selectors.last_year import last_year
from recommendations.selectors.review_place import place_in
from recommendations.selectors.review_rows import queued
from recommendations.services import presence
from recommendations.transitions import SUBMITTED
from recommendations.views.shared import find_renaksi, seen_renaksi, told, unseen
from recommendations.workflow import perform, require_transition
from sakip.converters import key_of
from sakip.editing import StaleEdit, attempt, posted, typed
from sakip.errors import WrongState, require
from sakip.kept_filters import keeps_filters
from sakip.paging import page_of
from sakip.unsaved import keeps_typed

DECIDED = "diputuskan"  # parameter of the next page: the item that was just decided
DONE = {"accept": "diterima", "return": "dikembalikan kepada unit"}


@require_safe
@keeps_filters("reviu", QueueForm.base_fields)
def review_list(request):
    require(renaksi_policy.check(request.user, "accept"))
    filters = QueueForm(request.GET, user=request.user)
    rows = filters.rows(timezone.localdate())
    source = review_order.in_pages(rows, filters.order)
    page = page_of(source, request.GET, read=lambda keys: queued(keys, request.user))
    presence.mark(page, request.user, timezone.now())
    context = {
        "filters": filters,
        "page": page,
        "groups": review_order.groups(page, source),
        "is_end": "selesai" in request.GET,
        "undo": key_of(request.GET.get(DECIDED, "")),
    }
    return render(request, "recommendations/review_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})
@keeps_typed(ReviewDecisionForm)
def review_item(request, pk):
    renaksi = seen_renaksi(request, pk)
    require(renaksi_policy.check(request.user, "accept"))
    filters = QueueForm(request.GET, user=request.user)
    form = _form(request, renaksi)
    try:
        if form.is_valid() and _decide(request, form, renaksi):
            return redirect(_with_undo(_next_address(renaksi, filters), renaksi))
        require_transition("accept", request.user, renaksi)
    except StaleEdit:
        return _changed_page(request, seen_renaksi(request, pk), filters, form.since)
    except WrongState as conflict:
        return _decided_page(request, renaksi, filters, str(conflict))
    presence.look(renaksi=renaksi, actor=request.user, at=timezone.now())
    context = _context(request, renaksi, filters, form)
    return render(request, "recommendations/review_item.html", context)


@require_POST
def review_presence(request, pk):
    """The open page calls it again and again: notes that the person is still there, and says who else is."""
    renaksi = find_renaksi(request, pk)
    require(renaksi_policy.check(request.user, "accept"))
    if is_waiting := renaksi.status == SUBMITTED:
        presence.look(renaksi=renaksi, actor=request.user, at=timezone.now())
    presence.mark([renaksi], request.user, timezone.now())
    context = {"others": renaksi.others}
    if not is_waiting:
        context |= {"gone": renaksi, "decision": _last_decision(renaksi)}
    return render(request, "recommendations/_review_presence.html", context)


@require_POST
def review_undo(request, pk):
    """Takes back the decision of a moment ago and opens the item again."""
    renaksi = find_renaksi(request, pk)
    perform(action="revoke", renaksi=renaksi, actor=request.user, at=timezone.now())
    name = renaksi.named_for(request.user)
    messages.success(request, f"Putusan atas {name} diurungkan; tindak lanjutnya menunggu lagi.")
    query = QueueForm(request.GET, user=request.user).query
    return redirect(reverse("recommendations:review-item", args=[pk]) + query)


def _with_undo(address, renaksi):
    """The page that follows offers to take the decision back."""
    return f"{address}{'&' if '?' in address else '?'}{DECIDED}={renaksi.pk}"


def _form(request, renaksi):
    """The button of an earlier note does not decide anything: it only puts the note into the form."""
    if note := request.POST.get("pakai"):
        notes = {str(row.pk): row for row in own_decisions.own_notes(request.user, renaksi)}
        return ReviewDecisionForm.with_note(request.POST, notes.get(note), renaksi=renaksi)
    return ReviewDecisionForm(*posted(request), renaksi=renaksi)


def _decide(request, form, renaksi) -> bool:
    """False when words are missing, which the form then says."""
    action = form.cleaned_data.pop("decision")
    decided = attempt(request, form, perform, action=action, renaksi=renaksi)
    if decided:
        presence.leave(renaksi=renaksi, actor=request.user)
        messages.success(request, _done(request.user, renaksi, action))
    return bool(decided)


def _done(user, renaksi, action):
    """What was decided, with a link to it: the page goes on to the next item."""
    return format_html(
        '{}: {} · <a href="{}">Buka</a>',
        renaksi.named_for(user),
        DONE[action],
        renaksi.get_absolute_url(),
    )


def _next_address(renaksi, filters, place=None):
    """The next item of the queue as filtered; behind the last one, the queue itself."""
    if place and place.number:  # which has read the queue already
        following = place.following
    else:
        rows = filters.rows(timezone.localdate())
        following = review_order.following(rows, renaksi, filters.order)
    if following:
        return reverse("recommendations:review-item", args=[following]) + filters.query
    end = "&selesai=1" if filters.query else "?selesai=1"
    return reverse("recommendations:review-list") + filters.query + end


def _context(request, renaksi, filters, form):
    presence.mark([renaksi], request.user, timezone.now())
    returned = review_queue.times_returned(renaksi)
    place = place_in(filters.rows(timezone.localdate()), renaksi, filters.order)
    return {
        "renaksi": renaksi,
        "form": form,
        "filters": filters,
        "place": place,
        "undo": key_of(request.GET.get(DECIDED, "")),
        "next_address": _next_address(renaksi, filters, place),
        "evidence": one_renaksi.proof_of(renaksi, request.GET),
        "decisions": one_renaksi.decisions_on(renaksi, request.GET),
        "claim": document_claim(renaksi),
        "return_count": len(returned),
        "since_return": told(renaksi, at__gt=returned[0]) if returned else [],
        "last_year": last_year(request.user, renaksi),
        "own_notes": own_decisions.own_notes(request.user, renaksi),
        "seconds": presence.RENEWED_SECONDS,
    }


def _last_decision(renaksi):
    return renaksi.decisions.select_related("evaluator").first()


def _changed_page(request, renaksi, filters, since):
    """409: the item has changed since the page was opened. Shows it again and keeps the typed text."""
    data, changed = unseen(request, renaksi, since)
    form = ReviewDecisionForm(data, renaksi=renaksi)
    context = _context(request, renaksi, filters, form)
    context |= {"is_changed": True, "changed": changed}
    return render(request, "recommendations/review_item.html", context, status=409)


def _decided_page(request, renaksi, filters, reason):
    """409: it is already decided or was taken back. Shows the decision and keeps the typed text."""
    context = {
        "renaksi": renaksi,
        "reason": reason,
        "decision": _last_decision(renaksi),
        "note": typed(request).get("note", ""),
        "next_address": _next_address(renaksi, filters),
    }
    return render(request, "recommendations/review_decided.html", context, status=409)
