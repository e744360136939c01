"""Evidence of a renaksi: add, describe, revise, archive, and hand out its files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.forms.evidence import DescriptionForm, EvidenceForm, RevisionForm
from recommendations.models import Evidence, EvidenceRevision
from recommendations.services import evidence as services
from recommendations.views.files import hand_out
from recommendations.views.shared import add_errors, find_renaksi, posted
from recommendations.workflow import require_transition


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
    try:
        return service(actor=request.user, at=timezone.now(), **target, **fields)
    except ValidationError as error:
        add_errors(form, error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def create(request, pk):
    renaksi = find_renaksi(request, pk)
    require_transition("edit", request.user, renaksi)
    form = EvidenceForm(*posted(request))
    if form.is_valid() and (
        evidence := _save(request, form, services.add_evidence, renaksi=renaksi)
    ):
        messages.success(request, f"Bukti “{evidence.title}” ditambahkan.")
        return redirect(renaksi)
    context = {"form": form, "renaksi": renaksi, "heading": "Tambah bukti dukung"}
    return render(request, "recommendations/evidence_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    evidence = _find(request, pk)
    services.require_current(evidence)
    heading = f"Ubah “{evidence.title}”"
    form = DescriptionForm(*posted(request), instance=evidence)
    if form.is_valid() and _save(request, form, services.edit_evidence, evidence=evidence):
        messages.success(request, "Keterangan bukti disimpan.")
        return redirect(evidence)
    context = {"form": form, "renaksi": evidence.renaksi, "heading": heading}
    return render(request, "recommendations/evidence_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
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
def file(request, pk, number):
    """Hands out a revision to whoever sees its renaksi."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    revision = get_object_or_404(EvidenceRevision, evidence=evidence, number=number)
    return hand_out(revision.file, content_type=revision.content_type, name=revision.original_name)
