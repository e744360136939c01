"""One number for the state of all records, so that a stored page is known to be current in two short queries.

A writer only adds a mark, so that writers never wait for each other. The next reader turns the marks that it
sees into the next number. Counting the history instead would take longer the older the installation is.

What happens to a renaksi or a recommendation concerns those who see something of its body. So each body has a
number of its own besides the one for everything, and all other changes have the number COMMON: a page about a few
bodies stays current while people of other bodies work.
"""

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import F

from sakip.consistency.kept import ChangedScope
from sakip.operations import outages

BATCH = 500
ONLY = 1  # the key of the only row
COMMON = 0  # stands for what belongs to no body, or to more than its body


class DataVersion(models.Model):
    """`number` rises when a reader finds that something has been recorded since."""

    number = models.PositiveBigIntegerField("nomor", default=0)

    class Meta:
        verbose_name = "versi data"
        verbose_name_plural = "versi data"

    def __str__(self):
        return str(self.number)


class BodyVersion(models.Model):
    """The number of one body, whose key it has; that of COMMON stands for what is about no single body."""

    body = models.PositiveBigIntegerField("perangkat daerah", primary_key=True)
    number = models.PositiveBigIntegerField("nomor", default=0)

    class Meta:
        verbose_name = "versi data perangkat daerah"
        verbose_name_plural = "versi data perangkat daerah"

    def __str__(self):
        return f"{self.body}: {self.number}"


def current() -> int | None:
    """The number of the records as they are now; None while the database takes no writes and something has
    changed. Ask before reading the records: what changes later then has another number.
    """
    marks = list(_marks().values_list("pk", "key"))
    if marks:
        raised = False
        with outages.optional("version"):
            raised = _raise(marks)
        if not raised:
            return None
    return _number()


def of_bodies(bodies: Collection[int]) -> dict[int, int]:
    """The numbers of these bodies and of what is common, after `current()`. One query."""
    keys = sorted({COMMON, *bodies})
    rows = BodyVersion.objects.filter(pk__in=keys)
    return dict.fromkeys(keys, 0) | dict(rows.values_list("pk", "number"))


def is_still(number: int) -> bool:
    """Whether nothing at all has been recorded since `current()` gave this number. Two queries."""
    return not _marks().exists() and _number() == number


def _number():
    return DataVersion.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0


def note_change(body: int | None = None):
    """For what is written without history and is shown on a stored page; `body` if it concerns one alone."""
    ChangedScope.objects.create(subject=ChangedScope.Subject.VERSION, key=body)


def _marks():
    return ChangedScope.objects.filter(subject=ChangedScope.Subject.VERSION)


@transaction.atomic
def _raise(marks) -> bool:
    DataVersion.objects.bulk_create([DataVersion(pk=ONLY)], ignore_conflicts=True)
    DataVersion.objects.filter(pk=ONLY).update(number=F("number") + 1)
    bodies = sorted({COMMON if key is None else key for _, key in marks})
    BodyVersion.objects.bulk_create([BodyVersion(pk=pk) for pk in bodies], ignore_conflicts=True)
    BodyVersion.objects.filter(pk__in=bodies).update(number=F("number") + 1)
    for start in range(0, len(marks), BATCH):
        keys = [pk for pk, _ in marks[start : start + BATCH]]
        ChangedScope.objects.filter(pk__in=keys).delete()
    return True
