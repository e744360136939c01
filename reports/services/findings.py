"""Dismisses what a consistency check found, with a reason, and heeds it again."""

from django.core.exceptions import ValidationError
from django.db import transaction

from reports.permissions import may_dismiss
from sakip.consistency import DismissedFinding, Finding
from sakip.errors import require
from sakip.history import record


@transaction.atomic
def dismiss_finding(*, finding: Finding, actor, at, reason) -> DismissedFinding:
    """A finding dismissed before with other figures is dismissed anew. Raises ValidationError."""
    require(may_dismiss(actor, finding.record))
    if not reason.strip():
        raise ValidationError({"reason": "Tulis mengapa temuan ini boleh diabaikan."})
    fields = {
        "message": finding.message,
        "reason": reason.strip(),
        "dismissed_by": actor,
        "dismissed_at": at,
    }
    row, _ = DismissedFinding.objects.update_or_create(key=finding.key, defaults=fields)
    _record(actor, at, "dismiss_finding", finding, note=row.reason)
    return row


@transaction.atomic
def heed_finding(*, finding: Finding, actor, at) -> None:
    """Nothing when somebody heeded it meanwhile."""
    require(may_dismiss(actor, finding.record))
    gone, _ = DismissedFinding.objects.filter(key=finding.key).delete()
    if gone:
        _record(actor, at, "heed_finding", finding)


def _record(actor, at, action, finding, note=""):
    changes = [("Temuan", "-", finding.message)]
    record(actor=actor, at=at, action=action, target=finding.record, changes=changes, note=note)
