"""Sections of a Telaah Staf and what stands in them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from reports.services import telaah_staf_parts as services
from reports.telaah_staf_forms import SectionForm, TelaahStafBlockForm
from reports.views.telaah_staf import find
from sakip.editing import attempt, posted
from sakip.errors import require

Kind = TelaahStafBlock.Kind


def _find_section(request, pk):
    sections = TelaahStafSection.objects.select_related("telaah_staf__evaluation__unit")
    visible = TelaahStaf.objects.visible_to(request.user)
    section = get_object_or_404(sections, pk=pk, telaah_staf__in=visible)
    require(telaah_staf_policy.check(request.user, "edit", section.telaah_staf))
    return section


def _find_block(request, pk, **conditions):
    blocks = TelaahStafBlock.objects.select_related("section__telaah_staf__evaluation__unit")
    visible = TelaahStaf.objects.visible_to(request.user)
    block = get_object_or_404(blocks, pk=pk, section__telaah_staf__in=visible, **conditions)
    require(telaah_staf_policy.check(request.user, "edit", block.section.telaah_staf))
    return block


def _back(section, part=None):
    """To the place in the memo where the person was."""
    return redirect(f"{section.telaah_staf.get_absolute_url()}#{part or f'bagian-{section.pk}'}")


def _form_page(request, telaah_staf, form, heading):
    context = {"telaah_staf": telaah_staf, "form": form, "heading": heading}
    return render(request, "reports/telaah_staf_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section_create(request, pk):
    telaah_staf = find(request, pk, "edit")
    form = SectionForm(*posted(request)[:1])
    if form.is_valid():
        target = {"telaah_staf": telaah_staf}
        if section := attempt(request, form, services.add_section, **target):
            messages.success(request, f"Bagian {section} ditambahkan di bawah.")
            return _back(section)
    return _form_page(request, telaah_staf, form, "Bagian baru")


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request, pk):
    section = _find_section(request, pk)
    form = SectionForm(*posted(request)[:1], instance=_find_section(request, pk))
    if form.is_valid() and attempt(request, form, services.rename_section, section=section):
        messages.success(request, "Judul bagian disimpan.")
        return _back(section)
    return _form_page(request, section.telaah_staf, form, "Ubah judul bagian")


@require_POST
def section_move(request, pk):
    section = _find_section(request, pk)
    up = request.POST.get("arah") == "naik"
    services.move_section(section=section, actor=request.user, at=timezone.now(), up=up)
    return _back(section)


@require_http_methods(["GET", "HEAD", "POST"])
def section_delete(request, pk):
    section = _find_section(request, pk)
    if request.method == "POST":
        services.remove_section(section=section, actor=request.user, at=timezone.now())
        messages.success(request, f"Bagian {section} dihapus.")
        return redirect(section.telaah_staf)
    context = {
        "telaah_staf": section.telaah_staf,
        "heading": f"Hapus bagian {section}?",
        "words": [services.described(block) for block in section.blocks.all()],
    }
    return render(request, "reports/telaah_staf_part_delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text_create(request, pk):
    section = _find_section(request, pk)
    form = TelaahStafBlockForm(*posted(request)[:1])
    if form.is_valid():
        new = {"section": section, "kind": Kind.TEXT}
        if block := attempt(request, form, services.add_block, **new):
            messages.success(request, f"Teks ditambahkan pada bagian {section}.")
            return _back(section, f"isi-{block.pk}")
    return _form_page(request, section.telaah_staf, form, f"Teks baru dalam {section}")


@require_POST
def table_create(request, pk):
    section = _find_section(request, pk)
    kind = request.POST.get("jenis", Kind.FOLLOW_UP_TABLE)
    if kind not in set(Kind.values) - {Kind.TEXT}:
        raise Http404("Tabel ini tidak dikenal.")
    block = services.add_block(section=section, actor=request.user, at=timezone.now(), kind=kind)
    messages.success(request, f"{block.get_kind_display()} ditambahkan pada bagian {section}.")
    return _back(section, f"isi-{block.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def text_edit(request, pk):
    block = _find_block(request, pk, kind=Kind.TEXT)
    form = TelaahStafBlockForm(*posted(request)[:1], instance=_find_block(request, pk))
    if form.is_valid() and attempt(request, form, services.write_text, block=block):
        messages.success(request, f"Teks bagian {block.section} disimpan.")
        return _back(block.section, f"isi-{pk}")
    return _form_page(request, block.section.telaah_staf, form, block.section.heading)


@require_POST
def block_move(request, pk):
    block = _find_block(request, pk)
    up = request.POST.get("arah") == "naik"
    services.move_block(block=block, actor=request.user, at=timezone.now(), up=up)
    return _back(block.section, f"isi-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def block_delete(request, pk):
    block = _find_block(request, pk)
    if request.method == "POST":
        services.remove_block(block=block, actor=request.user, at=timezone.now())
        messages.success(request, f"{block.get_kind_display()} dihapus dari {block.section}.")
        return _back(block.section)
    context = {
        "telaah_staf": block.section.telaah_staf,
        "heading": f"Hapus dari bagian {block.section}?",
        "words": [services.described(block)],
    }
    return render(request, "reports/telaah_staf_part_delete.html", context)
