"""An LHE entered like a table: recommendations, points and renaksi on one page, typed or pasted."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recommendations.forms.evaluation_table import PasteForm, TableForm
from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from recommendations.rules import evaluation_table as lines
from recommendations.rules import pasted_text
from recommendations.services.evaluation_table import Saved, StaleTable, is_saved, save_table
from sakip.converters import key_of
from sakip.editing import attempt, posted
from sakip.errors import require
from sakip.services.unsaved import discard_form
from sakip.unsaved import keeps_typed

form_methods = require_http_methods(["GET", "HEAD", "POST"])
STEPS = {"naik": -1, "turun": 1}


def _find_editable(request, pk):
    visible = Evaluation.objects.visible_to(request.user).select_related("unit", "rubric")
    evaluation = get_object_or_404(visible, pk=pk)
    require(evaluation_policy.check(request.user, "edit", evaluation))
    return evaluation


@form_methods
@keeps_typed()
def table(request, pk):
    evaluation = _find_editable(request, pk)
    if request.method != "POST":
        form = TableForm(evaluation, posted(request)[0])
        if not form.lines or "baru" in request.GET:
            form.replace([*form.lines, lines.EntryLine(lines.RECOMMENDATION, is_focused=True)])
        return _page(request, form)
    form = TableForm(evaluation, request.POST)
    for action in ("tambah", "naik", "turun", "buang"):
        if action in request.POST:
            return _rearranged(request, form, action)
    return _save(request, form)


def _rearranged(request, form, action):
    """Without scripts the buttons of a line come here. Nothing is saved or checked."""
    kind, _, place = request.POST[action].rpartition(":")
    at, count = key_of(place), len(form.lines)
    if action == "tambah" and kind in lines.KINDS and count < lines.MOST_LINES:
        form.replace(lines.added(form.lines, kind, min(at or 0, count - 1)))
    elif at is None or at >= count:
        return _page(request, form)
    elif action == "buang":
        form.replace(lines.removed(form.lines, at))
    elif action in STEPS:
        form.lines[at].is_focused = True
        form.replace(lines.moved(form.lines, at, STEPS[action]))
    return _page(request, form)


def _save(request, form):
    if is_saved(form.batch):  # its new lines would now be refused, since their numbers are taken
        return _saved(request, form.evaluation, Saved(is_again=True))
    try:
        if form.is_valid() and (
            saved := attempt(request, form, save_table, evaluation=form.evaluation)
        ):
            return _saved(request, form.evaluation, saved)
    except StaleTable as conflict:
        form.mark(conflict.conflicts)
        return _page(request, form, status=409, conflict=str(conflict))
    return _page(request, form)


def _saved(request, evaluation, saved):
    _tell(request, saved)
    pasted = reverse("recommendations:evaluation-paste", args=[evaluation.pk])
    discard_form(address=pasted, actor=request.user)
    address = reverse("recommendations:evaluation-table", args=[evaluation.pk])
    return redirect(f"{address}?baru=1" if "lagi" in request.POST else evaluation)


def _tell(request, saved):
    counts = [
        (saved.recommendations, "rekomendasi baru"),
        (saved.renaksi, "rencana aksi baru"),
        (saved.changed, "yang sudah ada diubah"),
    ]
    written = [f"{count} {name}" for count, name in counts if count]
    if saved.is_again:
        messages.info(
            request, "Isian ini sudah disimpan sebelumnya; tidak ada yang ditulis dua kali."
        )
    elif written:
        messages.success(request, f"Disimpan: {', '.join(written)}.")
    else:
        messages.info(request, "Tidak ada yang berubah.")


@form_methods
@keeps_typed(PasteForm)
def paste(request, pk):
    evaluation = _find_editable(request, pk)
    form = PasteForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        return _preview(request, TableForm(evaluation), form)
    context = {"evaluation": evaluation, "form": form, "most": pasted_text.MOST_CHARACTERS}
    return render(request, "recommendations/evaluation_paste.html", context)


def _preview(request, stored, form):
    """The table with the pasted lines among the stored ones. Nothing is written yet."""
    names = [
        name
        for one in stored.directory.components
        for name in (one.name, *one.aliases.splitlines())
    ]
    pasted = pasted_text.read(form.cleaned_data["teks"], form.cleaned_data["bentuk"], names)
    table_form = TableForm(
        stored.evaluation, lines=lines.merged(stored.lines, pasted.lines)[: lines.MOST_LINES]
    )
    table_form.is_valid()
    return _page(request, table_form, pasted=pasted)


def _page(request, form, *, status=200, **context):
    new = [line for line in form.lines if line.is_new and not line.is_empty]
    context |= {
        "form": form,
        "evaluation": form.evaluation,
        "counts": [
            (label, sum(line.kind == kind for line in new)) for kind, label in lines.KINDS.items()
        ],
        "kinds": lines.KINDS,
        "most": lines.MOST_LINES,
        "blank": lines.EntryLine(lines.RENAKSI),
        "last": max(len(form.lines) - 1, 0),
    }
    return render(request, "recommendations/evaluation_table.html", context, status=status)
