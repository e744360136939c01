"""Counts the renaksi by status once a day, and computes counts of earlier days from the history."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from recommendations.models import DailyCount, Evaluation, Recommendation, Renaksi
from recommendations.querysets import TALLY, RenaksiQuerySet
from recommendations.rules.progress import Progress
from sakip.history import version
from sakip.history.entries import HistoryEntry
from sakip.history.words import STATUS

STATUSES = frozenset(Renaksi.Status.values)
BEGINNINGS = frozenset({"create", "import_new", "import_new_edit"})
# After these actions the remaining records no longer show the state of the days before.
BREAKS = frozenset({"hand_over", "delete_renaksi", "import_undo"})
LEAD = "lead_unit"
FIGURES = ("countable", "claimed", "verified", "overdue")


@transaction.atomic
def count_day(*, today) -> int:
    """Writes today's counts of the evaluations that are at work or have changed since the last count.

    Replaces earlier counts of today. What rests has its last count. Five queries.
    """
    counted = list(_to_count(today).values_list("pk", flat=True))
    overdue = Count("pk", filter=RenaksiQuerySet.overdue_condition(today))
    rows = Renaksi.objects.filter(recommendation__evaluation__in=counted).order_by()
    by_unit = rows.values("recommendation__evaluation", "lead_unit")
    counts = [
        DailyCount(
            day=today,
            evaluation_id=row["recommendation__evaluation"],
            lead_unit_id=row["lead_unit"],
            **{name: row[name] for name in FIGURES},
        )
        for row in by_unit.annotate(**TALLY, overdue=overdue)
    ]
    DailyCount.objects.filter(day=today, evaluation__in=counted).delete()
    DailyCount.objects.bulk_create(counts, batch_size=1000)
    version.note_change()
    return len(counts)


def _to_count(today):
    last = DailyCount.objects.filter(day__lt=today).aggregate(Max("day"))["day__max"]
    if last is None:
        return Evaluation.objects.all()
    begin = timezone.make_aware(datetime.combine(last, time.min))
    entries = HistoryEntry.objects.filter(at__gte=begin)
    items, texts = (
        entries.filter(content_type=kind).values("object_id")
        for kind in ContentType.objects.get_for_models(Renaksi, Recommendation).values()
    )
    touched = Q(renaksi__in=items) | Q(pk__in=texts)  # the latter tell of an item that was deleted
    of_changed = Recommendation.objects.filter(touched).values("evaluation")
    at_work = Evaluation.objects.at_work().values("pk")
    return Evaluation.objects.filter(Q(pk__in=at_work) | Q(pk__in=of_changed))


@transaction.atomic
def backfill(*, evaluation: Evaluation, today, days: int) -> int:
    """Writes the missing counts of earlier days for which the history shows every status.

    Writes nothing when the creation or a status change of an item is not in the history, and nothing
    for days before an item was given to another unit or deleted.
    """
    items = list(Renaksi.objects.filter(recommendation__evaluation=evaluation))
    lives = _lives(items)
    if not items or None in lives.values():
        return 0
    first = max(today - timedelta(days=days), _first_honest_day(evaluation, items))
    counted = set(evaluation.daily_counts.values_list("day", flat=True))
    wanted = (first + timedelta(days=number) for number in range((today - first).days))
    rows = [
        row
        for day in wanted
        if day not in counted
        for row in _counts(evaluation, items, lives, day)
    ]
    DailyCount.objects.bulk_create(rows, batch_size=1000)
    version.note_change()
    return len(rows)


def _lives(items):
    """Returns for each item pairs (day, status at the end of that day), oldest first; None if unknown."""
    entries = HistoryEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Renaksi),
        object_id__in=[item.pk for item in items],
    ).order_by("object_id", "at", "pk")
    by_item = {pk: list(rows) for pk, rows in groupby(entries, key=lambda row: row.object_id)}
    return {item.pk: _life(item, by_item.get(item.pk, [])) for item in items}


def _life(item, entries):
    if not entries or entries[0].action not in BEGINNINGS:
        return None
    changes = [
        (timezone.localdate(entry.at), *change[1:])
        for entry in entries
        for change in entry.changes
        if change[0] == STATUS and {change[1], change[2]} <= STATUSES
    ]
    begun = timezone.localdate(entries[0].at)
    status = changes[0][1] if changes else item.status
    life = [(begun, status)]
    for day, before, after in changes:
        if before != status:
            return None
        status = after
        life.append((day, status))
    return life if status == item.status else None


def _first_honest_day(evaluation, items):
    """Returns the day after the last entry that hides earlier states; without one, the day of the first entry."""
    of_items = Q(
        content_type=ContentType.objects.get_for_model(Renaksi),
        object_id__in=[item.pk for item in items],
    )
    of_texts = Q(
        content_type=ContentType.objects.get_for_model(Recommendation),
        object_id__in=evaluation.recommendations.values("pk"),
    )
    of_all = Q(content_type=ContentType.objects.get_for_model(Evaluation), object_id=evaluation.pk)
    entries = HistoryEntry.objects.filter(of_items | of_texts | of_all)
    days = [timezone.localdate(entry.at) for entry in entries if _hides(entry)]
    if days:
        return max(days) + timedelta(days=1)
    return timezone.localdate(entries.filter(of_items).aggregate(Min("at"))["at__min"])


def _hides(entry):
    return entry.action in BREAKS or LEAD in {code for code, _, _ in entry.changes}


def _counts(evaluation, items, lives, day):
    by_unit: dict[int, Any] = {}
    for item in items:
        if status := _status_on(lives[item.pk], day):
            by_unit.setdefault(item.lead_unit_id, Counter())[status] += 1
    for unit, statuses in by_unit.items():
        yield DailyCount(
            day=day,
            evaluation=evaluation,
            lead_unit_id=unit,
            **asdict(Progress.of(statuses)),
        )


def _status_on(life, day):
    """Returns the status at the end of that day; None before the item was created."""
    known = [status for begun, status in life if begun <= day]
    return known[-1] if known else None
