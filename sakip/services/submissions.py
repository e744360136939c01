"""Rows of the forms that have made something. They are no deeds of a person and leave no history."""

from datetime import datetime
from uuid import UUID

from sakip.models import Submission


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
