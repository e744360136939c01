"""The same decision on several items of the review queue: each is decided for itself, as on its own page."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.core.exceptions import PermissionDenied

from recommendations.models import Renaksi, ReviewDecision, ReviewPresence
from recommendations.transitions import SUBMITTED
from recommendations.workflow import perform
from sakip.editing import StaleEdit
from sakip.errors import WrongState

ACCEPT = "accept"
CLAIMED = "diklaim tidak dapat ditindaklanjuti, jadi harus diterima pada halamannya sendiri"
UNPROVED = "tanpa bukti dukung, jadi harus diterima pada halamannya sendiri"
CHANGED = "berubah sejak halaman ini dibuka; periksa lagi"


@dataclass
class BulkDecision:
    """The items that were decided, and those that were not, each with the reason as words after its name."""

    done: list[Renaksi] = field(default_factory=list)
    refused: list[tuple[Renaksi, str]] = field(default_factory=list)


def decide_many(*, items, action, actor, at, reason="", note="") -> BulkDecision:
    """`items` are pairs of a renaksi with `has_evidence` and the version that the person saw.

    One item that cannot be decided does not stop the others. The caller has checked that a return
    has a reason and a note.
    """
    outcome = BulkDecision()
    common = {"action": action, "actor": actor, "at": at, "batch": uuid4()}
    common |= {"reason": reason, "note": note}
    for renaksi, version in items:
        problem = must_be_alone(renaksi) if action == ACCEPT else ""
        problem = problem or _refusal(renaksi, version=version, **common)
        if problem:
            outcome.refused.append((renaksi, problem))
        else:
            outcome.done.append(renaksi)
    ReviewPresence.objects.filter(renaksi__in=outcome.done, person=actor).delete()
    return outcome


def must_be_alone(renaksi) -> str:
    """Says why the item is not accepted together with others; empty when it may be."""
    if renaksi.not_actionable_reason.strip():
        return CLAIMED
    return "" if renaksi.has_evidence else UNPROVED


def _refusal(renaksi, *, actor, **arguments) -> str:
    """Decides the item; returns why it was not possible, else an empty text."""
    try:
        perform(renaksi=renaksi, actor=actor, **arguments)
    except StaleEdit:
        return CHANGED
    except WrongState as refusal:
        return _decided(renaksi, actor) or str(refusal)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def _decided(renaksi, actor) -> str:
    """Says who has decided it in the meantime; empty when it was taken back or deleted."""
    if Renaksi.objects.filter(pk=renaksi.pk, status=SUBMITTED).exists():
        return ""
    decision = ReviewDecision.objects.filter(renaksi=renaksi).select_related("evaluator").first()
    if decision is None:
        return ""
    who = "Anda sendiri" if decision.evaluator_id == actor.pk else decision.evaluator
    return f"sudah {decision.get_outcome_display().lower()} oleh {who}"
