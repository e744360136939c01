"""Keeps the figures of each evaluation, and renews those that no longer hold.

Whoever writes history marks the evaluation in the same transaction (`sakip/consistency/marks.py`): one more
row in an insert that is made anyway, so that writers never wait for each other. Who reads figures first
renews those that are marked, that the day has made old, or that were never counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Exists, Q, QuerySet

from recommendations.figures import counting
from recommendations.models import CountedEvaluation, Evaluation, FollowUpCount
from recommendations.rules.figures import NAMES
from sakip.models import ChangedScope
from sakip.operations import outages
from sakip.prepared import Prepared

SLICE = 50  # evaluations renewed in one transaction
BATCH = 500
KEYS = ("evaluation_id", "lead_unit_id", "component_id")
MARKS = ChangedScope.objects.filter(subject=ChangedScope.Subject.FOLLOW_UP).order_by()


def renewed_if_possible(today: date) -> set[int]:
    """For a page: renews what it can, and returns the evaluations that the page has to count itself.

    There are some while the database takes no writes, or while another process renews them. One query when
    nothing has changed.
    """
    left = set(_stale(today))
    if left:
        with outages.optional("figures"):
            left -= renew(today)
    return left


def renew(today: date) -> set[int]:
    """Renews the figures that do not hold on `today`; returns the evaluations that are renewed.

    The marks are read before the records, and only those are deleted: a change that comes meanwhile keeps
    its mark.
    """
    _forget_all()
    marks = defaultdict(list)
    for key, pk in MARKS.all().values_list("key", "pk"):
        marks[key].append(pk)
    keys, done = _stale(today), set()
    for start in range(0, len(keys), SLICE):
        done |= _renew_some(keys[start : start + SLICE], marks, today)
    _delete(pk for key in marks.keys() - set(keys) for pk in marks[key])  # of deleted evaluations
    return done


def differences(today: date) -> Iterator[str]:
    """Says which kept figures are not what the records say; those that wait for a renewal are left out."""
    keys = list(_holding(today).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), SLICE):
        suspects = _different(keys[start : start + SLICE], today)
        # Somebody may have written between the two readings. Then it has a mark, or is right the second time.
        if suspects:
            still = _different(suspects.keys() - set(_stale(today)), today)
            yield from (said for rows in still.values() for said in rows)


def _stale(today) -> list[int]:
    return [pk for (pk,) in STALE(today)]


def _stale_on(today: date) -> QuerySet:
    kept = _holding(today).values("pk")
    everything = Exists(MARKS.filter(key=None))
    marked = MARKS.exclude(key=None).values("key")
    rows = Evaluation.objects.filter(~Q(pk__in=kept) | Q(pk__in=marked) | Q(everything))
    return rows.order_by("pk").values_list("pk")


STALE = Prepared(_stale_on)


def _holding(today) -> QuerySet[CountedEvaluation]:
    holds = Q(holds_until=None) | Q(holds_until__gt=today)
    return CountedEvaluation.objects.filter(holds, counted_on__lte=today)


@transaction.atomic
def _forget_all():
    """A mark on everything becomes evaluations that were never counted: they are done one by one."""
    if marks := list(MARKS.filter(key=None).values_list("pk", flat=True)):
        CountedEvaluation.objects.all().delete()
        _delete(marks)


@transaction.atomic
def _renew_some(keys: Collection[int], marks, today) -> set[int]:
    """One process at a time counts an evaluation: an older state never overwrites a newer one."""
    keys = _lock(keys, today)
    found = counting.of_evaluations(keys, today)
    new = {row[:3]: row.figures.values for scope in found.values() for row in scope.rows}
    kept = _kept(keys)
    gone = [pk for key, (pk, values) in kept.items() if new.get(key) != values]
    FollowUpCount.objects.filter(pk__in=gone).delete()
    FollowUpCount.objects.bulk_create(
        (
            FollowUpCount(**dict(zip((*KEYS, *NAMES), (*key, *values), strict=True)))
            for key, values in new.items()
            if key not in kept or kept[key][1] != values
        ),
        batch_size=BATCH,
    )
    CountedEvaluation.objects.bulk_update(
        [
            CountedEvaluation(
                pk=key, counted_on=today, holds_until=scope.holds_until, repeated=scope.repeated
            )
            for key, scope in found.items()
        ],
        ["counted_on", "holds_until", "repeated"],
    )
    _delete(pk for key in keys for pk in marks.get(key, ()))
    return set(keys)


def _lock(keys, today) -> list[int]:
    """Locks the rows of these evaluations and returns those that nobody else is counting now."""
    CountedEvaluation.objects.bulk_create(
        [CountedEvaluation(pk=key, counted_on=today, holds_until=today) for key in keys],
        ignore_conflicts=True,
    )
    rows = CountedEvaluation.objects.select_for_update(skip_locked=True).filter(pk__in=keys)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _kept(keys) -> dict[tuple, tuple]:
    rows = FollowUpCount.objects.filter(evaluation__in=keys).values_list("pk", *KEYS, *NAMES)
    return {row[1:4]: (row[0], row[4:]) for row in rows}


def _different(keys, today) -> dict[int, list[str]]:
    found, kept, told = counting.of_evaluations(keys, today), _kept(keys), defaultdict(list)
    new = {row[:3]: row.figures.values for scope in found.values() for row in scope.rows}
    for key in sorted(new.keys() | kept.keys(), key=str):
        values = kept[key][1] if key in kept else None
        if new.get(key) != values:
            told[key[0]].append(f"{key}: kept {values}, counted {new.get(key)}")
    for row in CountedEvaluation.objects.filter(pk__in=keys):
        counted = found[row.pk].repeated
        if row.repeated != counted:
            told[row.pk].append(f"{row.pk}: kept {row.repeated} repeated, counted {counted}")
    return told


def _delete(marks):
    keys = list(marks)
    for start in range(0, len(keys), BATCH):
        ChangedScope.objects.filter(pk__in=keys[start : start + BATCH]).delete()
