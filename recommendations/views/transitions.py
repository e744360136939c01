"""The transitions of a renaksi: a page to confirm, then the action. Both check the same policy."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from recommendations.forms.renaksi import TransitionForm
from recommendations.selectors.my_work import next_work, returns_of
from recommendations.selectors.review_queue import hints
from recommendations.transitions import TRANSITIONS
from recommendations.views.shared import find_renaksi, unseen
from recommendations.workflow import missing, perform, require_transition
from sakip.editing import StaleEdit, attempt, posted, typed
from sakip.errors import WrongState
from sakip.unsaved import keeps_typed

# URL names, by action.
PAGES = {
    "edit": "recommendations:renaksi-edit",
    "submit": "recommendations:renaksi-submit",
    "withdraw": "recommendations:renaksi-withdraw",
    "accept": "recommendations:renaksi-accept",
    "return": "recommendations:renaksi-return",
    "reopen": "recommendations:renaksi-reopen",
}
# What the page says before and after.
WORDS = {
    "submit": (
        "Setelah dikirim, uraian dan bukti terkunci sampai evaluator selesai mereviu. "
        "Anda masih dapat menariknya kembali.",
        "Tindak lanjut dikirim untuk direviu.",
    ),
    "withdraw": (
        "Tindak lanjut kembali menjadi “Dalam proses” dan dapat diubah lagi.",
        "Tindak lanjut ditarik kembali.",
    ),
    "accept": (
        "Tindak lanjut dinyatakan sesuai dan ditutup. Bila unit menyatakan tidak dapat "
        "ditindaklanjuti, pernyataan itulah yang diterima.",
        "Tindak lanjut diterima.",
    ),
    "return": (
        "Tindak lanjut kembali kepada unit untuk diperbaiki, beserta alasan dan catatan Anda.",
        "Tindak lanjut dikembalikan kepada unit.",
    ),
    "reopen": (
        "Tindak lanjut yang sudah ditutup kembali kepada unit untuk diperbaiki.",
        "Tindak lanjut dibuka kembali.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(TransitionForm)
def transition(request, pk, action):
    renaksi = find_renaksi(request, pk)
    try:
        row = require_transition(action, request.user, renaksi)
        form = TransitionForm(row, *posted(request), renaksi=renaksi)
        if form.is_valid() and attempt(request, form, perform, action=action, renaksi=renaksi):
            if action == "submit":
                return _sent(request, renaksi)
            messages.success(request, WORDS[action][1])
            return redirect(renaksi)
    except StaleEdit:
        return _changed_page(request, pk, row, form.since)
    except WrongState as refusal:
        if not typed(request).get("note"):
            raise
        return _refused_page(request, renaksi, action, refusal)
    return _page(request, renaksi, row, form)


def _sent(request, renaksi):
    """Goes on to the next item that this operator has to send; behind the last one, to the first page."""
    following = next_work(request.user)
    rest = "Berikutnya ada di bawah ini." if following else "Tidak ada lagi yang perlu Anda kirim."
    named = renaksi.named_for(request.user), renaksi.get_absolute_url(), rest
    words = '{} dikirim untuk direviu (<a href="{}">lihat</a>). {}'
    messages.success(request, format_html(words, *named))
    if following:
        return redirect("recommendations:renaksi-edit", following.pk)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _page(request, renaksi, row, form, *, status=200, **context):
    context |= {
        "renaksi": renaksi,
        "transition": row,
        "words": WORDS[row.action][0],
        "form": form,
        "evidence": renaksi.evidence.filter(is_archived=False).prefetch_related(
            "revisions__uploaded_by"
        ),
    }
    if row.action == "submit":
        context |= {
            "missing": missing(renaksi),
            "hints": hints(request.user, renaksi),
            "steps": renaksi.steps.all(),
            "returned": returns_of([renaksi]).get(renaksi.pk),
        }
    page = "renaksi_send" if row.action == "submit" else "renaksi_transition"
    return render(request, f"recommendations/{page}.html", context, status=status)


def _changed_page(request, pk, row, since):
    """409: the item has changed since the page was opened. Shows it again and keeps the typed text."""
    renaksi = find_renaksi(request, pk)
    data, changed = unseen(request, renaksi, since)
    form = TransitionForm(row, data, renaksi=renaksi)
    return _page(request, renaksi, row, form, status=409, is_changed=True, changed=changed)


def _refused_page(request, renaksi, action, refusal):
    """409: the transition is no longer possible. The page keeps the typed text, to be copied."""
    context = {"renaksi": renaksi, "transition": TRANSITIONS[action], "reason": str(refusal)}
    context["note"] = typed(request)["note"]
    return render(request, "recommendations/transition_refused.html", context, status=409)
