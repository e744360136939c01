"""The transitions of a renaksi: a page to confirm, then the deed. Both ask the same policy."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.renaksi import TransitionForm
from recommendations.review import hints
from recommendations.views.shared import find_renaksi
from recommendations.workflow import missing, perform, require_transition
from sakip.editing import add_errors, posted

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
def transition(request, pk, action):
    renaksi = find_renaksi(request, pk)
    row = require_transition(action, request.user, renaksi)
    before, after = WORDS[action]
    form = TransitionForm(row, *posted(request))
    if form.is_valid() and _perform(request, action, renaksi, form):
        messages.success(request, after)
        return redirect(renaksi)
    context = {
        "renaksi": renaksi,
        "transition": row,
        "words": before,
        "form": form,
        "missing": missing(renaksi) if row.missing else [],
        "hints": hints(request.user, renaksi) if action == "submit" else [],
        "evidence": renaksi.evidence.filter(is_archived=False).prefetch_related(
            "revisions__uploaded_by"
        ),
    }
    return render(request, "recommendations/renaksi_transition.html", context)


def _perform(request, action, renaksi, form):
    """True when done; False with the reasons added to the form."""
    try:
        perform(
            action=action,
            renaksi=renaksi,
            actor=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
