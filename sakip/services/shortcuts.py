"""Whether a person uses pages by single keys."""

from sakip.models import User


def use_shortcuts(*, actor, is_on: bool) -> None:
    """A choice of how pages behave, not a fact about the person: it has no history."""
    User.objects.filter(pk=actor.pk).update(uses_shortcuts=is_on)
