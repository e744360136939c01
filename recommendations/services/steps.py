"""Marks steps of a renaksi as done."""

from django.db import transaction

from recommendations.models import Step
from recommendations.workflow import lock, perform_held, require_transition
from sakip.errors import still_there
from sakip.history.words import code_of
from sakip.richtext import plain_text


@transaction.atomic
def tick_step(*, step, actor, at, done_on) -> Step:
    """Marks the step as done on that day; a step that is already done keeps its day.

    Raises Gone when somebody saved the follow-up since: this replaces all steps with new ones.
    """
    return _set_done(step, actor, at, "tick_step", done_on)


@transaction.atomic
def untick_step(*, step, actor, at) -> Step:
    return _set_done(step, actor, at, "untick_step", None)


def _set_done(step, actor, at, entry, done_on):
    renaksi = lock(step.renaksi)
    require_transition("edit", actor, renaksi)
    step = still_there(Step.objects, step)
    if bool(step.done_on) == bool(done_on):
        return step
    before, step.done_on = step.done_on, done_on
    step.save(update_fields=["done_on"])
    words = plain_text(step.text)
    change = (f"step:({step.position}) {words}", code_of(before), code_of(done_on))
    perform_held(
        action="edit",
        entry=entry,
        renaksi=renaksi,
        actor=actor,
        at=at,
        changes=[change],
    )
    return step
