"""Counts the figures of renaksi from the records."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, F, Func, Min, Q, QuerySet, Sum

from recommendations.models import ExtensionRequest, Recommendation, Renaksi, ReviewDecision
from recommendations.querysets import AGES, RenaksiQuerySet
from recommendations.rules.figures import NAMES, Counted, FollowUpFigures, summed
from recommendations.transitions import CLOSED, STATUSES, SUBMITTED, WORKABLE

# The keys of a row, as `Counted` has them, and their paths from a renaksi.
KEYS = {"of_evaluation": "evaluation", "of_unit": "lead_unit", "of_component": "component"}


class Seconds(Func):
    """Whole seconds since 1970, so that the database can add and subtract times."""

    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS bigint)"
    output_field = BigIntegerField()

    def as_sqlite(self, compiler, connection, **context):
        template = "CAST(strftime('%%%%s', %(expressions)s) AS integer)"
        return self.as_sql(compiler, connection, template=template, **context)


class CountedScope(NamedTuple):
    """All figures of one evaluation, as `CountedEvaluation` and `FollowUpCount` keep them."""

    rows: list[Counted]
    holds_until: date | None
    repeated: int


def count(renaksi: QuerySet[Renaksi], today: date) -> list[Counted]:
    """The figures of these renaksi by evaluation, lead unit and component. Three queries, one for none."""
    rows = list(_grouped(renaksi).annotate(**_figures(today)))
    return _counted(rows, renaksi) if rows else []


def of_evaluations(evaluations: Collection[int], today: date) -> dict[int, CountedScope]:
    """All figures of these evaluations. Four queries."""
    renaksi = Renaksi.objects.filter(evaluation__in=evaluations)
    rows = list(_grouped(renaksi).annotate(**_figures(today), **_next_days(today)))
    parts, days = defaultdict(list), defaultdict(list)
    for one in _counted(rows, renaksi):
        parts[one.evaluation].append(one)
    for row in rows:
        days[row["of_evaluation"]] += [_day_of(row, age) for age in AGES if row[_next(age)]]
    again = repeated(evaluations)
    return {
        key: CountedScope(
            parts[key] + _together(key, parts[key]),
            min(days[key], default=None),
            again.get(key, 0),
        )
        for key in evaluations
    }


def _together(evaluation, rows):
    """The figures of all units together, by component."""
    return [
        Counted(evaluation, None, component, figures)
        for component, figures in summed(rows, "component").items()
    ]


def _figures(today):
    late = RenaksiQuerySet.overdue_condition(today)
    closed = Q(status__in=CLOSED, closed_at__isnull=False)
    sent = closed & Q(submitted_at__isnull=False)
    return {
        **{status: Count("pk", filter=Q(status=status)) for status in STATUSES},
        **{_name(age): Count("pk", filter=late & age.condition(today)) for age in AGES},
        "oldest_due": Min("due_date", filter=late),
        "oldest_sent": Min("submitted_at", filter=Q(status=SUBMITTED)),
        "closed": Count("pk", filter=closed),
        "closed_seconds": Sum(Seconds("closed_at"), filter=closed, default=0),
        "reviewed": Count("pk", filter=sent),
        "review_seconds": Sum(
            Seconds("closed_at") - Seconds("submitted_at"), filter=sent, default=0
        ),
    }


def _next_days(today):
    """For each age the due date of what comes into it next."""
    waiting = Q(status__in=WORKABLE)
    return {
        _next(age): Min(
            "due_date", filter=waiting & Q(due_date__gt=today - timedelta(days=age.first))
        )
        for age in AGES
    }


def _name(age):
    return age.name.replace("-", "_")


def _next(age):
    return f"next_{_name(age)}"


def _day_of(row, age):
    return row[_next(age)] + timedelta(days=age.first)


def _counted(rows: Iterable[dict], renaksi) -> list[Counted]:
    """Adds to the rows what is counted of other records about these renaksi."""
    about = {"renaksi__in": renaksi.order_by().values("pk")}
    returned = ReviewDecision.objects.filter(outcome=ReviewDecision.Outcome.RETURNED, **about)
    pending = ExtensionRequest.objects.filter(decision=ExtensionRequest.Decision.PENDING, **about)
    more: dict[tuple, dict[str, int]] = defaultdict(dict)
    for found in (
        _grouped(returned, "renaksi__").annotate(
            returns=Count("pk"), returned_items=Count("renaksi", distinct=True)
        ),
        _grouped(pending, "renaksi__").annotate(extensions=Count("pk")),
    ):
        for row in found:
            more[_key(row)] |= _known(row)
    return [Counted(*_key(row), FollowUpFigures(**_known(row), **more[_key(row)])) for row in rows]


def _grouped(rows, prefix=""):
    return rows.order_by().values(**{name: F(prefix + path) for name, path in KEYS.items()})


def _key(row):
    return tuple(row[name] for name in KEYS)


def _known(row):
    return {name: row[name] for name in NAMES if name in row}


def repeated(evaluations: Collection[int]) -> dict[int, int]:
    """The number of repeated recommendations by evaluation; those without are absent. One query."""
    rows = Recommendation.objects.filter(evaluation__in=evaluations, previous__isnull=False)
    found = rows.order_by().values("evaluation").annotate(number=Count("pk"))
    return {row["evaluation"]: row["number"] for row in found}
