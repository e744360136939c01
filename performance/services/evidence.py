"""Proof of a realisation: attached and archived by whoever may enter the figure, until its year is locked."""

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import FigureEvidence, Realisation
from performance.permissions import indicator_policy
from performance.selectors.locked_years import require_unlocked
from sakip.errors import require, still_there
from sakip.history.write import record


@transaction.atomic
def attach(*, realisation, upload, actor, at) -> FigureEvidence:
    """`upload` is a sakip.uploads.check.CheckedFile. ValidationError when the same file is there already."""
    _require_open(realisation, actor)
    _lock(realisation)
    if realisation.evidence.filter(sha256=upload.sha256, is_archived=False).exists():
        raise ValidationError({"file": f"Berkas “{upload.name}” sudah dilampirkan pada tahun ini."})
    evidence = FigureEvidence(
        realisation=realisation,
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )
    evidence.file.save(upload.name, upload.file)
    _record("add_evidence", evidence, actor, at, "", upload.name)
    return evidence


@transaction.atomic
def archive(*, evidence, actor, at) -> None:
    """Takes it out of the list; the file is kept."""
    _require_open(evidence.realisation, actor)
    if not evidence.is_archived:
        evidence.is_archived = True
        evidence.save(update_fields=["is_archived"])
        _record("archive_evidence", evidence, actor, at, evidence.original_name, "")


def _require_open(realisation, actor):
    indicator = realisation.indicator
    require(indicator_policy.check(actor, "realise", indicator))
    require_unlocked(indicator, realisation.year)


def _lock(realisation):
    """Of two who attach the same file at once, the second finds the first one's."""
    still_there(Realisation.objects.select_for_update(), realisation)


def _record(action, evidence, actor, at, before, after):
    changes = [(f"figure_evidence:{evidence.realisation.year}", before, after)]
    target = evidence.realisation.indicator
    record(actor=actor, at=at, action=action, target=target, changes=changes)
