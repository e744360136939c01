"""Pages of the Telaah Staf: list, read, print, write, replace, delete."""

from base64 import b64decode
from copy import copy

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.documents.telaah_staf import document
from reports.exports.catalogue import ExportSpec
from reports.forms import telaah_staf as forms
from reports.forms.telaah_staf_desk import Opened
from reports.models import TelaahStaf
from reports.permissions import telaah_staf_policy
from reports.services import telaah_staf as services
from reports.views.downloads import download
from reports.views.telaah_staf_desk import find, page, sealed_file
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.filling import offer_to_fill
from sakip.unsaved import keeps_typed
from sakip.uploads.serving import hand_out

form_methods = require_http_methods(["GET", "HEAD", "POST"])

SIGNATORY = ("sakip:official-create", "pejabat")


@require_safe
def telaah_staf_list(request):
    require(telaah_staf_policy.check(request.user, "view"))
    filters = forms.TelaahStafFilter(request.GET, user=request.user)
    visible = TelaahStaf.objects.visible_to(request.user).with_replacement()
    rows = visible.select_related("evaluation__unit")
    page = Paginator(filters.narrowed(rows), settings.PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "is_narrowed": any(filters.cleaned_data.values()),
        "can_create": telaah_staf_policy.check(request.user, "edit"),
    }
    return render(request, "reports/telaah_staf_list.html", context)


@require_safe
def telaah_staf_detail(request, pk):
    return page(request, pk)


@require_safe
def telaah_staf_pdf(request, pk):
    """Returns the PDF. For an issued telaah staf it is the sealed file itself."""
    if sealed := sealed_file(request, find(request, pk)):
        return hand_out(sealed.file, content_type="application/pdf", name=sealed.file_name)
    return download(request, ExportSpec(name="telaah-staf", format="pdf", document_id=pk))


@require_safe
def telaah_staf_word(request, pk):
    return download(request, ExportSpec(name="telaah-staf", format="docx", document_id=pk))


@require_safe
def telaah_staf_logo(request, pk):
    """Returns the logo of its letterhead, because pages of the program may not show data: addresses."""
    letterhead = document.letterhead(find(request, pk))
    if not (letterhead and letterhead.logo):
        raise Http404("Kop surat ini tidak berlambang.")
    head, _, content = letterhead.logo.partition(",")
    content_type = head.removeprefix("data:").removesuffix(";base64")
    return HttpResponse(b64decode(content), content_type=content_type)


@form_methods
@keeps_typed(forms.NewTelaahStafForm)
def telaah_staf_create(request):
    require(telaah_staf_policy.check(request.user, "edit"))
    choice = forms.EvaluationChoiceForm(request.GET or None, user=request.user)
    evaluation = choice.chosen
    if evaluation is None:
        return render(request, "reports/telaah_staf_create.html", {"choice": choice})
    if request.method == "POST" and choice.errors:
        raise Http404("LHE ini tidak ada.")
    empty = services.prefilled(evaluation, request.user)
    form = forms.NewTelaahStafForm(*posted(request), instance=empty, user=request.user)
    if form.is_valid():
        new = {"evaluation": evaluation}
        if saved := attempt(request, form, services.create_telaah_staf, **new):
            messages.success(
                request, "Telaah Staf disimpan sebagai draf. Periksa setiap kalimatnya."
            )
            return redirect(saved)
    offer_to_fill(form, request, signatory=SIGNATORY)
    context = {"choice": choice, "evaluation": evaluation, "form": form}
    return render(request, "reports/telaah_staf_create.html", context)


@form_methods
@keeps_typed(forms.TelaahStafForm)
def telaah_staf_edit(request, pk):
    telaah_staf = find(request, pk, "edit")
    form = _head_form(request, telaah_staf, *posted(request)[:1])
    try:
        if form.is_valid():
            target = {"telaah_staf": telaah_staf}
            if attempt(request, form, services.edit_telaah_staf, **target):
                messages.success(request, "Kepala surat Telaah Staf disimpan.")
                return redirect(telaah_staf)
    except StaleEdit as conflict:
        current = conflict.current
        saved = services.words_of_head(current)
        data = again(request, seen=services.digest_of_head(current))
        form = _head_form(request, current, data)
        opened = Opened("kepala", form, str(conflict), saved)
        return page(request, pk, opened=opened, status=409)
    return page(request, pk, opened=Opened("kepala", form))


def _head_form(request, telaah_staf, *data):
    form = forms.TelaahStafForm(
        *data, instance=copy(telaah_staf), user=request.user, auto_id="id_kepala_%s"
    )
    offer_to_fill(form, request, signatory=SIGNATORY)
    return form


@form_methods
def telaah_staf_draft(request, pk):
    telaah_staf = find(request, pk, "edit")
    form = forms.DraftAgainForm(
        *posted(request)[:1], initial={"version": telaah_staf.version, "keep_written": "ya"}
    )
    try:
        if form.is_valid():
            target = {"telaah_staf": telaah_staf}
            if attempt(request, form, services.draft_again, **target):
                messages.success(request, "Draf disusun dari data. Periksa setiap kalimatnya.")
                return redirect(telaah_staf)
    except StaleEdit as conflict:
        telaah_staf = find(request, pk, "edit")
        form = forms.DraftAgainForm(
            request.POST.dict() | {"version": telaah_staf.version},
        )
        return _draft_page(request, telaah_staf, form, conflict=conflict, status=409)
    return _draft_page(request, telaah_staf, form)


def _draft_page(request, telaah_staf, form, *, conflict="", status=200):
    context = {
        "telaah_staf": telaah_staf,
        "form": form,
        "written": services.written_sections(telaah_staf),
        "conflict": str(conflict),
    }
    return render(request, "reports/telaah_staf_draft.html", context, status=status)


@form_methods
def telaah_staf_supersede(request, pk):
    telaah_staf = find(request, pk, "supersede")
    form = Form(*posted(request)[:1])
    if form.is_valid():
        target = {"telaah_staf": telaah_staf}
        if new := attempt(request, form, services.supersede_telaah_staf, **target):
            messages.success(request, "Draf pengganti dibuat. Isi nomor dan tanggalnya yang baru.")
            return redirect(new)
    context = {"telaah_staf": telaah_staf, "form": form}
    return render(request, "reports/telaah_staf_supersede.html", context)


@form_methods
def telaah_staf_delete(request, pk):
    telaah_staf = find(request, pk, "delete")
    form = forms.TelaahStafDeleteForm(
        *posted(request)[:1], initial={"version": telaah_staf.version}
    )
    if not form.is_valid():
        return _delete_page(request, telaah_staf, form)
    try:
        services.delete_telaah_staf(
            telaah_staf=telaah_staf, actor=request.user, at=timezone.now(), **form.cleaned_data
        )
    except StaleEdit as conflict:
        telaah_staf = find(request, pk, "delete")
        form = forms.TelaahStafDeleteForm(initial={"version": telaah_staf.version})
        return _delete_page(request, telaah_staf, form, conflict=conflict, status=409)
    messages.success(request, "Draf Telaah Staf dihapus.")
    return redirect("reports:telaah-staf-list")


def _delete_page(request, telaah_staf, form, *, conflict="", status=200):
    context = document.context(telaah_staf, request.user, on_screen=True)
    context |= {"form": form, "conflict": str(conflict)}
    return render(request, "reports/telaah_staf_delete.html", context, status=status)
