"""Who has which item open for review, so that two evaluators do not judge the same one unknowingly."""

from datetime import datetime, timedelta

from django.db import transaction

from recommendations.models import ReviewPresence
from sakip.operations import outages
from sakip.prepared import Prepared

LASTS = timedelta(minutes=2)  # without a sign from the page
RENEWED_SECONDS = 45  # the page gives a sign so often


def look(*, renaksi, actor, at: datetime):
    """Notes that `actor` has the item open; `opened_at` stays while the page gives signs. Forgets old rows."""
    with outages.optional("who has an item open"), transaction.atomic():
        ReviewPresence.objects.filter(seen_at__lt=at - LASTS).delete()
        ReviewPresence.objects.bulk_create(
            [ReviewPresence(renaksi=renaksi, person=actor, opened_at=at, seen_at=at)],
            update_conflicts=True,
            update_fields=["seen_at"],
            unique_fields=["renaksi", "person"],
        )


def leave(*, renaksi, actor):
    """Forgets that `actor` had the item open, for example after a decision."""
    ReviewPresence.objects.filter(renaksi=renaksi, person=actor).delete()


def mark(items, user, at: datetime):
    """Gives each of these renaksi the list `others`: who else has it open now. One query.

    The user must see all of them.
    """
    by_key = {renaksi.pk: renaksi for renaksi in items}
    for renaksi in items:
        renaksi.others = []
    for row in PRESENT(list(by_key), user.pk):
        if row.seen_at >= at - LASTS:
            by_key[row.renaksi_id].others.append(row)


PRESENT = Prepared(
    lambda renaksi, but: (
        ReviewPresence.objects.filter(renaksi__in=renaksi)
        .exclude(person=but)
        .select_related("person")
    )
)
