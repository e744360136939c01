"""Whether a person still needs the tour of the first sign-in."""

from sakip.models import User


def close_tour(*, actor, at) -> None:
    """Once is for good. A choice of how a page looks, not a fact about the person: it has no history."""
    User.objects.filter(pk=actor.pk, tour_closed_at=None).update(tour_closed_at=at)
