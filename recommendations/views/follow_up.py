"""Writing a follow-up with its evidence: on a page of its own, or within a row of the home page.

What is replaced tells where: htmx names its target. Without scripts there is only the page.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from recommendations.forms.follow_up import WorkForm
from recommendations.forms.renaksi import FollowUpForm
from recommendations.permissions import renaksi_policy
from recommendations.selectors.my_work import returns_of, work_item
from recommendations.selectors.review_queue import hints
from recommendations.services.drafts import find_draft
from recommendations.services.follow_up import save_work
from recommendations.services.renaksi import digest_of_follow_up
from recommendations.views import drafts
from recommendations.views.shared import find_renaksi
from recommendations.workflow import missing, require_transition
from sakip.editing import StaleEdit, add_errors, again
from sakip.errors import WrongState
from sakip.unsaved import keeps_typed
from sakip.uploads.joining import joins_parts

ROW = "pekerjaan-"  # the id of a row begins so
THEN, SEND = "lalu", "kirim"  # the button that saves and goes on to the page that sends
DRAFT_IS_STALE = "Sejak Anda menulis draf ini, perubahan lain telah disimpan."


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
@keeps_typed(FollowUpForm, by=drafts.keep)
def edit(request, pk):
    renaksi = find_renaksi(request, pk)
    if request.method != "POST":
        return _open(request, renaksi)
    form = WorkForm(renaksi, request.POST, request.FILES)
    try:
        if form.is_valid() and _save(request, renaksi, form):
            return _saved(request, renaksi, form)
        require_transition("edit", request.user, renaksi)
    except WrongState as conflict:
        return _conflict(request, pk, conflict)
    return _show(request, renaksi, form)


def _open(request, renaksi):
    try:
        require_transition("edit", request.user, renaksi)
    except WrongState as locked:
        if _is_row(request):
            return _row(request, renaksi, refusal=str(locked))
        raise
    draft = find_draft(renaksi=renaksi, actor=request.user)
    if not draft:
        return _show(request, renaksi, WorkForm(renaksi))
    context = {"draft": draft, "today": timezone.localdate()}
    if draft.base_version != renaksi.version:
        context |= {"conflict": DRAFT_IS_STALE, "is_stale": True}
    return _show(request, renaksi, WorkForm(renaksi, content=draft.content), **context)


def _save(request, renaksi, form):
    """False with the reasons added to the form."""
    try:
        save_work(renaksi=renaksi, actor=request.user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        add_errors(form.evidence, error)
        return False
    return True


def _saved(request, renaksi, form):
    titles = ", ".join(f"“{piece['title']}”" for piece in form.cleaned_data["evidence"])
    words = f"Tindak lanjut dan bukti {titles} disimpan" if titles else "Tindak lanjut disimpan"
    is_to_be_sent = request.POST.get(THEN) == SEND
    if _is_row(request) and is_to_be_sent and missing(find_renaksi(request, renaksi.pk)):
        return _row(request, renaksi, saved=f"{words}, tetapi belum dapat dikirim.")
    if _is_row(request) and not is_to_be_sent:
        return _row(request, renaksi, saved=f"{words}.")
    messages.success(request, f"{words}.")
    answer = HttpResponseClientRedirect if request.htmx else redirect
    page = reverse("recommendations:renaksi-submit", args=[renaksi.pk])
    return answer(page if is_to_be_sent else renaksi.get_absolute_url())


def _conflict(request, pk, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    renaksi = find_renaksi(request, pk)
    data = again(request, version=renaksi.version, seen=digest_of_follow_up(renaksi))
    return _show(
        request,
        renaksi,
        WorkForm(find_renaksi(request, pk), data),
        status=409,
        conflict=str(conflict),
        is_stale=isinstance(conflict, StaleEdit),
    )


def _show(request, renaksi, form, status=200, **context):
    context |= {"work": form, "attached": renaksi.evidence.filter(is_archived=False)}
    returned = returns_of([renaksi]).get(renaksi.pk)
    context["may_send"] = renaksi_policy.check(request.user, "submit", renaksi)
    context["hints"] = hints(request.user, renaksi, told=returned.note if returned else "")
    if _is_row(request):
        return _row(request, renaksi, status, **context)
    context |= {"renaksi": renaksi, "form": form.follow_up, "formset": form.steps}
    context["returned"] = returned
    page = "_work_page" if request.htmx else "renaksi_edit"
    return render(request, f"recommendations/{page}.html", context, status=status)


def _row(request, renaksi, status=200, **context):
    item = work_item(request.user, renaksi.pk, today=timezone.localdate())
    context |= {"item": item, "place": f"{ROW}{renaksi.pk}"}
    return render(request, "recommendations/_work_item.html", context, status=status)


def _is_row(request):
    return bool(request.htmx) and (request.htmx.target or "").startswith(ROW)
