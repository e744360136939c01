"""Checks whether a transition is possible now: the person, the status and the necessary data."""

from django.core.exceptions import PermissionDenied, ValidationError

from recommendations.models import Evidence, Renaksi, ReviewDecision
from recommendations.permissions import renaksi_policy
from recommendations.selectors.one_renaksi import POSTS, UNITS
from recommendations.transitions import (
    CANNOT_REVOKE,
    NO_EVIDENCE,
    NO_NOTE,
    NO_REASON,
    NO_TEXT,
    OWN_WORK,
    PARTIAL,
    TIME_TO_REVOKE,
    TRANSITIONS,
    Transition,
)
from recommendations.workflow.authorship import AUTHORING, has_authored, is_partial
from sakip.errors import Gone, WrongState, require
from sakip.history.entries import HistoryEntry
from sakip.prepared import Prepared, attach
from sakip.richtext import plain_text
from sakip.text import trimmed

DECISIONS = ("accept", "return")
LOCKED = Prepared(
    lambda key: (
        Renaksi.objects.for_check()
        .prefetch_related(None)
        .select_for_update(of=("self",))
        .filter(pk=key)
        .order_by()
    ),
    plans_once=True,
)
EVIDENCE = Prepared(
    lambda key: (
        Evidence.objects.filter(renaksi=key, is_archived=False).order_by().values_list("pk")[:1]
    )
)


def missing(renaksi) -> list[str]:
    """What the unit still has to do before it can submit, as sentences.

    At most two queries; none when `for_table()` loaded the renaksi.
    """
    if renaksi.not_actionable_reason.strip():
        return []
    sentences = []
    if not plain_text(renaksi.follow_up) and not renaksi.steps.exists():
        sentences.append(NO_TEXT)
    has_evidence = getattr(renaksi, "has_evidence", None)
    if has_evidence is None:
        has_evidence = bool(EVIDENCE(renaksi.pk))
    if not has_evidence:
        sentences.append(NO_EVIDENCE)
    return sentences


def _barred(row, user, renaksi) -> str:
    """Says why this person may not, although the role may. Two queries for a review decision, else none."""
    if not row.bars_authors:
        return ""
    if is_partial(user, renaksi):
        return PARTIAL
    return OWN_WORK if has_authored(user, renaksi) else ""


def available(user, renaksi) -> list[Transition]:
    """The transitions `user` may do now, without those of a moment (`revokes`).

    Costs queries only for a reviewer of a submitted item.
    """
    return [
        row
        for row in TRANSITIONS.values()
        if not row.revokes
        and renaksi_policy.check(user, row.action, renaksi)
        and not _barred(row, user, renaksi)
    ]


def require_transition(action: str, user, renaksi) -> Transition:
    """The transition if `user` may do it now; raises PermissionDenied or WrongState."""
    row = TRANSITIONS[action]
    require(renaksi_policy.check(user, action, renaksi))
    if reason := _barred(row, user, renaksi):
        raise PermissionDenied(reason)
    return row


def lock(renaksi) -> Renaksi:
    """A fresh copy, held until the transaction ends, with what the policy reads; Gone when deleted.

    Take this lock before you add a record to a renaksi, so that nobody deletes it at the same time.
    """
    found = LOCKED.first(renaksi.pk)
    if found is None:
        raise Gone(Renaksi)
    attach(found, "supporting_units", UNITS(found.pk))
    if found.person_id:
        attach(found.person, "other_posts", POSTS(found.person_id), "person")
    return found


def lock_many(ids: list[int]) -> dict[int, Renaksi]:
    """The same for many, by key; always locked in the order of their keys."""
    rows = Renaksi.objects.for_check().select_for_update(of=("self",)).filter(pk__in=ids)
    held = {renaksi.pk: renaksi for renaksi in rows.order_by("pk")}
    if len(held) < len(ids):
        raise Gone(Renaksi)
    return held


def require_author(action, entry):
    if action == "edit" and (entry or action) not in AUTHORING:
        raise LookupError(f"Who writes “{entry}” would be no author.")


def require_rest(row, renaksi, actor, at, note, reason):
    """What a row asks for besides the person and the status: the moment, the words, the parts of the item."""
    _require_own_moment(row, renaksi, actor, at)
    _require_words(row, renaksi, note, reason)


def _require_own_moment(row, renaksi, actor, at):
    """Raises WrongState when the last thing that happened is not this person's decision of a moment ago."""
    if not row.revokes:
        return
    last = HistoryEntry.objects.on(Renaksi, renaksi.pk).order_by("pk").last()
    is_own = last and last.action in DECISIONS and last.actor_id == actor.pk
    if not is_own or at - last.at > TIME_TO_REVOKE:
        raise WrongState(CANNOT_REVOKE)


def _require_words(row, renaksi, note, reason):
    """Raises ValidationError when a note, a reason or a part of the item is missing."""
    errors = {}
    if row.needs_reason and reason not in ReviewDecision.Reason.values:
        errors["reason"] = NO_REASON
    if row.needs_note and not trimmed(note):
        errors["note"] = NO_NOTE
    if errors:
        raise ValidationError(errors)
    if row.needs_work and (sentences := missing(renaksi)):
        raise ValidationError(sentences)
