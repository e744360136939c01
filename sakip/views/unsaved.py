"""What is typed into a form: kept by a script while typing, thrown away by a button (sakip/unsaved.py)."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sakip.errors import WrongState
from sakip.services import unsaved as services
from sakip.unsaved import ADDRESS, kept_answer, of_form, sentence, typed_fields


@require_POST
def keep(request):
    """Answers in one plain sentence, which the script shows as it is. A form as it was read is forgotten.

    Who may open the form is asked when it is opened: what is kept here only its author reads.
    """
    data = request.POST.copy()
    about = _form(request, data.pop(ADDRESS, [""])[-1]).about
    if not (fields := typed_fields(data)):
        services.discard_form(**about)
        return sentence("")
    try:
        kept = services.keep_form(**about, at=timezone.now(), fields=fields)
    except WrongState as refused:
        return sentence(str(refused), status=409)
    return kept_answer(kept)


@require_POST
def discard(request):
    about = _form(request, request.GET.get(ADDRESS, "")).about
    services.discard_form(**about)
    return redirect(about["address"])


def _form(request, path):
    form = of_form(request, path)
    if form is None or form.by:
        raise Http404("Tulisan formulir ini tidak disimpan sementara.")
    return form
