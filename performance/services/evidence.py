"""Attaches and archives evidence of a realisation.

People who may enter the figure may do this, until its year is locked.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import FigureEvidence, Realisation
from performance.permissions import indicator_policy
from performance.selectors.locked_years import require_unlocked
from sakip.errors import require, still_there
from sakip.history.write import record
from sakip.uploads.check import same_file


@transaction.atomic
def attach(*, realisation, upload, actor, at) -> FigureEvidence:
    """Attaches `upload`, a CheckedFile. Raises ValidationError when the same file is already attached."""
    _require_open(realisation, actor)
    _lock(realisation)
    attached = realisation.evidence.filter(is_archived=False)
    if any(same_file(stored_file, upload) for stored_file in attached):
        raise ValidationError({"file": f"Berkas “{upload.name}” sudah dilampirkan pada tahun ini."})
    evidence = FigureEvidence(
        realisation=realisation,
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        original_sha256=upload.original_sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )
    evidence.file.save(upload.name, upload.file)
    _record("add_evidence", evidence, actor, at, "", upload.name, upload.changes)
    return evidence


@transaction.atomic
def archive(*, evidence, actor, at) -> None:
    """Removes the evidence from the list but keeps the file."""
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
    """Locks the realisation: when two people attach the same file at once, the second is refused."""
    still_there(Realisation.objects.select_for_update(), realisation)


def _record(action, evidence, actor, at, before, after, more=()):
    changes = [(f"figure_evidence:{evidence.realisation.year}", before, after), *more]
    target = evidence.realisation.indicator
    record(actor=actor, at=at, action=action, target=target, changes=changes)
