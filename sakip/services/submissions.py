"""Rows of the forms that have made something. They are no deeds of a person and leave no history."""

from datetime import datetime, timedelta
from uuid import UUID

from sakip.models import Submission

# Nobody keeps a page open so long; an old form then makes a record again instead of leading to the first.
KEPT = timedelta(days=30)


def claim(*, person, key: UUID, digest: str, at: datetime) -> tuple[Submission, bool]:
    """The row of the key, and whether this call made it. Must be called within a transaction.

    Waits for another transaction that has made the row and not ended: when it fails, this one makes it.
    """
    defaults = {"digest": digest, "sent_at": at}
    return Submission.objects.get_or_create(person=person, key=key, defaults=defaults)


def find(*, person, key: UUID) -> Submission | None:
    return Submission.objects.filter(person=person, key=key).first()


def settle(submission: Submission, location: str) -> None:
    """Notes where the answer led."""
    submission.location = location
    submission.save(update_fields=["location"])


def purge(*, at: datetime) -> int:
    """Deletes the rows of old forms; returns their number."""
    return Submission.objects.filter(sent_at__lt=at - KEPT).delete()[0]
