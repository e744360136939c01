"""Dismisses a consistency finding with a reason, or makes it count again."""

from django.core.exceptions import ValidationError
from django.db import transaction

from reports.permissions import may_dismiss
from sakip.consistency.finding import DismissedFinding, Finding
from sakip.editing import StaleEdit, digest
from sakip.errors import require
from sakip.history.write import record

CHANGED = "Temuan ini, atau alasan untuk mengabaikannya, berubah sejak halaman ini dibuka."


@transaction.atomic
def dismiss_finding(*, finding: Finding, actor, at, reason, seen="") -> DismissedFinding:
    """Dismisses a finding. A finding that was dismissed with other figures is dismissed again.

    Raises ValidationError. Raises StaleEdit when finding or dismissal differ from what `seen`
    identifies.
    """
    require(may_dismiss(actor, finding.record))
    if not reason.strip():
        raise ValidationError({"reason": "Tulis mengapa temuan ini boleh diabaikan."})
    said = _held(finding)
    _require_seen(finding, said, seen)
    fields = {
        "message": finding.message,
        "reason": reason.strip(),
        "dismissed_by": actor,
        "dismissed_at": at,
    }
    row, is_new = DismissedFinding.objects.get_or_create(key=finding.key, defaults=fields)
    if said is None and not is_new:  # another person dismissed it at the same moment
        raise StaleEdit("temuan", row, reason=CHANGED)
    if said:
        DismissedFinding.objects.filter(pk=said.pk).update(**fields)
        row.refresh_from_db()
    _record(actor, at, "dismiss_finding", finding, note=row.reason)
    return row


@transaction.atomic
def heed_finding(*, finding: Finding, actor, at, seen="") -> None:
    """Makes the finding count again. Does nothing when another person has already done so.

    Raises StaleEdit when the reason differs from what `seen` identifies.
    """
    require(may_dismiss(actor, finding.record))
    said = _held(finding)
    if said is None:
        return
    _require_seen(finding, said, seen)
    said.delete()
    _record(actor, at, "heed_finding", finding)


def said_of(finding) -> DismissedFinding | None:
    """Returns the dismissal of the finding, made with the same or with other figures."""
    rows = DismissedFinding.objects.filter(key=finding.key)
    return rows.select_related("dismissed_by").first()


def digest_of(finding: Finding, said: DismissedFinding | None) -> str:
    return digest([finding.message, said and said.message, said and said.reason])


def _held(finding) -> DismissedFinding | None:
    rows = DismissedFinding.objects.select_for_update(of=("self",))
    return rows.select_related("dismissed_by").filter(key=finding.key).first()


def _require_seen(finding, said, seen):
    if seen not in ("", digest_of(finding, said)):
        raise StaleEdit("temuan", said, reason=CHANGED)


def _record(actor, at, action, finding, note=""):
    changes = [("finding", "", finding.message)]
    record(actor=actor, at=at, action=action, target=finding.record, changes=changes, note=note)
