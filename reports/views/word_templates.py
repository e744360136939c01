"""Pages of the office's own Word templates: list, upload, read, check, use, stop using, delete."""

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.documents.telaah_staf.word import placeholders
from reports.forms.word_templates import ActivateForm, TemplateForm, WordTemplateDeleteForm
from reports.models import WordTemplate
from reports.permissions import word_template_policy
from reports.services import word_templates as services
from reports.tables.table import Paper
from sakip.editing import StaleEdit, attempt, posted
from sakip.errors import require
from sakip.history.sentences import story_of
from sakip.uploads.check import DOCX
from sakip.uploads.serving import hand_out


def find(request, pk, action="view"):
    require(word_template_policy.check(request.user, "view"))
    rows = WordTemplate.objects.visible_to(request.user).select_related("unit")
    template = get_object_or_404(rows, pk=pk)
    require(word_template_policy.check(request.user, action, template))
    return template


@require_safe
def template_list(request):
    require(word_template_policy.check(request.user, "view"))
    rows = WordTemplate.objects.visible_to(request.user).select_related("unit")
    page = Paginator(rows, settings.PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "reports/word_template_list.html", {"page": page, "papers": list(Paper)})


@require_http_methods(["GET", "HEAD", "POST"])
def template_upload(request):
    require(word_template_policy.check(request.user, "view"))
    form = TemplateForm(*posted(request), user=request.user)
    if form.is_valid() and (template := attempt(request, form, services.upload_template)):
        messages.success(request, f"{template} disimpan. Periksa hasilnya di bawah.")
        return redirect(template)
    return render(request, "reports/word_template_upload.html", {"form": form})


@require_safe
def template_guide(request):
    require(word_template_policy.check(request.user, "view"))
    context = {"groups": placeholders.GROUPS, "papers": list(Paper)}
    return render(request, "reports/word_template_guide.html", context)


@require_safe
def template_start(request, paper):
    from reports.documents.telaah_staf.word.starting import starting_template  # with python-docx

    require(word_template_policy.check(request.user, "view"))
    if paper not in Paper.__members__:
        raise Http404(f"Kertas “{paper}” tidak dikenal.")
    return _document(starting_template(Paper[paper]), f"templat-telaah-staf-{paper}.docx")


@require_safe
def template_detail(request, pk):
    return _detail_page(request, pk)


def _detail_page(request, pk, *, conflict="", status=200):
    """Shows the template beside the one in use. `conflict` says why it was not taken into use."""
    template = find(request, pk)
    in_use = WordTemplate.objects.in_use(template.unit_id)
    context = {
        "template": template,
        "in_use": in_use,
        "form": ActivateForm(initial={"seen": services.key_of(in_use)}),
        "conflict": conflict,
        "may_delete": bool(word_template_policy.check(request.user, "delete", template)),
        "history": story_of(template),
    }
    return render(request, "reports/word_template_detail.html", context, status=status)


@require_safe
def template_file(request, pk):
    template = find(request, pk)
    return hand_out(
        template.file, content_type=DOCX, name=template.original_name, as_attachment=True
    )


@require_safe
def template_sample(request, pk):
    """Returns the template filled with sample data, to be viewed in a word processor."""
    from reports.documents.telaah_staf.word import checking  # with python-docx and Jinja
    from reports.documents.telaah_staf.word.filling import Unusable

    template = find(request, pk)
    try:
        return _document(checking.sample(template.read()), "contoh-telaah-staf.docx")
    except Unusable as error:
        raise Http404(f"{template} belum dapat diisi: {error}") from error
    except FileNotFoundError as error:
        raise Http404("Berkas templat ini tidak ada lagi di tempat penyimpanan.") from error


def _document(content, name):
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=DOCX)


@require_POST
def template_check(request, pk):
    return _changed(request, find(request, pk), services.check_template, "diperiksa")


@require_POST
def template_activate(request, pk):
    template, form = find(request, pk, "activate"), ActivateForm(request.POST)
    seen = {"seen": form.cleaned_data["seen"]} if form.is_valid() else {}
    try:
        return _changed(
            request, template, services.activate_template, "dipakai mulai sekarang", **seen
        )
    except StaleEdit as conflict:
        return _detail_page(request, pk, conflict=str(conflict), status=409)


@require_POST
def template_deactivate(request, pk):
    template = find(request, pk, "deactivate")
    return _changed(request, template, services.deactivate_template, "tidak dipakai lagi")


def _changed(request, template, service, outcome, **seen):
    try:
        service(template=template, actor=request.user, at=timezone.now(), **seen)
    except ValidationError as error:
        messages.error(request, f"{template} belum dapat dipakai. {' '.join(error.messages)}")
    except FileNotFoundError as error:
        raise Http404("Berkas templat ini tidak ada lagi di tempat penyimpanan.") from error
    else:
        messages.success(request, f"{template} {outcome}.")
    return redirect(template)


@require_http_methods(["GET", "HEAD", "POST"])
def template_delete(request, pk):
    template = find(request, pk, "delete")
    form = WordTemplateDeleteForm(*posted(request)[:1], initial={"version": template.version})
    if not form.is_valid():
        return _delete_page(request, template, form)
    try:
        services.delete_template(
            template=template, actor=request.user, at=timezone.now(), **form.cleaned_data
        )
    except StaleEdit as conflict:
        form = WordTemplateDeleteForm(initial={"version": conflict.current.version})
        return _delete_page(request, conflict.current, form, conflict=conflict, status=409)
    messages.success(request, f"{template} dihapus.")
    return redirect("reports:word-template-list")


def _delete_page(request, template, form, *, conflict="", status=200):
    context = {"template": template, "form": form, "conflict": str(conflict)}
    if conflict:
        context["history"] = story_of(template)
    return render(request, "reports/word_template_delete.html", context, status=status)
