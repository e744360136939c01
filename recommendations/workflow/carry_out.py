"""`perform` and `perform_many`: the only code that writes the status of a renaksi."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from recommendations.models import Draft, Evidence, ExtensionRequest, Renaksi, ReviewDecision
from recommendations.selectors import search
from recommendations.services import notifications
from recommendations.transitions import TRANSITIONS, WORKABLE
from recommendations.workflow.authorship import BESIDE_THE_TEXT
from recommendations.workflow.conditions import (
    lock,
    lock_many,
    require_author,
    require_rest,
    require_transition,
)
from sakip.bulk import insert_many, save_columns
from sakip.editing import require_version
from sakip.errors import WrongState
from sakip.history.words import REASON, STATUS, about
from sakip.history.write import record, record_many
from sakip.prepared import Prepared

BATCH = 500  # records in one statement
# What a document says in the name of a unit, and what takes it back.
PRINTED = ("submit", "withdraw")
# The two transitions that are a judgement and leave a ReviewDecision beside the history row.
OUTCOMES = {
    "accept": ReviewDecision.Outcome.ACCEPTED,
    "return": ReviewDecision.Outcome.RETURNED,
}


@transaction.atomic
def perform(*, renaksi, **arguments) -> Renaksi:
    """Does one transition and writes one history row; returns the fresh record.

    The arguments are those of `perform_held`.
    """
    return perform_held(renaksi=lock(renaksi), **arguments)


def perform_held(
    *,
    action: str,
    renaksi,
    actor,
    at: datetime,
    version: int | None = None,
    note: str = "",
    reason: str = "",
    changes=(),
    unsaved=(),
    entry: str = "",
    batch=None,
) -> Renaksi:
    """`perform` for a renaksi from `lock()`, in the transaction that holds it; what this raises must end it.

    `version` is the one that the page showed, None skips the check. `entry` is the history action if it is
    not `action` (for an edit one of AUTHORING), `changes` are more rows of it. `unsaved` are columns that
    the caller has set and checked; they are saved with the status. Raises StaleEdit, PermissionDenied,
    WrongState; ValidationError when a part is missing.
    """
    require_author(action, entry)
    row = require_transition(action, actor, renaksi)
    require_version(renaksi, version, "tindak lanjut")
    beside = _beside(renaksi, action, entry)
    require_rest(row, renaksi, actor, at, note, reason)
    before, renaksi.status = renaksi.status, row.target_of(renaksi)
    _save_status(renaksi, action, actor, at, unsaved)
    changes = [*_status_change(before, renaksi), *_reason_change(row, reason), *changes]
    record(
        actor=actor,
        at=at,
        action=entry or action,
        target=renaksi,
        changes=changes + _follow(beside, renaksi, action, at),
        batch=batch,
        note=note.strip(),
    )
    _consequences(renaksi, row, actor, at, reason, note)
    return renaksi


@dataclass(frozen=True)
class Work:
    """One renaksi of `perform_many`: the action and the rows of its history entry.

    `back_to` is the status that an undo restores; empty for the one to which the transition leads.
    `is_new`: made in this transaction, and saved with what `begin` gave it; its relations are loaded.
    """

    renaksi: Renaksi
    entry: str = ""
    changes: tuple = ()
    back_to: str = ""
    is_new: bool = False


def begin(action: str, renaksi: Renaksi):
    """Gives a renaksi that is not saved yet the status and version to which `action` leads, so that it is
    written once. `perform_many` must follow in the same transaction; it judges and records."""
    renaksi.status = TRANSITIONS[action].target_of(renaksi)
    renaksi.version += 1


@transaction.atomic
def perform_many(
    *,
    action: str,
    works: Iterable[Work],
    actor,
    at: datetime,
    batch=None,
    note: str = "",
    is_printed: bool = False,
) -> list[tuple[Renaksi, dict]]:
    """`perform` for an import, its undo, or the source document: a few queries for each 500 renaksi.

    The action is “edit” or, with `is_printed`, one of PRINTED: a document says so and no person does
    it, so rights are not checked, evidence is not asked for, and no time of sending is written. Other
    transitions are decided one by one. No version is compared, nobody is told, and the caller
    refreshes the search.

    Returns for each of `works`, in their order, its renaksi with the new status and version, and the
    values that these two had before. PermissionDenied, WrongState or Gone when one is refused.
    """
    if action not in (PRINTED if is_printed else ("edit",)):
        raise LookupError(f"“{action}” is not done to many at once.")
    works, batch = list(works), batch or uuid.uuid4()
    return [
        moved
        for start in range(0, len(works), BATCH)
        for moved in _perform_some(
            action, works[start : start + BATCH], actor, at, batch, note, is_printed
        )
    ]


def _perform_some(action, works, actor, at, batch, note, is_printed):
    held = lock_many([work.renaksi.pk for work in works if not work.is_new])
    reached, still_stand, entries, moved = defaultdict(list), [], [], []
    ended = _end_requests(action, list(held), at)
    for work in works:
        given = work.renaksi
        renaksi = _unbegun(given) if work.is_new else held[given.pk]
        target = _target_in_bulk(action, work, renaksi, actor, is_printed)
        before = {"status": renaksi.status, "version": renaksi.version}
        renaksi.status, renaksi.version = target, renaksi.version + 1
        given.status, given.version = renaksi.status, renaksi.version
        if not work.is_new:
            reached[target].append(renaksi.pk)
            if _leaves_the_text(action, work.entry):
                still_stand.append(renaksi.pk)
        changes = [*work.changes, *_status_change(before["status"], renaksi)]
        changes += ended.get(renaksi.pk, [])
        entries.append((work.entry or action, renaksi, changes))
        moved.append((given, before))
    for status, ids in reached.items():
        Renaksi.objects.filter(pk__in=ids).update(status=status, version=F("version") + 1)
    _take_drafts_along(still_stand)
    record_many(actor=actor, at=at, batch=batch, note=note, entries=entries)
    return moved


def _unbegun(renaksi):
    """The same renaksi as it was before `begin`."""
    for name in ("status", "version"):
        setattr(renaksi, name, Renaksi._meta.get_field(name).get_default())
    return renaksi


def _target_in_bulk(action, work, renaksi, actor, is_printed) -> str:
    """The status to which this one goes, if it may."""
    row = TRANSITIONS[action]
    if is_printed:
        if renaksi.status not in row.sources:
            raise WrongState(f"{renaksi.full_name} berstatus “{renaksi.get_status_display()}”.")
    else:
        require_transition(action, actor, renaksi)
    if work.back_to:
        if work.back_to not in WORKABLE:
            raise WrongState(f"Status {renaksi.full_name} sebelumnya tidak dapat dikembalikan.")
        return work.back_to
    require_author(action, work.entry)
    return row.target_of(renaksi)


def _consequences(renaksi, row, actor, at, reason, note):
    """Writes the other effects of an action: the review decision, the search words and the notices."""
    if row.action in OUTCOMES:
        _decide(renaksi, row, actor, at, reason, note)
    if row.revokes:
        _take_decision_back(renaksi)
    if row.action == "edit":
        search.refresh_loaded(renaksi)
    words = [ReviewDecision.Reason(reason).label] if row.needs_reason else []
    notifications.after(row.action, renaksi, actor, at, note=". ".join([*words, note]))


def _save_status(renaksi, action, actor, at, unsaved):
    """Saves the new status with the version, the times that belong to it and the `unsaved` columns."""
    renaksi.version += 1
    times = _times(action, actor, at)
    for name, value in times.items():
        setattr(renaksi, name, value)
    save_columns(renaksi, [*unsaved, "status", "version", *times])


def _times(action, actor, at) -> dict:
    if action == "submit":
        return {"submitted_at": at, "submitted_by": actor}
    if action == "withdraw":
        return {"submitted_at": None, "submitted_by": None}
    if action == "accept":
        return {"closed_at": at}
    return {"closed_at": None} if action in ("reopen", "revoke") else {}


def _beside(renaksi, action, entry) -> tuple[bool, bool]:
    """Whether there are drafts and pending requests that the action may concern. One query, which also finds
    the evidence that `missing` asks for; none when the action changes the text."""
    if not _leaves_the_text(action, entry):
        return False, False
    ((renaksi.has_evidence, has_draft, has_request),) = BESIDE(renaksi.pk)
    return has_draft, has_request


def _follow(beside, renaksi, action, at) -> list:
    """Lets drafts and requests follow the action. Returns history rows."""
    has_draft, has_request = beside
    if has_draft:
        _take_own_drafts_along(renaksi)
    return _end_requests(action, [renaksi.pk], at).get(renaksi.pk, []) if has_request else []


def _leaves_the_text(action, entry) -> bool:
    return action != "edit" or entry in BESIDE_THE_TEXT


def _take_drafts_along(renaksi_ids):
    """Raises `base_version` of drafts whose text did not change. Call it after the versions rose by one."""
    drafts = Draft.objects.filter(renaksi__in=renaksi_ids, base_version=F("renaksi__version") - 1)
    drafts.update(base_version=F("base_version") + 1)


def _take_own_drafts_along(renaksi):
    """The same for one renaksi, whose version is known."""
    drafts = Draft.objects.filter(renaksi=renaksi.pk, base_version=renaksi.version - 1)
    drafts.update(base_version=renaksi.version)


def _end_requests(action, renaksi_ids, at) -> dict[int, list]:
    """Ends the requests for a later due date of items that are sent. Returns history rows by renaksi."""
    if action != "submit":
        return {}
    pending, ended = ExtensionRequest.Decision.PENDING, ExtensionRequest.Decision.ENDED
    rows = {
        request.renaksi_id: about(request, [("decision", pending, ended)])
        for request in _pending(renaksi_ids)
    }
    if rows:
        _pending(renaksi_ids).update(decision=ended, decided_at=at)
    return rows


def _pending(renaksi_ids):
    pending = ExtensionRequest.Decision.PENDING
    return ExtensionRequest.objects.filter(renaksi__in=renaksi_ids, decision=pending)


def _asked_beside(key):
    of_it = {"renaksi": OuterRef("pk")}
    pending = ExtensionRequest.Decision.PENDING
    return (
        Renaksi.objects.filter(pk=key)
        .order_by()
        .values_list(
            Exists(Evidence.objects.filter(is_archived=False, **of_it)),
            Exists(Draft.objects.filter(**of_it)),
            Exists(ExtensionRequest.objects.filter(decision=pending, **of_it)),
        )
    )


BESIDE = Prepared(_asked_beside, plans_once=True)


def _status_change(before, renaksi):
    return [(STATUS, before, renaksi.status)] if before != renaksi.status else []


def _reason_change(row, reason):
    return [(REASON, "", reason)] if row.needs_reason else []


def _take_decision_back(renaksi):
    """Nobody is judged by it: the history alone tells that there was a decision."""
    decision = renaksi.decisions.first()
    notifications.take_back(renaksi, decision.decided_at)
    decision.delete()


def _decide(renaksi, row, actor, at, reason, note):
    decision = ReviewDecision(
        renaksi=renaksi,
        evaluator=actor,
        decided_at=at,
        outcome=OUTCOMES[row.action],
        reason=reason if row.needs_reason else "",
        note=note.strip(),
    )
    insert_many([decision])
