"""Drafts of a follow-up: kept by a script while typing, thrown away by a button."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from recommendations.forms.follow_up import WorkForm
from recommendations.services import drafts as services
from recommendations.views.shared import find_renaksi
from recommendations.workflow import require_transition
from sakip.errors import WrongState
from sakip.unsaved import kept_answer, sentence


@require_POST
def keep(request, pk):
    """Answers in one plain sentence, which the script shows as it is."""
    renaksi = find_renaksi(request, pk)
    try:
        require_transition("edit", request.user, renaksi)
        version = request.POST.get("version", "")
        if not version.isdecimal() or len(version) > 9:
            return sentence("Draf tidak lengkap. Muat ulang halaman ini.", status=400)
        draft = services.keep_draft(
            renaksi=renaksi,
            actor=request.user,
            at=timezone.now(),
            base_version=int(version),
            content=WorkForm(renaksi, request.POST).typed,
        )
    except WrongState as locked:
        return sentence(f"{locked} Draf tidak disimpan lagi.", status=409)
    return kept_answer(draft)


@require_POST
def discard(request, pk):
    renaksi = find_renaksi(request, pk)
    require_transition("edit", request.user, renaksi)
    services.discard_draft(renaksi=renaksi, actor=request.user)
    return redirect("recommendations:renaksi-edit", pk=pk)
