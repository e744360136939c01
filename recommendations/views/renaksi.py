"""One renaksi: everything it holds, and its plan."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.comments import CommentForm
from recommendations.forms.quarterly_reports import TEXTS
from recommendations.forms.renaksi import EntrustForm, PlanForm
from recommendations.models import ExtensionRequest, Recommendation, Renaksi
from recommendations.permissions import recommendation_policy, renaksi_policy
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors import one_renaksi
from recommendations.selectors.document_claims import document_claim
from recommendations.selectors.my_work import returns_of
from recommendations.services import renaksi as services
from recommendations.services.drafts import unsaved_drafts
from recommendations.services.quarter_closing import closed_quarters
from recommendations.transitions import WORKABLE
from recommendations.views.shared import find_renaksi, seen_renaksi
from recommendations.views.transitions import PAGES
from recommendations.workflow import available, missing
from sakip.consistency.pages import findings_on
from sakip.converters import key_of
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import WrongState, require
from sakip.history.sentences import story_of
from sakip.unsaved import keeps_typed, of_form
from sakip.writing import label


@require_safe
def detail(request, pk):
    renaksi = seen_renaksi(request, pk)
    comment = of_form(request, reverse("recommendations:comment-create", args=[pk]))
    today = timezone.localdate()
    transitions = available(request.user, renaksi)
    can_edit = any(row.action == "edit" for row in transitions)
    context = {
        "renaksi": renaksi,
        "words": STATUS_WORDS[renaksi.status],
        "transitions": [(row, PAGES[row.action]) for row in transitions],
        "can_edit": can_edit,
        **_rights(request.user, renaksi),
        "is_overdue": renaksi.is_overdue(today),
        "missing": missing(renaksi) if can_edit else [],
        **_whereabouts(renaksi),
        **_evidence(renaksi, request.GET),
        "claim": document_claim(renaksi),
        "quarters": _quarters(renaksi, today.year if can_edit else None),
        "comments": _comments(renaksi, request.GET),
        "comment_form": CommentForm(comment.restored),
        "comment_unsaved": comment,
        "findings": findings_on(request.user, renaksi, today),
        "history": story_of(renaksi),
    }
    return render(request, "recommendations/renaksi_detail.html", context)


def _rights(user, renaksi):
    rights = ("plan", "entrust", "oversee")
    found = {f"can_{right}": renaksi_policy.check(user, right, renaksi) for right in rights}
    return found | {"can_extend": _can_extend(user, renaksi)}


def _whereabouts(renaksi):
    """Returns context: whether the unit can edit it, and the last return that is not answered yet."""
    return {
        "is_with_unit": renaksi.status in WORKABLE,
        "returned": returns_of([renaksi]).get(renaksi.pk),
    }


def _evidence(renaksi, query):
    """The archived pieces come last, so a cut leaves them out first."""
    found = one_renaksi.evidence_of(renaksi, query)
    return {
        "evidence": [row for row in found.rows if not row.is_archived],
        "archived": [row for row in found.rows if row.is_archived],
        "has_more_evidence": found.is_cut,
    }


def _comments(renaksi, query):
    """The latest ones, in the order in which they were written."""
    found = one_renaksi.comments_on(renaksi, query)
    return {"rows": found.rows[::-1], "is_cut": found.is_cut}


def _can_extend(user, renaksi):
    """Whether a later due date may be asked for; one query at most."""
    if not (renaksi.due_date and renaksi_policy.check(user, "request_extension", renaksi)):
        return False
    return not renaksi.extensions.filter(decision=ExtensionRequest.Decision.PENDING).exists()


def _quarters(renaksi, year):
    """Rows (year, quarter, report or None, its texts, whether closed): the reports there are, and all
    four quarters of `year`."""
    rows = {(year, quarter): (None, []) for quarter in (1, 2, 3, 4) if year}
    for report in renaksi.quarterly_reports.all():
        texts = [(label(report, name), words) for name in TEXTS if (words := getattr(report, name))]
        rows[report.year, report.quarter] = (report, texts)
    closed = closed_quarters(renaksi)
    return [(*key, *rows[key], key in closed) for key in sorted(rows)]


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(PlanForm)
def create(request, pk):
    recommendations = Recommendation.objects.visible_to(request.user)
    recommendation = get_object_or_404(
        recommendations.select_related("evaluation__unit", "component"), pk=pk
    )
    require(recommendation_policy.check(request.user, "edit", recommendation))
    form = PlanForm(*posted(request), instance=Renaksi(recommendation=recommendation))
    if form.is_valid():
        target = {"recommendation": recommendation}
        if renaksi := attempt(request, form, services.create_renaksi, **target):
            messages.success(request, f"{renaksi.named_for(request.user)} ditambahkan.")
            return redirect(renaksi)
    context = {"form": form, "recommendation": recommendation}
    return render(request, "recommendations/renaksi_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(PlanForm, EntrustForm)
def plan(request, pk):
    renaksi = find_renaksi(request, pk)
    require(renaksi_policy.check(request.user, "entrust", renaksi))
    form_class = _plan_form(request, renaksi)
    # The form writes into its instance, and the service needs the plan as it is.
    form = form_class(*posted(request), instance=copy(renaksi))
    try:
        if form.is_valid() and (
            saved := attempt(request, form, PLANNING[form_class], renaksi=renaksi)
        ):
            messages.success(request, f"Rencana {renaksi.named_for(request.user)} disimpan.")
            _tell_taken_off(request, form.cleaned_data["person"], saved)
            return redirect(renaksi)
    except StaleEdit as conflict:
        return _plan_conflict(request, conflict, form_class)
    except WrongState as refusal:
        return _plan_page(request, renaksi, form, status=409, refusal=refusal)
    return _plan_page(request, renaksi, form)


PLANNING = {PlanForm: services.plan_renaksi, EntrustForm: services.entrust}


def _plan_form(request, renaksi):
    """Only the person of an item that was sent; but a page opened before that keeps what was typed."""
    is_whole = renaksi.status in WORKABLE or "lead_unit" in request.POST
    return PlanForm if is_whole else EntrustForm


def _tell_taken_off(request, chosen, saved):
    if chosen and not saved.person_id:
        words = f"{chosen} tidak lagi menjadi petugas, karena unitnya tidak berperan lagi di sini."
        messages.warning(request, words)


def _plan_conflict(request, conflict, form_class):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    current = conflict.current
    data = again(request, seen=services.digest_of_plan(current))
    context = {"conflict": str(conflict), "saved": services.plan_words(current)}
    return _plan_page(request, current, form_class(data, instance=current), status=409, **context)


def _plan_page(request, renaksi, form, *, status=200, **context):
    context |= {"form": form, "renaksi": renaksi, "recommendation": renaksi.recommendation}
    context["can_delete"] = services.is_deletable(renaksi)
    context["is_locked"] = renaksi.status not in WORKABLE
    return render(request, "recommendations/renaksi_plan.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    renaksi = find_renaksi(request, pk)
    services.require_deletable(renaksi, request.user)
    if request.method != "POST":
        return _delete_page(request, renaksi)
    warned_of = set(map(key_of, request.POST.getlist("draf"))) - {None}
    try:
        services.delete_renaksi(
            renaksi=renaksi, actor=request.user, at=timezone.now(), warned_of=warned_of
        )
    except services.UnsavedDrafts as refusal:
        return _delete_page(request, renaksi, status=409, refusal=str(refusal))
    messages.success(request, f"{renaksi.named_for(request.user)} dihapus.")
    return redirect(renaksi.recommendation)


def _delete_page(request, renaksi, status=200, **context):
    """Names the people whose drafts would be deleted; the POST sends back the keys of these people."""
    context |= {"renaksi": renaksi, "drafts": unsaved_drafts(renaksi)}
    return render(request, "recommendations/renaksi_delete.html", context, status=status)
