"""Writes the sections of a Telaah Staf and their content, each in its place on the desk."""

from copy import copy

from django.contrib import messages
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms.telaah_staf import MoveForm, RemovalForm, SectionForm, TelaahStafBlockForm
from reports.forms.telaah_staf_desk import Opened, text_form
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from reports.services import telaah_staf_parts as services
from reports.views.telaah_staf_desk import find, page
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import WrongState, require
from sakip.services import unsaved
from sakip.text import printable
from sakip.unsaved import keeps_typed, kept_answer
from sakip.writing import said

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


def back(telaah_staf, place):
    """Redirects to the place on the desk where the person was."""
    return redirect(f"{telaah_staf.get_absolute_url()}#{place}")


def reasons_of(form) -> str:
    """Why the form was refused, each reason once, with its links."""
    reasons = [reason for reasons in form.errors.values() for reason in reasons]
    return format_html_join(" ", "{}", ((reason,) for reason in dict.fromkeys(reasons)))


def _conflict(request, conflict, telaah_staf_id, place, form):
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites the saved one."""
    saved = said(conflict.current, form.Meta.fields)
    opened = Opened(place, form, str(conflict), saved)
    return page(request, telaah_staf_id, opened=opened, status=409)


# ── Sections ────────────────────────────────────────────────────────────────────────────────────
@form_methods
@keeps_typed(SectionForm)
def section_create(request, pk):
    telaah_staf = find(request, pk, "edit")
    form = SectionForm(*posted(request)[:1], auto_id="id_baru_%s")
    if form.is_valid():
        target = {"telaah_staf": telaah_staf}
        if section := attempt(request, form, services.add_section, **target):
            messages.success(request, f"Bagian {section} ditambahkan di bawah.")
            return back(telaah_staf, f"bagian-{section.pk}")
    return page(request, pk, opened=Opened("baru", form))


@form_methods
@keeps_typed(SectionForm)
def section_edit(request, pk):
    section, place = find_section(request, pk), f"bagian-{pk}"
    form = _heading_form(*posted(request)[:1], section=section)
    try:
        if form.is_valid() and attempt(request, form, services.rename_section, section=section):
            messages.success(request, "Judul bagian disimpan.")
            return back(section.telaah_staf, place)
    except StaleEdit as conflict:
        data, current = again(request, version=conflict.current.version), conflict.current
        form = _heading_form(data, section=current)
        return _conflict(request, conflict, section.telaah_staf_id, place, form)
    return page(request, section.telaah_staf_id, opened=Opened(place, form))


def _heading_form(*data, section):
    return SectionForm(*data, instance=copy(section), auto_id=f"id_bagian_{section.pk}_%s")


@require_POST
def section_move(request, pk):
    section = find_section(request, pk)
    form = MoveForm(request.POST, telaah_staf=section.telaah_staf)
    about = (section.telaah_staf, f"bagian-{pk}")
    return _move(request, form, services.move_section, *about, section=section)


def _move(request, form, service, telaah_staf, place, **moved):
    """Moves the part. Answers 409 with the current order when the page showed another one."""
    if not form.is_valid():
        words = "Tulis nomor tempatnya, misalnya 2. Isi lain belum dipindahkan."
        return page(request, telaah_staf.pk, conflict=words)
    try:
        service(**moved, **form.where, actor=request.user, at=timezone.now())
    except StaleEdit as conflict:
        return page(request, telaah_staf.pk, conflict=str(conflict), status=409)
    return back(telaah_staf, place)


@require_POST
def section_delete(request, pk):
    section = find_section(request, pk)
    about = (section.telaah_staf, "kerangka")
    return _remove(request, services.remove_section, *about, section=section)


def _remove(request, service, telaah_staf, place, **removed):
    """Removes what the page showed; the desk then offers to put it back. Answers 409 when it differs."""
    form = RemovalForm(request.POST)
    try:
        seen = form.cleaned_data["seen"] if form.is_valid() else "-"
        service(**removed, seen=seen, actor=request.user, at=timezone.now())
    except StaleEdit as conflict:
        return page(request, telaah_staf.pk, conflict=str(conflict), status=409)
    return back(telaah_staf, place)


@require_POST
def restore(request, pk):
    telaah_staf = find(request, pk, "edit")
    try:
        row = services.restore_removed(
            telaah_staf=telaah_staf, actor=request.user, at=timezone.now()
        )
    except WrongState as refused:
        return page(request, pk, conflict=str(refused), status=409)
    return back(telaah_staf, f"{'isi' if isinstance(row, TelaahStafBlock) else 'bagian'}-{row.pk}")


# ── What is typed and not saved ─────────────────────────────────────────────────────────────────
@require_POST
def text_draft(request, pk):
    block = find_block(request, pk, kind=Kind.TEXT)
    return _keep(request, block.section.telaah_staf, f"isi-{pk}", record=block)


@require_POST
def new_text_draft(request, pk):
    section = find_section(request, pk)
    about = {"record": section, "part": services.NEW_TEXT}
    return _keep(request, section.telaah_staf, f"baru-{pk}", **about)


def _keep(request, telaah_staf, place, **about):
    """Keeps what is typed, and answers with a sentence that the script shows; or throws it away."""
    if "buang" in request.POST:
        unsaved.discard(**about, actor=request.user)
        return back(telaah_staf, place)
    version = request.POST.get("version", "0")
    content = {
        "text": printable(request.POST.get("text", "")),
        "is_incomplete": "is_incomplete" in request.POST,
    }
    kept = unsaved.keep(
        **about,
        actor=request.user,
        at=timezone.now(),
        content=content,
        base_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
    )
    return kept_answer(kept)


# ── Texts and tables ────────────────────────────────────────────────────────────────────────────
@form_methods
@keeps_typed(TelaahStafBlockForm, by=new_text_draft)
def text_create(request, pk):
    section = find_section(request, pk)
    form = text_form(*posted(request)[:1], block=TelaahStafBlock(section=section))
    if form.is_valid():
        new = {"section": section, "kind": Kind.TEXT}
        if block := attempt(request, form, services.add_block, **new):
            messages.success(request, f"Teks ditambahkan pada bagian {section}.")
            return back(section.telaah_staf, f"isi-{block.pk}")
    return page(request, section.telaah_staf_id, opened=Opened(f"baru-{pk}", form))


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
        return page(request, section.telaah_staf_id, conflict=reasons_of(form))
    messages.success(request, f"{block.get_kind_display()} ditambahkan pada bagian {section}.")
    return back(section.telaah_staf, f"isi-{block.pk}")


@form_methods
@keeps_typed(TelaahStafBlockForm, by=text_draft)
def text_edit(request, pk):
    block, place = find_block(request, pk, kind=Kind.TEXT), f"isi-{pk}"
    telaah_staf = block.section.telaah_staf
    form = text_form(*posted(request)[:1], block=block)
    try:
        if form.is_valid() and attempt(request, form, services.write_text, block=block):
            messages.success(request, f"Teks bagian {block.section} disimpan.")
            return back(telaah_staf, place)
    except StaleEdit as conflict:
        form = text_form(again(request, version=conflict.current.version), block=conflict.current)
        return _conflict(request, conflict, telaah_staf.pk, place, form)
    return page(request, telaah_staf.pk, opened=Opened(place, form))


@require_POST
def block_move(request, pk):
    block = find_block(request, pk)
    form = MoveForm(request.POST, telaah_staf=block.section.telaah_staf)
    moved = {"block": block, "section": form.cleaned_data["bagian"] if form.is_valid() else None}
    about = (block.section.telaah_staf, f"isi-{pk}")
    return _move(request, form, services.move_block, *about, **moved)


@require_POST
def block_delete(request, pk):
    block = find_block(request, pk)
    about = (block.section.telaah_staf, f"bagian-{block.section_id}")
    return _remove(request, services.remove_block, *about, block=block)
