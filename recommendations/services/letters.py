"""Attaches the letter of an LHE as a file; a replaced one is kept."""

from django.core.exceptions import ValidationError
from django.db import transaction

from recommendations.models import Evaluation, EvaluationLetter
from recommendations.permissions import evaluation_policy
from sakip.errors import require, still_there
from sakip.history.write import record
from sakip.uploads.check import same_file


@transaction.atomic
def attach_letter(*, evaluation, upload, actor, at) -> EvaluationLetter:
    """`upload` is a CheckedFile. Raises ValidationError when it is the current file once more."""
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("unit")
    evaluation = still_there(rows, evaluation)
    require(evaluation_policy.check(actor, "edit", evaluation))
    current = evaluation.letters.first()
    if current and same_file(current, upload):
        raise ValidationError({"file": f"Berkas “{upload.name}” sudah menjadi surat LHE ini."})
    letter = EvaluationLetter(
        evaluation=evaluation,
        number=current.number + 1 if current else 1,
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        original_sha256=upload.original_sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )
    letter.file.save(upload.name, upload.file)
    change = ("letter_file", current.original_name if current else "", upload.name)
    changes = [change, *upload.changes]
    record(actor=actor, at=at, action="attach_letter", target=evaluation, changes=changes)
    return letter
