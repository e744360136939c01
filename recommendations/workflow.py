"""What leads where: the table of transitions and `perform`, the only code that writes a status (docs/design.md §2.4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from recommendations.models import Renaksi, ReviewDecision
from recommendations.permissions import renaksi_policy
from recommendations.selectors import search
from recommendations.services import notifications
from sakip.editing import require_version
from sakip.errors import require, still_there
from sakip.history.entries import HistoryEntry
from sakip.history.words import REASON, STATUS
from sakip.history.write import record
from sakip.richtext import plain_text

Status = Renaksi.Status

# History actions that make a person an author of the item, who may then not verify it.
AUTHORING = frozenset(
    {
        "edit",
        "submit",
        "add_evidence",
        "edit_evidence",
        "revise_evidence",
        "archive_evidence",
        "restore_evidence",
        "report_quarter",
        "tick_step",
        "untick_step",
        "import_edit",
        "import_new_edit",
    }
)
# Edits that leave the unit's text and steps alone: whoever has these open loses nothing by them.
BESIDE_THE_TEXT = frozenset(
    {
        "add_evidence",
        "edit_evidence",
        "revise_evidence",
        "archive_evidence",
        "restore_evidence",
        "report_quarter",
    }
)
# Until there was `import_new_edit`, one action told of every new row; the fields it filled tell the rest.
EARLY_IMPORT = "import_new"
WORK_FIELDS = ("follow_up", "not_actionable_reason")
# The two transitions that are a judgement and leave a ReviewDecision beside the history row.
OUTCOMES = {
    "accept": ReviewDecision.Outcome.ACCEPTED,
    "return": ReviewDecision.Outcome.RETURNED,
}


def missing(renaksi) -> list[str]:
    """What the unit still has to do before it can submit, as sentences.

    At most two queries; none when `for_table()` loaded the renaksi.
    """
    if renaksi.not_actionable_reason.strip():
        return []
    sentences = []
    if not plain_text(renaksi.follow_up) and not renaksi.steps.exists():
        sentences.append("Tulis uraian tindak lanjut atau langkah-langkahnya.")
    has_evidence = getattr(renaksi, "has_evidence", None)
    if has_evidence is None:
        has_evidence = renaksi.evidence.filter(is_archived=False).exists()
    if not has_evidence:
        sentences.append("Lampirkan paling sedikit satu bukti dukung.")
    return sentences


def has_authored(user, renaksi) -> bool:
    """Did `user` ever write, attach or submit in this item? One query."""
    entries = _writings(HistoryEntry.objects.about(renaksi), user)
    return renaksi.submitted_by_id == user.pk or entries.exists()


def without_own_work(rows, user):
    """The rows of a renaksi queryset of which `has_authored` says no."""
    authored = _writings(HistoryEntry.objects.on(Renaksi, OuterRef("pk")), user)
    return rows.exclude(submitted_by=user.pk).filter(~Exists(authored))


def _writings(entries, user):
    """Those of `entries` by which `user` became an author."""
    filled = Q()
    for name in WORK_FIELDS:
        filled |= Q(
            told__contains=f'["{name}", '
        )  # each change is a list that begins with its code
    early = Q(action=EARLY_IMPORT) & filled
    told = entries.filter(actor=user.pk).annotate(told=Cast("changes", TextField()))
    return told.filter(Q(action__in=AUTHORING) | early)


def _own_work(user, renaksi) -> str:
    if not has_authored(user, renaksi):
        return ""
    return "Anda pernah menulis atau mengirim tindak lanjut ini, jadi evaluator lain yang harus mereviunya."


@dataclass(frozen=True)
class Transition:
    """`target` None follows the unit's claim. `forbids` gives the reason why this person may not,
    `missing` what the record lacks."""

    action: str
    label: str
    target: str | None
    tone: str = "secondary"
    needs_note: bool = False
    needs_reason: bool = False
    forbids: Callable | None = None
    missing: Callable | None = None

    def target_of(self, renaksi) -> str:
        if self.target is not None:
            return self.target
        return Status.NOT_ACTIONABLE if renaksi.not_actionable_reason.strip() else Status.DONE


TRANSITIONS = {
    row.action: row
    for row in (
        Transition("edit", "Tulis tindak lanjut", Status.IN_PROGRESS, "primary"),
        Transition("submit", "Kirim untuk direviu", Status.SUBMITTED, "primary", missing=missing),
        Transition("withdraw", "Tarik kembali", Status.IN_PROGRESS),
        Transition("accept", "Terima", None, "success", forbids=_own_work),
        Transition(
            "return",
            "Kembalikan",
            Status.RETURNED,
            "warning",
            needs_note=True,
            needs_reason=True,
            forbids=_own_work,
        ),
        Transition("reopen", "Buka kembali", Status.RETURNED, "warning", needs_note=True),
    )
}


def available(user, renaksi) -> list[Transition]:
    """The transitions `user` may do now. Costs a query only for a reviewer of a submitted item."""
    return [
        row
        for row in TRANSITIONS.values()
        if renaksi_policy.check(user, row.action, renaksi)
        and not (row.forbids and row.forbids(user, renaksi))
    ]


def require_transition(action: str, user, renaksi) -> Transition:
    """The transition if `user` may do it now; raises PermissionDenied or WrongState."""
    row = TRANSITIONS[action]
    require(renaksi_policy.check(user, action, renaksi))
    if row.forbids and (reason := row.forbids(user, renaksi)):
        raise PermissionDenied(reason)
    return row


def lock(renaksi) -> Renaksi:
    """A fresh copy, held until the transaction ends, with what the policy reads; Gone when deleted.

    Whoever hangs something onto a renaksi takes this lock, so that it cannot be deleted meanwhile.
    """
    return still_there(Renaksi.objects.for_check().select_for_update(of=("self",)), renaksi)


@transaction.atomic
def perform(
    *,
    action: str,
    renaksi,
    actor,
    at: datetime,
    version: int | None = None,
    note: str = "",
    reason: str = "",
    changes=(),
    entry: str = "",
    batch=None,
) -> Renaksi:
    """Does one transition, raises the version and writes one history row; returns the fresh record.

    `version` is the one that the person decides on, None when nobody read it: StaleEdit when text,
    evidence or status have changed since. `changes` are rows of the content written in the same transaction; `entry` names the history
    action where it says more than the transition (for an edit one of AUTHORING), `batch` joins it
    with others. ValidationError for what the person can supply, PermissionDenied, or WrongState.
    """
    _require_author(action, entry)
    renaksi = lock(renaksi)
    row = require_transition(action, actor, renaksi)
    require_version(renaksi, version, "tindak lanjut")
    _require_words(row, renaksi, note, reason)
    before, renaksi.status = renaksi.status, row.target_of(renaksi)
    _stamp(renaksi, action, actor, at)
    _raise_version(renaksi, action, entry)
    renaksi.save(update_fields=["status", "submitted_at", "submitted_by", "closed_at", "version"])
    record(
        actor=actor,
        at=at,
        action=entry or action,
        target=renaksi,
        changes=[*_status_change(before, renaksi), *_reason_change(row, reason), *changes],
        note=note.strip(),
        batch=batch,
    )
    _consequences(renaksi, row, actor, at, reason, note)
    return renaksi


def mark_edited(renaksi):
    """The status that an edit leaves, for the import, which saves and records many at once."""
    renaksi.status = TRANSITIONS["edit"].target_of(renaksi)


def _consequences(renaksi, row, actor, at, reason, note):
    """What else an action leaves: the judgement as a record, words to search, people told."""
    if row.action in OUTCOMES:
        _decide(renaksi, row, actor, at, reason, note)
    if row.action == "edit":
        search.refresh([renaksi.pk])
    words = [ReviewDecision.Reason(reason).label] if row.needs_reason else []
    notifications.after(row.action, renaksi, actor, at, note=". ".join([*words, note]))


def _require_author(action, entry):
    if action == "edit" and (entry or action) not in AUTHORING:
        raise LookupError(f"Who writes “{entry}” would be no author.")


def _require_words(row, renaksi, note, reason):
    """What the person still has to supply, with the decision or in the item."""
    errors = {}
    if row.needs_reason and reason not in ReviewDecision.Reason.values:
        errors["reason"] = "Pilih alasannya."
    if row.needs_note and not note.strip():
        errors["note"] = "Tulis catatan supaya unit tahu apa yang harus diperbaiki."
    if errors:
        raise ValidationError(errors)
    if row.missing and (sentences := row.missing(renaksi)):
        raise ValidationError(sentences)


def _stamp(renaksi, action, actor, at):
    if action == "submit":
        renaksi.submitted_at, renaksi.submitted_by = at, actor
    elif action == "withdraw":
        renaksi.submitted_at = renaksi.submitted_by = None
    elif action == "accept":
        renaksi.closed_at = at
    elif action == "reopen":
        renaksi.closed_at = None


def _raise_version(renaksi, action, entry):
    """Drafts of the text as it still stands move along."""
    renaksi.version += 1
    if action != "edit" or entry in BESIDE_THE_TEXT:
        drafts = renaksi.drafts.filter(base_version=renaksi.version - 1)
        drafts.update(base_version=renaksi.version)


def _status_change(before, renaksi):
    return [(STATUS, before, renaksi.status)] if before != renaksi.status else []


def _reason_change(row, reason):
    return [(REASON, "", reason)] if row.needs_reason else []


def _decide(renaksi, row, actor, at, reason, note):
    ReviewDecision.objects.create(
        renaksi=renaksi,
        evaluator=actor,
        decided_at=at,
        outcome=OUTCOMES[row.action],
        reason=reason if row.needs_reason else "",
        note=note.strip(),
    )
