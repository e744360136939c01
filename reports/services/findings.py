"""Dismisses consistency findings with a reason, or makes one count again."""

import uuid

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reports.permissions import may_dismiss
from reports.selectors.finding_page import digest_of
from sakip.consistency.finding import DismissedFinding, Finding
from sakip.editing import StaleEdit
from sakip.errors import require
from sakip.history.write import record, record_many
from sakip.text import trimmed

CHANGED = "Temuan ini, atau alasan untuk mengabaikannya, berubah sejak halaman ini dibuka."
FIELDS = ["message", "data", "reason", "dismissed_by", "dismissed_at"]


def dismiss_finding(*, finding: Finding, actor, at, reason, seen="") -> DismissedFinding:
    """Dismisses one finding; see `dismiss_findings`."""
    [row] = dismiss_findings(
        findings=[finding], actor=actor, at=at, reason=reason, seen={finding.key: seen}
    )
    return row


@transaction.atomic
def dismiss_findings(*, findings: list[Finding], actor, at, reason, seen=None):
    """Dismisses findings with one reason. One dismissed with other figures is dismissed again.

    Raises ValidationError. Raises StaleEdit when a finding or its dismissal differ from what `seen`
    identifies for its key; then nothing is dismissed. The queries do not grow with the findings.
    """
    for finding in findings:
        require(may_dismiss(actor, finding.record))
    reason = trimmed(reason)
    if not reason:
        raise ValidationError({"reason": "Tulis mengapa temuan ini boleh diabaikan."})
    said = _held(findings)
    for finding in findings:
        _require_seen(finding, said.get(finding.key), (seen or {}).get(finding.key, ""))
    rows = [_row(finding, actor, at, reason) for finding in findings]
    for row in rows:
        row.pk = said[row.key].pk if row.key in said else None
    DismissedFinding.objects.bulk_update([row for row in rows if row.pk], FIELDS)
    _add([row for row in rows if not row.pk], findings)
    entries = [
        ("dismiss_finding", finding.record, [("finding", "", finding.message)])
        for finding in findings
    ]
    record_many(actor=actor, at=at, batch=uuid.uuid4(), entries=entries, note=reason)
    return rows


@transaction.atomic
def heed_finding(*, finding: Finding, actor, at, seen="") -> None:
    """Makes the finding count again. Does nothing when another person has already done so.

    Raises StaleEdit when the reason differs from what `seen` identifies.
    """
    require(may_dismiss(actor, finding.record))
    said = _held([finding]).get(finding.key)
    if said is None:
        return
    _require_seen(finding, said, seen)
    said.delete()
    changes = [("finding", "", finding.message)]
    record(actor=actor, at=at, action="heed_finding", target=finding.record, changes=changes)


def said_of(finding) -> DismissedFinding | None:
    """Returns the dismissal of the finding, made with the same or with other figures."""
    rows = DismissedFinding.objects.filter(key=finding.key)
    return rows.select_related("dismissed_by").first()


def _held(findings) -> dict[str, DismissedFinding]:
    rows = DismissedFinding.objects.select_for_update(of=("self",)).order_by("pk")
    rows = rows.filter(key__in=[finding.key for finding in findings])
    return {row.key: row for row in rows.select_related("dismissed_by")}


def _row(finding, actor, at, reason):
    return DismissedFinding(
        key=finding.key,
        message=finding.message,
        data=finding.data,
        reason=reason,
        dismissed_by=actor,
        dismissed_at=at,
    )


def _add(rows, findings):
    try:
        with transaction.atomic():
            DismissedFinding.objects.bulk_create(rows)
    except IntegrityError as error:  # another person dismissed one at the same moment
        said = _held(findings)
        theirs = next((said[row.key] for row in rows if row.key in said), None)
        raise StaleEdit("temuan", theirs, reason=CHANGED) from error


def _require_seen(finding, said, seen):
    if seen not in ("", digest_of(finding, said)):
        raise StaleEdit("temuan", said, reason=CHANGED)
