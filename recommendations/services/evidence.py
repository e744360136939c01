"""Adds, describes, revises, archives and restores evidence. Nothing is overwritten, nothing deleted."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Max

from recommendations.models import Evidence, EvidenceRevision
from recommendations.workflow import lock, perform, require_transition
from sakip.errors import WrongState
from sakip.writing import about, write


@transaction.atomic
def add_evidence(*, renaksi, actor, at, kind, title, upload=None, **fields) -> Evidence:
    """`upload` is a CheckedFile, given for the kind FILE only; `fields` are url, caption and the like.

    A file already attached to the same renaksi is refused, so that sending twice makes one record.
    """
    renaksi = lock(renaksi)
    require_transition("edit", actor, renaksi)
    if (kind == Evidence.Kind.FILE) != bool(upload):
        raise ValidationError({"file": "Pilih berkas untuk bukti berupa berkas saja."})
    if upload:
        _refuse_twin(renaksi, upload)
    last = renaksi.evidence.aggregate(last=Max("position"))["last"] or 0
    evidence = Evidence(renaksi=renaksi, position=last + 1, kind=kind)
    changes = write(evidence, title=title, **fields)
    if upload:
        changes.append(_add_revision(evidence, upload, actor, at))
    perform(
        action="edit", entry="add_evidence", renaksi=renaksi, actor=actor, at=at, changes=changes
    )
    return evidence


@transaction.atomic
def edit_evidence(*, evidence, actor, at, **fields) -> Evidence:
    """Changes what is said about the evidence, never its file."""
    evidence = _locked(evidence, actor)
    require_current(evidence)
    title = evidence.title
    if changes := write(evidence, **fields):
        _perform(evidence, "edit_evidence", actor, at, about(title, changes))
    return evidence


@transaction.atomic
def revise_evidence(*, evidence, actor, at, upload) -> EvidenceRevision:
    """Adds a new revision of the file; the earlier ones stay readable."""
    evidence = _locked(evidence, actor)
    require_revisable(evidence)
    latest = evidence.revisions.first()
    if latest and latest.sha256 == upload.sha256:
        raise ValidationError({"file": "Berkas ini sama persis dengan revisi terakhir."})
    change = _add_revision(evidence, upload, actor, at, latest)
    _perform(evidence, "revise_evidence", actor, at, about(evidence.title, [change]))
    return evidence.revisions.first()


@transaction.atomic
def archive_evidence(*, evidence, actor, at) -> Evidence:
    return _set_archived(evidence, actor, at, archived=True)


@transaction.atomic
def restore_evidence(*, evidence, actor, at) -> Evidence:
    return _set_archived(evidence, actor, at, archived=False)


def _set_archived(evidence, actor, at, *, archived):
    evidence = _locked(evidence, actor)
    if evidence.is_archived == archived:
        raise WrongState(
            f"Bukti “{evidence.title}” sudah {'diarsipkan' if archived else 'dipulihkan'}."
        )
    evidence.is_archived = archived
    evidence.save(update_fields=["is_archived"])
    change = (
        evidence.title,
        *(("dipakai", "diarsipkan") if archived else ("diarsipkan", "dipakai")),
    )
    _perform(evidence, "archive_evidence" if archived else "restore_evidence", actor, at, [change])
    return evidence


def _locked(evidence, actor):
    """The evidence as it is now, its renaksi locked and free to be edited by `actor`."""
    renaksi = lock(evidence.renaksi)
    require_transition("edit", actor, renaksi)
    evidence = Evidence.objects.get(pk=evidence.pk)
    evidence.renaksi = renaksi
    return evidence


def require_current(evidence):
    if evidence.is_archived:
        raise WrongState(f"Bukti “{evidence.title}” sudah diarsipkan. Pulihkan dahulu.")


def require_revisable(evidence):
    require_current(evidence)
    if evidence.kind != Evidence.Kind.FILE:
        raise WrongState("Hanya bukti berupa berkas yang mempunyai revisi.")


def _perform(evidence, entry, actor, at, changes):
    perform(
        action="edit", entry=entry, renaksi=evidence.renaksi, actor=actor, at=at, changes=changes
    )


def _refuse_twin(renaksi, upload):
    twin = renaksi.evidence.filter(is_archived=False, revisions__sha256=upload.sha256).first()
    if twin:
        raise ValidationError({"file": f"Berkas ini sudah dilampirkan sebagai “{twin.title}”."})


def _add_revision(evidence, upload, actor, at, latest=None):
    revision = EvidenceRevision(
        evidence=evidence,
        number=latest.number + 1 if latest else 1,
        file=File(upload.file, name=f"bukti.{upload.extension}"),
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )
    revision.full_clean()
    revision.save()
    return ("Berkas", latest.original_name if latest else "-", upload.name)
