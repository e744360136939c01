"""Pages to change the sections of a Telaah Staf and their content."""

from copy import copy

from django.contrib import messages
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms.telaah_staf import RemovalForm, SectionForm, TelaahStafBlockForm
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from reports.services import telaah_staf_parts as services
from reports.views.telaah_staf import detail_page, find
from reports.views.typed import keep_typed
from sakip.editing import StaleEdit, attempt, posted
from sakip.errors import require
from sakip.writing import label, words

Kind = TelaahStafBlock.Kind
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def find_section(request, pk):
    sections = TelaahStafSection.objects.select_related("telaah_staf__evaluation__unit")
    visible = TelaahStaf.objects.visible_to(request.user)
    section = get_object_or_404(sections, pk=pk, telaah_staf__in=visible)
    require(telaah_staf_policy.check(request.user, "edit", section.telaah_staf))
    return section


def find_block(request, pk, **conditions):
    blocks = TelaahStafBlock.objects.select_related("section__telaah_staf__evaluation__unit")
    visible = TelaahStaf.objects.visible_to(request.user)
    block = get_object_or_404(blocks, pk=pk, section__telaah_staf__in=visible, **conditions)
    require(telaah_staf_policy.check(request.user, "edit", block.section.telaah_staf))
    return block


def back(section, part=None):
    """Redirects to the place in the telaah staf where the person was."""
    return redirect(f"{section.telaah_staf.get_absolute_url()}#{part or f'bagian-{section.pk}'}")


def _form_page(request, telaah_staf, form, heading, *, status=200, **context):
    context |= {"telaah_staf": telaah_staf, "form": form, "heading": heading}
    return render(request, "reports/telaah_staf_form.html", context, status=status)


def _conflict_page(request, conflict, form_class, telaah_staf, heading):
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites the saved one."""
    current, data = conflict.current, request.POST.copy()
    data["version"] = current.version
    context = {
        "saved": [(label(current, name), words(current, name)) for name in form_class.Meta.fields],
        "conflict": str(conflict),
    }
    form = form_class(data, instance=copy(current))
    return _form_page(request, telaah_staf, form, heading, status=409, **context)


@form_methods
@keep_typed(SectionForm)
def section_create(request, pk):
    telaah_staf = find(request, pk, "edit")
    form = SectionForm(*posted(request)[:1])
    if form.is_valid():
        target = {"telaah_staf": telaah_staf}
        if section := attempt(request, form, services.add_section, **target):
            messages.success(request, f"Bagian {section} ditambahkan di bawah.")
            return back(section)
    return _form_page(request, telaah_staf, form, "Bagian baru")


@form_methods
@keep_typed(SectionForm)
def section_edit(request, pk):
    section, heading = find_section(request, pk), "Ubah judul bagian"
    form = SectionForm(*posted(request)[:1], instance=copy(section))
    try:
        if form.is_valid() and attempt(request, form, services.rename_section, section=section):
            messages.success(request, "Judul bagian disimpan.")
            return back(section)
    except StaleEdit as conflict:
        return _conflict_page(request, conflict, SectionForm, section.telaah_staf, heading)
    return _form_page(request, section.telaah_staf, form, heading)


@require_POST
def section_move(request, pk):
    section = find_section(request, pk)
    moved = {"section": section, "up": request.POST.get("arah") == "naik"}
    return _move(request, services.move_section, moved, section)


def _move(request, service, moved, section, part=None):
    """Moves the part. Answers 409 with the current order when the page showed another one."""
    form = RemovalForm(request.POST)
    try:
        if form.is_valid():
            attempt(request, form, service, **moved)
    except StaleEdit as conflict:
        return detail_page(request, section.telaah_staf_id, conflict=str(conflict), status=409)
    return back(section, part)


@form_methods
def section_delete(request, pk):
    section = find_section(request, pk)
    form = RemovalForm(*posted(request)[:1], initial={"seen": services.digest_of_section(section)})
    if not form.is_valid():
        return _removal_page(request, form, section)
    try:
        services.remove_section(
            section=section, actor=request.user, at=timezone.now(), **form.cleaned_data
        )
    except StaleEdit as conflict:
        section = find_section(request, pk)
        form = RemovalForm(initial={"seen": services.digest_of_section(section)})
        return _removal_page(request, form, section, conflict=conflict, status=409)
    messages.success(request, f"Bagian {section} dihapus.")
    return redirect(section.telaah_staf)


def _removal_page(request, form, section, block=None, *, conflict="", status=200):
    """Asks before removing one `block` of the section, or the whole section when `block` is None."""
    context = {
        "telaah_staf": section.telaah_staf,
        "heading": f"Hapus dari bagian {section}?" if block else f"Hapus bagian {section}?",
        "words": [services.described(block)] if block else services.words_of_section(section),
        "form": form,
        "conflict": str(conflict),
    }
    return render(request, "reports/telaah_staf_part_delete.html", context, status=status)


@form_methods
@keep_typed(TelaahStafBlockForm)
def text_create(request, pk):
    section = find_section(request, pk)
    form = TelaahStafBlockForm(*posted(request)[:1])
    if form.is_valid():
        new = {"section": section, "kind": Kind.TEXT}
        if block := attempt(request, form, services.add_block, **new):
            messages.success(request, f"Teks ditambahkan pada bagian {section}.")
            return back(section, f"isi-{block.pk}")
    return _form_page(request, section.telaah_staf, form, f"Teks baru dalam {section}")


@require_POST
def table_create(request, pk):
    section = find_section(request, pk)
    kind = request.POST.get("jenis", Kind.FOLLOW_UP_TABLE)
    if kind not in set(Kind.values) - {Kind.TEXT}:
        raise Http404("Tabel ini tidak dikenal.")
    form = Form(request.POST)
    form.full_clean()
    block = attempt(request, form, services.add_block, section=section, kind=kind)
    if block is None:
        messages.error(request, " ".join(form.non_field_errors()))
        return back(section)
    messages.success(request, f"{block.get_kind_display()} ditambahkan pada bagian {section}.")
    return back(section, f"isi-{block.pk}")


@form_methods
@keep_typed(TelaahStafBlockForm)
def text_edit(request, pk):
    block = find_block(request, pk, kind=Kind.TEXT)
    telaah_staf, heading = block.section.telaah_staf, block.section.heading
    form = TelaahStafBlockForm(*posted(request)[:1], instance=copy(block))
    try:
        if form.is_valid() and attempt(request, form, services.write_text, block=block):
            messages.success(request, f"Teks bagian {block.section} disimpan.")
            return back(block.section, f"isi-{pk}")
    except StaleEdit as conflict:
        return _conflict_page(request, conflict, TelaahStafBlockForm, telaah_staf, heading)
    return _form_page(request, telaah_staf, form, heading)


@require_POST
def block_move(request, pk):
    block = find_block(request, pk)
    moved = {"block": block, "up": request.POST.get("arah") == "naik"}
    return _move(request, services.move_block, moved, block.section, f"isi-{pk}")


@form_methods
def block_delete(request, pk):
    block = find_block(request, pk)
    form = RemovalForm(*posted(request)[:1], initial={"seen": services.digest_of_block(block)})
    if not form.is_valid():
        return _removal_page(request, form, block.section, block)
    try:
        services.remove_block(
            block=block, actor=request.user, at=timezone.now(), **form.cleaned_data
        )
    except StaleEdit as conflict:
        block = find_block(request, pk)
        form = RemovalForm(initial={"seen": services.digest_of_block(block)})
        return _removal_page(request, form, block.section, block, conflict=conflict, status=409)
    messages.success(request, f"{block.get_kind_display()} dihapus dari {block.section}.")
    return back(block.section)
