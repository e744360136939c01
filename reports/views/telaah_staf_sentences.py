"""One press words a stale sentence of a Telaah Staf anew, or adds or leaves out a new one."""

from django.contrib import messages
from django.views.decorators.http import require_POST

from reports.forms.telaah_staf import NewSentenceForm, RewordForm
from reports.services import telaah_staf_sentences as services
from reports.views.telaah_staf import detail_page
from reports.views.telaah_staf_parts import back, find_block, find_section
from sakip.editing import StaleEdit, attempt

SETTLED = "Kalimat ini sudah sesuai dengan data; tidak ada yang diubah."


@require_POST
def reword(request, pk):
    block = find_block(request, pk)
    section, form, reworded = block.section, RewordForm(request.POST), None
    try:
        if form.is_valid():
            reworded = attempt(request, form, services.reword, block=block)
    except StaleEdit as conflict:
        return detail_page(request, section.telaah_staf_id, conflict=str(conflict), status=409)
    _tell(request, form, reworded, "Kalimat disusun ulang dari data. Kalimat lain tidak berubah.")
    return back(section, f"isi-{pk}")


@require_POST
def sentence_create(request, pk):
    """Adds the sentence, or with `tidak` leaves it out for good."""
    section, form, added = find_section(request, pk), NewSentenceForm(request.POST), None
    try:
        if form.is_valid() and "tidak" in request.POST:
            cleaned = {"key": form.cleaned_data["key"]}
            attempt(request, form, services.leave_out, cleaned=cleaned, section=section)
            return back(section)
        if form.is_valid():
            added = attempt(request, form, services.add_sentence, section=section)
    except StaleEdit as conflict:
        return detail_page(request, section.telaah_staf_id, conflict=str(conflict), status=409)
    _tell(request, form, added, "Kalimat ditambahkan dari data.")
    return back(section)


def _tell(request, form, done, words):
    if form.errors:
        reasons = [reason for reasons in form.errors.values() for reason in reasons]
        messages.error(request, " ".join(dict.fromkeys(reasons)))
    elif done:
        messages.success(request, words)
    else:
        messages.info(request, SETTLED)
