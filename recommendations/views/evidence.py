"""Evidence of a renaksi: add, describe, revise, archive, and hand out its files."""

from copy import copy
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.forms.evidence import (
    ChangedDescriptionForm,
    EvidenceFilesForm,
    ReuseForm,
    RevisionForm,
)
from recommendations.models import Evidence, EvidenceRevision
from recommendations.services import evidence as services
from recommendations.views.shared import find_renaksi
from recommendations.workflow import require_transition
from sakip.editing import StaleEdit, add_errors, again, attempt, begin_once, posted
from sakip.uploads.check import PDF
from sakip.uploads.joining import joins_parts, mark_used
from sakip.uploads.page_pictures import first_pages
from sakip.uploads.serving import hand_out
from sakip.writing import label


def _find(request, pk):
    """The evidence and its renaksi, which must be free to be edited."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    evidence.renaksi = find_renaksi(request, evidence.renaksi_id)
    require_transition("edit", request.user, evidence.renaksi)
    return evidence


def _save(request, form, service, **target):
    """The saved record, or None with the reasons added to the form."""
    fields = dict(form.cleaned_data)
    if "file" in fields:
        fields["upload"] = fields.pop("file")
    made = attempt(request, form, service, cleaned=fields, **target)
    if made:
        mark_used(form.files)
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
def create(request, pk):
    """What is good of several files is kept even when others are refused; those are named."""
    renaksi = find_renaksi(request, pk)
    require_transition("edit", request.user, renaksi)
    form = EvidenceFilesForm()
    if request.method == "POST":
        forms = EvidenceFilesForm.of_each_file(request.POST, request.FILES)
        target = {"renaksi": renaksi, "batch": uuid4()}
        saved = [
            form.is_valid() and _save(request, form, services.add_evidence, **target)
            for form in forms
        ]
        _tell_added(request, [evidence for evidence in saved if evidence])
        refused = [form for form, evidence in zip(forms, saved, strict=True) if not evidence]
        if not refused:
            return redirect(renaksi)
        form = _with_all_errors(refused)
    context = {"form": form, "renaksi": renaksi, "heading": "Tambah bukti dukung"}
    return render(request, "recommendations/evidence_form.html", context)


def _with_all_errors(forms):
    """The first of the refused forms, telling what is wrong with the files of the others too."""
    first, *others = forms
    for form in others:
        for error in form.errors.get("file", ()):
            if error not in first.errors.get("file", ()):
                first.add_error("file", error)
    return first


def _tell_added(request, added):
    if added:
        titles = ", ".join(f"“{evidence.title}”" for evidence in added)
        messages.success(request, f"Bukti {titles} ditambahkan.")
    for evidence in added:
        if others := services.same_elsewhere(request.user, evidence):
            places = ", ".join(
                f"{other.renaksi.named_for(request.user)} (“{other.title}”)" for other in others
            )
            messages.info(
                request,
                f"Berkas “{evidence.title}” dikenali: sama dengan yang ada pada {places}. "
                "Berkasnya dipakai bersama, tidak disimpan dua kali.",
            )


@require_http_methods(["GET", "HEAD", "POST"])
def reuse(request, pk):
    """Attaches files that lie on other items already."""
    renaksi = find_renaksi(request, pk)
    require_transition("edit", request.user, renaksi)
    files = services.reusable(request.user, renaksi)
    form = ReuseForm(*posted(request), files=files)
    if form.is_valid() and (added := _reuse(request, form, renaksi)):
        _tell_reused(request, added)
        return redirect(renaksi)
    text = request.GET.get("q", "").strip()[:100]
    found = services.reusable(request.user, renaksi, text)
    page = Paginator(found, settings.PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"form": form, "renaksi": renaksi, "page": page, "text": text}
    return render(request, "recommendations/evidence_reuse.html", context)


def _reuse(request, form, renaksi):
    """The pieces attached, all of them or, with the reasons on the form, none."""
    common = {"renaksi": renaksi, "actor": request.user, "at": timezone.now(), "batch": uuid4()}
    try:
        begin_once(request)
        with transaction.atomic():
            return [
                services.reuse_evidence(revision=revision, **common)
                for revision in form.cleaned_data["files"]
            ]
    except ValidationError as error:
        add_errors(form, error)
        return []


def _tell_reused(request, added):
    titles = ", ".join(f"“{evidence.title}”" for evidence in added)
    messages.success(request, f"Bukti {titles} dipakai juga di sini.")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    evidence = _find(request, pk)
    services.require_current(evidence)
    heading = f"Ubah “{evidence.title}”"
    form = ChangedDescriptionForm(*posted(request), instance=evidence)
    try:
        saved = form.is_valid() and _save(request, form, services.edit_evidence, evidence=evidence)
    except StaleEdit as conflict:
        return _conflict(request, heading, conflict)
    if saved:
        messages.success(request, "Keterangan bukti disimpan.")
        return redirect(evidence)
    context = {"form": form, "renaksi": evidence.renaksi, "heading": heading}
    return render(request, "recommendations/evidence_form.html", context)


def _conflict(request, heading, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    evidence = conflict.current
    form = ChangedDescriptionForm(
        again(request, seen=services.digest_of(evidence)), instance=copy(evidence)
    )
    saved = [(label(evidence, name), getattr(evidence, name)) for name in services.WRITTEN]
    context = {"form": form, "renaksi": evidence.renaksi, "heading": heading, "saved": saved}
    context["conflict"] = str(conflict)
    return render(request, "recommendations/evidence_form.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
def revise(request, pk):
    evidence = _find(request, pk)
    services.require_revisable(evidence)
    form = RevisionForm(*posted(request))
    if form.is_valid() and _save(request, form, services.revise_evidence, evidence=evidence):
        messages.success(request, f"Revisi baru “{evidence.title}” disimpan.")
        return redirect(evidence)
    heading = f"Revisi baru “{evidence.title}”"
    context = {"form": form, "renaksi": evidence.renaksi, "heading": heading}
    return render(request, "recommendations/evidence_form.html", context)


@require_POST
def archive(request, pk):
    evidence = _find(request, pk)
    services.archive_evidence(evidence=evidence, actor=request.user, at=timezone.now())
    messages.success(request, f"Bukti “{evidence.title}” diarsipkan. Anda dapat memulihkannya.")
    return redirect(evidence)


@require_POST
def restore(request, pk):
    evidence = _find(request, pk)
    services.restore_evidence(evidence=evidence, actor=request.user, at=timezone.now())
    messages.success(request, f"Bukti “{evidence.title}” dipulihkan.")
    return redirect(evidence)


@require_safe
def picture(request, pk, number):
    """The first pages of a PDF, for whoever may read it."""
    revision = _revision(request, pk, number)
    if revision.content_type != PDF:
        raise Http404("Hanya halaman PDF yang digambar.")
    return HttpResponse(first_pages(revision.file), content_type="image/jpeg")


def _revision(request, pk, number):
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    return get_object_or_404(EvidenceRevision, evidence=evidence, number=number)


@require_safe
def file(request, pk, number):
    """Hands out a revision to whoever sees its renaksi."""
    revision = _revision(request, pk, number)
    return hand_out(
        revision.file,
        content_type=revision.content_type,
        name=revision.original_name,
        is_received=True,
    )
