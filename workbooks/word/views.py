"""The follow-up table of a Word file: choose, correct; preview and confirmation are those of workbooks."""

from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.permissions import evaluation_policy
from sakip.editing import begin_once, made_once, posted
from sakip.errors import WrongState, require
from sakip.forms.unit_choices import told_apart
from sakip.services.unsaved import forget_forms
from sakip.unsaved import keeps_typed
from workbooks.models import ImportRun
from workbooks.permissions import workbook_policy
from workbooks.readers.guard import WorkbookRefused
from workbooks.services import imports
from workbooks.word import pictures, readings
from workbooks.word import services as word
from workbooks.word.forms import (
    ENTRIES_A_PAGE,
    AboutForm,
    EntryForm,
    WordTableUploadForm,
    formset_of,
)
from workbooks.word.mapping_forms import MappingForm
from workbooks.word.offers_form import OffersForm
from workbooks.word.rows import compared_remarks, rows_of
from workbooks.word.seen import state_of

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
def word_start(request):
    """`lhe` in the address chooses the evaluation."""
    require(workbook_policy.check(request.user, "import"))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WordTableUploadForm(
        *sent, user=request.user, initial={"evaluation": request.GET.get("lhe")}
    )
    if form.is_valid() and (run := _started(request, form)):
        is_known = not run.change_count and not run.summary["errors"]
        return redirect(run) if is_known else redirect("workbooks:word-draft", run.pk)
    return render(request, "workbooks/word_start.html", {"form": form})


def _started(request, form):
    data = form.cleaned_data
    try:
        begin_once(request)
        run = word.start(
            upload=data["file"],
            evaluation=data["evaluation"],
            actor=request.user,
            at=timezone.now(),
        )
        made_once(request, run)
        imports.preview(run)
    except WorkbookRefused as error:
        form.add_error("file", str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return run


@form_methods
@keeps_typed(EntryForm, of_page=True)
def word_draft(request, pk):
    run = _run(request, pk)
    draft, about = word.draft_of(run), run.draft
    page = Paginator(draft.entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    sent = (request.POST,) if request.method == "POST" else ()
    state = state_of(draft.mapping, page)
    form = AboutForm(*sent, user=request.user, draft=about, content=draft, state=state)
    others = OffersForm(*sent, draft=draft, evaluation=about.evaluation, user=request.user)
    units = list(told_apart(form.fields["default_unit"].queryset, attrgetter("name")).items())
    formset = formset_of(
        posted(request)[0],
        rows=rows_of(list(page), run),
        form_kwargs={"units": units},
        others=_numbers(draft.entries, page),
    )
    if sent and all([form.is_valid(), formset.is_valid(), others.is_valid()]):
        others.choose()
        return _corrected(request, run, draft, form, formset)
    context = {"run": run, "draft": draft, "form": form, "formset": formset, "page": page}
    context |= {"offers": others, "picture_count": len(pictures.pictures_of(draft.extras))}
    context |= _columns(run, draft) | {"remarks": [*draft.remarks, *compared_remarks(draft, run)]}
    return render(request, "workbooks/word_draft.html", context)


def _columns(run, draft, form=None):
    """Context of the form that says what the columns are."""
    known = readings.known(run.draft.evaluation.unit, draft.mapping)
    return {
        "columns": form or MappingForm(mapping=draft.mapping, is_corrected=run.draft.is_corrected),
        "reading": known[-1] if known else None,
    }


@form_methods
def word_columns(request, pk):
    run = _run(request, pk)
    draft = word.draft_of(run)
    sent = (request.POST,) if request.method == "POST" else ()
    form = MappingForm(*sent, mapping=draft.mapping, is_corrected=run.draft.is_corrected)
    if form.is_valid() and _read_again(request, run, form):
        return redirect("workbooks:word-draft", run.pk)
    context = {"run": run, "draft": draft} | _columns(run, draft, form)
    return render(request, "workbooks/word_columns.html", context)


def _read_again(request, run, form) -> bool:
    forgets = "lupakan" in request.POST
    mapping = None if forgets else form.said
    try:
        word.read_again(run, actor=request.user, at=timezone.now(), mapping=mapping)
    except WorkbookRefused as error:
        form.add_error(None, str(error))
        return False
    forget_forms(resolve_url("workbooks:word-draft", run.pk))  # their rows are no longer the same
    run = _run(request, run.pk)
    imports.preview(run)
    count, body = len(word.draft_of(run).entries), run.draft.evaluation.unit
    kept = (
        "Cara baca yang diingat sudah dihapus" if forgets else f"Cara baca ini diingat untuk {body}"
    )
    messages.success(request, f"Dibaca ulang: {count} rekomendasi. {kept}. Belum ada yang ditulis.")
    return True


def _corrected(request, run, draft, form, formset):
    for row in formset.forms:
        row.correct()  # the entries are those of the draft
    word.correct(run, actor=request.user, draft=draft, **form.cleaned_data)
    imports.preview(_run(request, run.pk))
    if "lanjut" in request.POST:
        return redirect(run)
    messages.success(request, "Koreksi disimpan. Belum ada yang ditulis.")
    return redirect(request.get_full_path())


def _numbers(entries, page):
    shown = {id(entry) for entry in page}
    return [one.number for one in entries if one.is_included and id(one) not in shown]


def _run(request, pk):
    require(workbook_policy.check(request.user, "import"))
    runs = ImportRun.objects.visible_to(request.user).select_related(
        "actor", "draft__evaluation__unit", "draft__default_unit"
    )
    run = get_object_or_404(runs, pk=pk)
    if not hasattr(run, "draft"):
        raise Http404("Impor ini bukan dari Word.")
    require(evaluation_policy.check(request.user, "edit", run.draft.evaluation))
    if not run.is_previewed:
        raise WrongState(f"Impor ini {run.get_state_display().lower()}.")
    return run
