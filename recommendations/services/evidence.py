"""Adds, describes, revises, archives and restores evidence. Nothing is overwritten, nothing deleted."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Q

from recommendations.models import Evidence, EvidenceRevision
from recommendations.workflow import lock, perform_held, require_transition
from sakip.editing import StaleEdit, digest
from sakip.errors import WrongState, still_there
from sakip.history.words import about, code_of
from sakip.uploads.check import same_file, stored
from sakip.writing import write

DESCRIPTION = ("caption", "document_number", "document_date", "page_hint")
WRITTEN = ("title", "url", *DESCRIPTION)


@transaction.atomic
def add_evidence(*, renaksi, actor, at, kind, title, upload=None, batch=None, **fields) -> Evidence:
    """`upload` is a CheckedFile, given for the kind FILE only; `fields` are url, caption and the like.

    Evidence that the renaksi already has is refused, so that a form sent twice makes one record.
    The same file on another item that `actor` may see is shared, not stored a second time.
    """
    renaksi = lock(renaksi)
    require_transition("edit", actor, renaksi)
    if (kind == Evidence.Kind.FILE) != bool(upload):
        raise ValidationError({"file": "Pilih berkas untuk bukti berupa berkas saja."})
    if upload:
        _refuse_twin(renaksi, upload)
    else:
        _refuse_same(renaksi, kind, title, fields)
    last = renaksi.evidence.aggregate(last=Max("position"))["last"] or 0
    evidence = Evidence(renaksi=renaksi, position=last + 1, kind=kind)
    changes = about(evidence, write(evidence, title=title, **fields))
    if upload:
        changes += _add_revision(evidence, upload, actor, at)
    _perform(evidence, "add_evidence", actor, at, changes, batch)
    return evidence


def reuse_evidence(*, renaksi, revision, actor, at, batch=None) -> Evidence:
    """Attaches a file of another item to this renaksi and copies its description."""
    described = {name: getattr(revision.evidence, name) for name in ("title", *DESCRIPTION)}
    return add_evidence(
        renaksi=renaksi,
        actor=actor,
        at=at,
        kind=Evidence.Kind.FILE,
        upload=stored(revision),
        batch=batch,
        **described,
    )


def reusable(user, renaksi, text=""):
    """Returns files on other items of the same body that `user` may see, newest first, each once.

    Files that this renaksi already has are left out; `text` filters by name, title and number.
    """
    elsewhere = Evidence.objects.visible_to(user).filter(
        is_archived=False,
        renaksi__recommendation__evaluation__unit=renaksi.recommendation.evaluation.unit_id,
    )
    newer = EvidenceRevision.objects.filter(
        evidence=OuterRef("evidence"), number__gt=OuterRef("number")
    )
    here = EvidenceRevision.objects.filter(
        evidence__renaksi=renaksi, evidence__is_archived=False
    ).values("sha256")
    rows = EvidenceRevision.objects.filter(~Exists(newer), evidence__in=elsewhere)
    once = rows.exclude(sha256__in=here).order_by().values("sha256").annotate(first=Min("pk"))
    found = EvidenceRevision.objects.filter(pk__in=once.values("first"))
    if text:
        found = found.filter(
            Q(original_name__icontains=text)
            | Q(evidence__title__icontains=text)
            | Q(evidence__document_number__icontains=text)
        )
    return found.select_related("evidence__renaksi__recommendation__evaluation").order_by(
        "-uploaded_at", "-pk"
    )


def same_elsewhere(user, evidence) -> list[Evidence]:
    """Returns evidence of other items with the same latest file, if `user` may see it."""
    hashes = [revision.sha256 for revision in evidence.revisions.all()[:1]]
    others = Evidence.objects.visible_to(user).exclude(renaksi=evidence.renaksi_id)
    others = others.filter(is_archived=False, revisions__sha256__in=hashes).distinct()
    return list(others.select_related("renaksi__recommendation__evaluation__unit"))


@transaction.atomic
def edit_evidence(*, evidence, actor, at, seen="", **fields) -> Evidence:
    """Changes the description of the evidence, never its file.

    Raises StaleEdit when the description no longer has the digest `seen` and would change.
    """
    evidence = _locked(evidence, actor)
    require_current(evidence)
    if seen not in ("", digest_of(evidence)) and _differs(evidence, fields):
        raise StaleEdit("keterangan bukti", evidence)
    title = evidence.title
    if changes := write(evidence, **fields):
        if twin := _twin_of(evidence):
            message = f"Bukti “{twin.title}” dengan isi yang sama sudah dilampirkan."
            raise ValidationError({"title": message})  # what was written goes with the transaction
        _perform(evidence, "edit_evidence", actor, at, about(evidence, changes, title))
    return evidence


def digest_of(evidence) -> str:
    return digest(getattr(evidence, name) for name in WRITTEN)


def _differs(evidence, fields):
    return any(str(getattr(evidence, name) or "") != str(fields[name] or "") for name in fields)


@transaction.atomic
def revise_evidence(*, evidence, actor, at, upload) -> EvidenceRevision:
    """Adds a new revision of the file; the earlier ones stay readable."""
    evidence = _locked(evidence, actor)
    require_revisable(evidence)
    latest = evidence.revisions.first()
    if latest and same_file(latest, upload):
        raise ValidationError({"file": "Berkas ini sama persis dengan revisi terakhir."})
    _refuse_twin(evidence.renaksi, upload, besides=evidence)
    changes = _add_revision(evidence, upload, actor, at, latest)
    _perform(evidence, "revise_evidence", actor, at, changes)
    return evidence.revisions.first()


@transaction.atomic
def archive_evidence(*, evidence, actor, at) -> Evidence:
    return _set_archived(evidence, actor, at, archived=True)


@transaction.atomic
def restore_evidence(*, evidence, actor, at) -> Evidence:
    """Raises WrongState when the renaksi has got the same evidence again since it was archived."""
    return _set_archived(evidence, actor, at, archived=False)


def _set_archived(evidence, actor, at, *, archived):
    evidence = _locked(evidence, actor)
    if evidence.is_archived == archived:
        raise WrongState(
            f"Bukti “{evidence.title}” sudah {'diarsipkan' if archived else 'dipulihkan'}."
        )
    if not archived and (twin := _twin_of(evidence)):
        raise WrongState(
            f"Bukti “{evidence.title}” tidak dipulihkan karena isinya sama dengan “{twin.title}” yang "
            "sudah terlampir. Arsipkan dahulu yang itu bila yang ini yang dipakai."
        )
    evidence.is_archived = archived
    evidence.save(update_fields=["is_archived"])
    change = (f"archived:{evidence.title}", code_of(not archived), code_of(archived))
    _perform(evidence, "archive_evidence" if archived else "restore_evidence", actor, at, [change])
    return evidence


def _locked(evidence, actor):
    """Locks the renaksi, checks that `actor` may edit it, and returns the current evidence."""
    renaksi = lock(evidence.renaksi)
    require_transition("edit", actor, renaksi)
    evidence = still_there(Evidence.objects, evidence)
    evidence.renaksi = renaksi
    return evidence


def require_current(evidence):
    if evidence.is_archived:
        raise WrongState(f"Bukti “{evidence.title}” sudah diarsipkan. Pulihkan dahulu.")


def require_revisable(evidence):
    require_current(evidence)
    if evidence.kind != Evidence.Kind.FILE:
        raise WrongState("Hanya bukti berupa berkas yang mempunyai revisi.")


def _perform(evidence, entry, actor, at, changes, batch=None):
    """The caller must have locked `evidence.renaksi`."""
    perform_held(
        action="edit",
        entry=entry,
        renaksi=evidence.renaksi,
        actor=actor,
        at=at,
        changes=changes,
        batch=batch,
    )


def _with_file(renaksi, file):
    """Evidence of the renaksi with this CheckedFile or revision, as it is stored or was received."""
    same = Q(revisions__sha256=file.sha256)
    if file.original_sha256:
        same |= Q(revisions__original_sha256=file.original_sha256)
    return renaksi.evidence.filter(same, is_archived=False).distinct()


def _twin_of(evidence) -> Evidence | None:
    """Finds other evidence of the renaksi with the same latest file or, without a file, the same texts."""
    if latest := evidence.revisions.first():
        rows = _with_file(evidence.renaksi, latest)
    elif evidence.kind == Evidence.Kind.FILE:
        return None
    else:
        said = {name: getattr(evidence, name) for name in ("title", "url", *DESCRIPTION)}
        rows = evidence.renaksi.evidence.filter(is_archived=False, kind=evidence.kind, **said)
    return rows.exclude(pk=evidence.pk).first()


def _refuse_twin(renaksi, upload, besides=None):
    twin = _with_file(renaksi, upload).exclude(pk=besides and besides.pk).first()
    if twin:
        raise ValidationError(
            {"file": f"Berkas “{upload.name}” sudah dilampirkan sebagai “{twin.title}”."}
        )


def _refuse_same(renaksi, kind, title, fields):
    """Refuses a link or reference when the renaksi has one with the same text in every field."""
    same = {"title": title, **fields}
    if renaksi.evidence.filter(is_archived=False, kind=kind, **same).exists():
        raise ValidationError({"title": f"Bukti “{title}” dengan isi yang sama sudah dilampirkan."})


def _add_revision(evidence, upload, actor, at, latest=None):
    revision = EvidenceRevision(
        evidence=evidence,
        number=latest.number + 1 if latest else 1,
        file=_stored_name(upload, actor) or _new_file(upload),
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        original_sha256=upload.original_sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )
    revision.full_clean()
    revision.save()
    code = f"evidence_file:{evidence.title}" if latest else "evidence_file"
    return [(code, latest.original_name if latest else "", upload.name), *upload.changes]


def _stored_name(upload, actor) -> str:
    """Returns the name of a stored file with the same bytes that `actor` may see; empty if none.

    Several revisions may share one file, because files are never overwritten or deleted.
    """
    twins = EvidenceRevision.objects.filter(
        sha256=upload.sha256, size=upload.size, evidence__in=Evidence.objects.visible_to(actor)
    )
    for twin in twins.order_by("pk"):
        if twin.file.storage.exists(twin.file.name):
            return twin.file.name
    return ""


def _new_file(upload):
    if upload.file is None:
        raise ValidationError(
            {"file": f"Berkas “{upload.name}” tidak ada lagi di tempat penyimpanan."}
        )
    return File(upload.file, name=f"bukti.{upload.extension}")
