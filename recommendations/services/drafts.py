"""Stores the unsaved text of a follow-up until the person saves the form or discards the draft."""

from django.db import transaction

from recommendations.models import Draft
from recommendations.workflow import lock, require_transition
from sakip.dates import format_date
from sakip.prepared import Prepared
from sakip.services.unsaved import require_keepable


def content_of(renaksi) -> dict:
    """Returns the stored follow-up in the format of `Draft.content`: form field → value."""
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
    """Returns the actor's draft; None without a draft or when it equals the stored text. Two queries."""
    draft = Draft.objects.filter(renaksi=renaksi, author=actor).first()
    return draft if draft and draft.content != content_of(renaksi) else None


def unsaved_drafts(renaksi) -> list[Draft]:
    """Returns all drafts that differ from the stored text. Show their content only to their authors."""
    stored = content_of(renaksi)
    rows = Draft.objects.filter(renaksi=renaksi).select_related("author__unit")
    return [draft for draft in rows.order_by("-saved_at", "pk") if draft.content != stored]


@transaction.atomic
def keep_draft(*, renaksi, actor, at, base_version: int, content: dict) -> Draft:
    """Stores one draft for each person and item; writes no history. `base_version` is the version when
    the person began to type: with it a restored draft still shows that somebody else saved later."""
    require_keepable(content)
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
    if OWN(renaksi.pk, actor.pk):
        Draft.objects.filter(renaksi=renaksi, author=actor).delete()


OWN = Prepared(
    lambda renaksi, author: Draft.objects.filter(renaksi=renaksi, author=author).values_list("pk"),
    plans_once=True,
)
