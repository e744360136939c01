"""One press words a stale sentence of a Telaah Staf anew, or adds or leaves out a new one."""

from django.contrib import messages
from django.views.decorators.http import require_POST

from reports.forms.telaah_staf import NewSentenceForm, RewordForm
from reports.services import telaah_staf_sentences as services
from reports.views.telaah_staf_desk import page
from reports.views.telaah_staf_parts import back, find_block, find_section, reasons_of
from sakip.editing import StaleEdit, attempt

SETTLED = "Kalimat ini sudah sesuai dengan data; tidak ada yang diubah."


@require_POST
def reword(request, pk):
    block = find_block(request, pk)
    telaah_staf, form, reworded = block.section.telaah_staf, RewordForm(request.POST), None
    try:
        if form.is_valid():
            reworded = attempt(request, form, services.reword, block=block)
    except StaleEdit as conflict:
        return page(request, telaah_staf.pk, conflict=str(conflict), status=409)
    if form.errors:
        return page(request, telaah_staf.pk, conflict=reasons_of(form))
    words = "Kalimat disusun ulang dari data. Kalimat lain tidak berubah."
    messages.success(request, words if reworded else SETTLED)
    return back(telaah_staf, f"isi-{pk}")


@require_POST
def sentence_create(request, pk):
    """Adds the sentence, or with `tidak` leaves it out for good."""
    section, form, added = find_section(request, pk), NewSentenceForm(request.POST), None
    telaah_staf = section.telaah_staf
    try:
        if form.is_valid() and "tidak" in request.POST:
            cleaned = {"key": form.cleaned_data["key"]}
            attempt(request, form, services.leave_out, cleaned=cleaned, section=section)
        elif form.is_valid():
            added = attempt(request, form, services.add_sentence, section=section)
            messages.success(request, "Kalimat ditambahkan dari data." if added else SETTLED)
    except StaleEdit as conflict:
        return page(request, telaah_staf.pk, conflict=str(conflict), status=409)
    if form.errors:
        return page(request, telaah_staf.pk, conflict=reasons_of(form))
    return back(telaah_staf, f"bagian-{pk}")
