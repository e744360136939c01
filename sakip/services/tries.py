"""Counts tries in the database, for all server processes together and over restarts.

A try is counted before it is made, so a thousand at once are not more than one after the other. One
UPDATE asks and counts. A try that costs nothing is given back when it was right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sakip.models import KnownPlace, TryCount

SALT = "sakip.tries"
# Tries that are being decided are waited for. One that takes longer was that of a process that died.
PAUSE, PAUSES = 0.1, 20
DEAD_AFTER = timedelta(minutes=1)
REMOVED_AT_ONCE = 100  # old counts, with each wrong try


def hashed(*parts) -> str:
    return salted_hmac(SALT, "\n".join(map(str, parts)), algorithm="sha256").hexdigest()


@dataclass(frozen=True, order=True)
class Bucket:
    """Holds at most `most` tries in a period of `minutes`. Buckets with one key count together."""

    key: str
    most: int
    minutes: float


class Full(Exception):
    """A bucket is full until `until`."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


def take(buckets) -> None:
    """Counts a try in every bucket; raises Full and counts it in none when one of them is full."""
    buckets = sorted(
        buckets
    )  # always the same order, so that two processes do not lock each other out
    for _ in range(PAUSES):
        rows = _attempt(buckets)
        if not rows:
            return
        if any(row.wrong >= most for row, most in rows):
            break
        now = timezone.now()
        if all(row.taken_at + DEAD_AFTER <= now for row, _ in rows):
            for row, _ in rows:
                TryCount.objects.filter(pk=row.pk, taken=row.taken, taken_at=row.taken_at).update(
                    taken=row.wrong
                )
        else:
            sleep(PAUSE)
    raise Full(
        max(row.ends if row.wrong >= most else row.taken_at + DEAD_AFTER for row, most in rows)
    )


def full_until(bucket) -> datetime | None:
    """When this bucket opens again; None while it is not full."""
    now = timezone.now()
    row = TryCount.objects.filter(key=bucket.key, ends__gt=now, taken__gte=bucket.most).first()
    return row.ends if row else None


def settle(buckets, *, is_right):
    """Says how a try ended that `take` has counted."""
    now = timezone.now()
    keys = sorted(bucket.key for bucket in buckets)
    with transaction.atomic():
        for key in keys:
            running = TryCount.objects.filter(key=key, ends__gt=now)
            if is_right:
                running.filter(taken__gt=F("wrong")).update(taken=F("taken") - 1)
            else:
                running.update(wrong=F("wrong") + 1)
    if not is_right:
        _forget_old(now)


def known_places(person, places) -> set[str]:
    """Those among the hashes `places` from which this person has signed in. One query, also without a person."""
    since = timezone.now() - timedelta(days=settings.KNOWN_PLACE_DAYS)
    key = person.pk if person else 0
    rows = KnownPlace.objects.filter(person=key, place__in=places, seen_at__gte=since)
    return set(rows.values_list("place", flat=True))


@transaction.atomic
def remember_places(*, person, places, at):
    """The person has signed in from these places. Forgets those of long ago."""
    KnownPlace.objects.bulk_create(
        [KnownPlace(person=person, place=place, seen_at=at) for place in sorted(places)],
        update_conflicts=True,
        unique_fields=["person", "place"],
        update_fields=["seen_at"],
    )
    since = at - timedelta(days=settings.KNOWN_PLACE_DAYS)
    KnownPlace.objects.filter(person=person, seen_at__lt=since).delete()


class _Refused(Exception):
    pass


def _attempt(buckets) -> list:
    """Pairs of the count and the limit of each full bucket. When there are none, the try is counted."""
    try:
        with transaction.atomic():
            now = timezone.now()
            if full := _count(buckets, now):
                raise _Refused
    except _Refused:
        return full
    return []


def _count(buckets, now):
    TryCount.objects.bulk_create(
        [
            TryCount(key=bucket.key, taken_at=now, ends=now + timedelta(minutes=bucket.minutes))
            for bucket in buckets
        ],
        ignore_conflicts=True,
    )
    full = [bucket for bucket in buckets if not _take_one(bucket, now)]
    rows = {row.key: row for row in TryCount.objects.filter(key__in=[one.key for one in full])}
    return [(rows[bucket.key], bucket.most) for bucket in full]


def _take_one(bucket, now) -> bool:
    """Counts the try in a new period when the last one is over, else while there is room."""
    is_over = When(ends__lte=now, then=Value(0))
    rows = TryCount.objects.filter(Q(ends__lte=now) | Q(taken__lt=bucket.most), key=bucket.key)
    return bool(
        rows.update(
            taken=Case(is_over, default=F("taken"), output_field=IntegerField()) + 1,
            wrong=Case(is_over, default=F("wrong"), output_field=IntegerField()),
            ends=Case(
                When(ends__lte=now, then=now + timedelta(minutes=bucket.minutes)),
                default=F("ends"),
            ),
            taken_at=now,
        )
    )


@transaction.atomic
def _forget_old(now):
    """Removes counts whose period is over; those that another process holds wait for the next time."""
    old = TryCount.objects.select_for_update(skip_locked=True).filter(ends__lt=now)
    keys = list(old.values_list("pk", flat=True)[:REMOVED_AT_ONCE])
    TryCount.objects.filter(pk__in=keys).delete()
