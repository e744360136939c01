"""One number for the state of all records, so that a stored page is known to be current in two short queries.

A writer only adds a mark, so that writers never wait for each other. The next reader turns the marks that it
sees into the next number. Counting the history instead would take longer the older the installation is.
"""

from django.db import models, transaction
from django.db.models import F

from sakip.consistency.kept import ChangedScope
from sakip.operations import outages

BATCH = 500
ONLY = 1  # the key of the only row


class DataVersion(models.Model):
    """`number` rises when a reader finds that something has been recorded since."""

    number = models.PositiveBigIntegerField("nomor", default=0)

    class Meta:
        verbose_name = "versi data"
        verbose_name_plural = "versi data"

    def __str__(self):
        return str(self.number)


def current() -> int | None:
    """The number of the records as they are now; None while the database takes no writes and something has
    changed. Ask before reading the records: what changes later then has another number.
    """
    marks = list(_marks().values_list("pk", flat=True))
    if marks:
        raised = False
        with outages.optional("version"):
            raised = _raise(marks)
        if not raised:
            return None
    return DataVersion.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0


def note_change():
    """For what is written without history and is shown on a stored page."""
    ChangedScope.objects.create(subject=ChangedScope.Subject.VERSION)


def _marks():
    return ChangedScope.objects.filter(subject=ChangedScope.Subject.VERSION)


@transaction.atomic
def _raise(marks) -> bool:
    DataVersion.objects.bulk_create([DataVersion(pk=ONLY)], ignore_conflicts=True)
    DataVersion.objects.filter(pk=ONLY).update(number=F("number") + 1)
    for start in range(0, len(marks), BATCH):
        ChangedScope.objects.filter(pk__in=marks[start : start + BATCH]).delete()
    return True
