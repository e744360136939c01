"""Keeps what a person is typing into a follow-up, until it is saved for good or thrown away."""

from django.db import transaction

from recommendations.models import Draft
from recommendations.workflow import lock, require_transition
from sakip.dates import format_date


def content_of(renaksi) -> dict:
    """What is stored, in the shape of a draft's content: as it stands in the fields of the form."""
    return {
        "follow_up": {
            "follow_up": renaksi.follow_up,
            "not_actionable_reason": renaksi.not_actionable_reason,
        },
        "steps": [
            {"text": step.text, "done_on": format_date(step.done_on) if step.done_on else ""}
            for step in renaksi.steps.all()
        ],
        "evidence": {},
    }


def find_draft(*, renaksi, actor) -> Draft | None:
    """The person's own draft, None when it says nothing but what is stored. Two queries."""
    draft = Draft.objects.filter(renaksi=renaksi, author=actor).first()
    return draft if draft and draft.content != content_of(renaksi) else None


def unsaved_drafts(renaksi) -> list[Draft]:
    """Everybody's drafts that say more than what is stored. What they say is their authors' alone."""
    stored = content_of(renaksi)
    rows = Draft.objects.filter(renaksi=renaksi).select_related("author__unit")
    return [draft for draft in rows.order_by("-saved_at", "pk") if draft.content != stored]


@transaction.atomic
def keep_draft(*, renaksi, actor, at, base_version: int, content: dict) -> Draft:
    """One for each person and item. `base_version` is the version the person began with, so that a
    draft restored later still tells that somebody else saved in between. Leaves no history."""
    renaksi = lock(renaksi)
    require_transition("edit", actor, renaksi)
    draft, _ = Draft.objects.update_or_create(
        renaksi=renaksi,
        author=actor,
        defaults={
            "content": content,
            "base_version": min(max(base_version, 0), renaksi.version),
            "saved_at": at,
        },
    )
    return draft


def discard_draft(*, renaksi, actor) -> None:
    Draft.objects.filter(renaksi=renaksi, author=actor).delete()
