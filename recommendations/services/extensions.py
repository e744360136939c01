"""A unit asks for a later due date; the coordinator decides. Requests are never deleted (docs/design.md §2.4)."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from recommendations.models import ExtensionRequest
from recommendations.permissions import renaksi_policy
from recommendations.selectors.renaksi_reach import UnitReach
from recommendations.services import notifications
from recommendations.transitions import CLOSED, WORKABLE
from recommendations.workflow import lock
from sakip.dates import format_date
from sakip.editing import StaleEdit, digest
from sakip.errors import WrongState, require
from sakip.history.words import code_of
from sakip.history.write import record
from sakip.text import trimmed

Decision = ExtensionRequest.Decision
OLDEST_FIRST = ("requested_at", "pk")
OWN_REQUEST = (
    "Anda sendiri yang meminta perpanjangan ini, jadi koordinator lain yang harus memutuskannya."
)


def require_requestable(renaksi, actor):
    """Raises PermissionDenied; or WrongState when nothing can be extended or a request is undecided."""
    require(renaksi_policy.check(actor, "request_extension", renaksi))
    if renaksi.due_date is None:
        raise WrongState("Rencana aksi ini tidak mempunyai batas waktu yang perlu diperpanjang.")
    if renaksi.extensions.filter(decision=Decision.PENDING).exists():
        raise WrongState("Masih ada permintaan perpanjangan yang menunggu keputusan.")


@transaction.atomic
def request_extension(*, renaksi, actor, at, new_date: date, reason: str) -> ExtensionRequest:
    renaksi = lock(renaksi)
    require_requestable(renaksi, actor)
    _check_date(renaksi, new_date, timezone.localtime(at).date())
    extension = ExtensionRequest(
        renaksi=renaksi,
        old_date=renaksi.due_date,
        new_date=new_date,
        reason=reason.strip(),
        requested_by=actor,
        requested_at=at,
    )
    extension.full_clean()
    extension.save()
    record(
        actor=actor,
        at=at,
        action="request_extension",
        target=renaksi,
        changes=[("asked_date", code_of(renaksi.due_date), code_of(new_date))],
        note=extension.reason,
    )
    notifications.after("request_extension", renaksi, actor, at, note=extension.reason)
    return extension


def _check_date(renaksi, new_date, today):
    if new_date <= renaksi.due_date:
        message = f"Tulis tanggal sesudah batas waktu sekarang, {format_date(renaksi.due_date)}."
        raise ValidationError({"new_date": message})
    if new_date < today:
        raise ValidationError({"new_date": "Tanggal ini sudah lewat. Tulis tanggal lain."})


def pending(actor, reached: UnitReach | None = None):
    """Returns the undecided requests that `actor` may decide, oldest first.

    `reached`: what a page has found out already about the units that the actor reaches.
    """
    rows = ExtensionRequest.objects.filter(decision=Decision.PENDING).exclude(requested_by=actor.pk)
    if not renaksi_policy.allows_all(actor, "decide_extension"):
        if not renaksi_policy.check(actor, "decide_extension"):
            return rows.none()
        rows = rows.filter((reached or UnitReach.of(actor.reach)).rows())
    return rows.order_by(*OLDEST_FIRST)


def require_decidable(extension, actor):
    require(renaksi_policy.check(actor, "decide_extension", extension.renaksi))
    if extension.requested_by_id == actor.pk:
        raise PermissionDenied(OWN_REQUEST)
    if extension.decision != Decision.PENDING:
        raise WrongState(
            f"Permintaan ini sudah diputuskan: {extension.get_decision_display().lower()}."
        )


def obstacle(extension) -> str:
    """Says why the request can only be refused; empty when it can be granted."""
    renaksi = extension.renaksi
    if renaksi.status in CLOSED:
        return f"Rencana aksi ini sudah ditutup dengan status “{renaksi.get_status_display()}”."
    if renaksi.status not in WORKABLE:
        return f"Rencana aksi ini sudah dikirim dan berstatus “{renaksi.get_status_display()}”."
    if renaksi.due_date is None or renaksi.due_date >= extension.new_date:
        return f"Batas waktu sudah diubah menjadi {format_date(renaksi.due_date)}."
    return ""


def digest_of(extension) -> str:
    """Returns a digest of the dates that the coordinator decides about."""
    return digest([extension.renaksi.due_date, extension.new_date])


@transaction.atomic
def decide_extension(
    *, extension, actor, at, granted: bool, note: str = "", seen: str = ""
) -> ExtensionRequest:
    """A granted request changes the due date; a refusal needs a note. The request stores the old date.

    Raises StaleEdit when the dates no longer have the digest `seen`.
    """
    extension.renaksi = lock(extension.renaksi)
    extension.refresh_from_db(fields=["decision"])
    require_decidable(extension, actor)
    if seen not in ("", digest_of(extension)):
        raise StaleEdit("batas waktu", extension)
    if granted and (reason := obstacle(extension)):
        raise WrongState(reason)
    if not granted and not trimmed(note):
        raise ValidationError({"note": "Tulis catatan mengapa permintaan ditolak."})
    extension.decision = Decision.GRANTED if granted else Decision.REFUSED
    extension.decided_by, extension.decided_at, extension.note = actor, at, note.strip()
    extension.full_clean()
    extension.save(update_fields=["decision", "decided_by", "decided_at", "note"])
    changes = _move_due_date(extension) if granted else []
    action = "grant_extension" if granted else "refuse_extension"
    record(
        actor=actor,
        at=at,
        action=action,
        target=extension.renaksi,
        changes=changes,
        note=extension.note,
    )
    notifications.after(action, extension.renaksi, actor, at, note=extension.note)
    return extension


def _move_due_date(extension):
    renaksi = extension.renaksi
    before, renaksi.due_date = renaksi.due_date, extension.new_date
    renaksi.save(update_fields=["due_date"])
    return [("due_date", code_of(before), code_of(renaksi.due_date))]
