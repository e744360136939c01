"""The figures of the leader's page about the follow-up of a year, for screen and paper.

The database counts every figure, from what the reader may see, in a constant number of queries.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Func, Min, Q, Sum
from django.db.models.fields import FloatField
from django.utils.timezone import localdate

from recommendations.models import (
    Component,
    DailyCount,
    Evaluation,
    ExtensionRequest,
    Renaksi,
    ReviewDecision,
)
from recommendations.querysets import AGES, TALLY, RenaksiQuerySet
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import Comparison, compare
from recommendations.rules.score_sentences import MOST_YEARS, Course, course_of
from recommendations.transitions import CLOSED, STATUSES, SUBMITTED
from sakip.models import Unit
from sakip.selectors.unit_names import FormerNames

MOST_ROWS = 8  # most units of one body that fit on the page
MOST_LATE = 5
TREND_DAYS = 60
EPOCH = date(1970, 1, 1)


class Days(Func):
    """Days since 1970 with a fraction, so that the database can subtract without Python."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) / 86400.0)"
    output_field = FloatField()

    def as_sqlite(self, compiler, connection, **context):
        template = "(julianday(%(expressions)s) - 2440587.5)"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class Group:
    """The renaksi of a component, a unit or an evaluation. `subject` None: the renaksi without one."""

    subject: Any
    progress: Progress
    total: int
    overdue: int


@dataclass(frozen=True)
class AgeCount:
    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Closing:
    """Average days until acceptance, counted from the LHE's date and from submission.

    A value is None when nothing is accepted, or when the LHE has no date.
    """

    count: int = 0
    from_letter: Decimal | None = None
    from_submission: Decimal | None = None


@dataclass(frozen=True)
class Waiting:
    """Items that wait. `unit` counts the late items of the units, `evaluator` the items to be reviewed,
    `coordinator` the requests for a later date.
    """

    unit: int = 0
    evaluator: int = 0
    evaluator_days: int | None = None
    coordinator: int = 0


@dataclass(frozen=True)
class DayProgress:
    """The progress on one day. `progress` is None when it was not counted that day."""

    day: date
    progress: Progress | None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`groups` are the units of one body, or several bodies, each as its evaluation. `rest` is the sum of
    the units that do not fit on the page. `comparison` and `course` are None for several evaluations.
    `overdue_ever` counts late items of all years that the person may see.

    `is_current`: no year was chosen, so each body is shown with its latest scored evaluation.
    `unscored` are then later evaluations of these bodies that have no scores yet; their renaksi are
    counted too. `year` is None when the evaluations have different years.
    """

    today: date
    year: int | None = None
    is_current: bool = False
    evaluations: list[Evaluation] = field(default_factory=list)
    unscored: list[Evaluation] = field(default_factory=list)
    comparison: Comparison | None = None
    progress: Progress = Progress()
    statuses: Counter = field(default_factory=Counter)
    components: list[Group] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    rest: Group | None = None
    rest_count: int = 0
    comparisons: dict[int, Comparison] = field(default_factory=dict)
    course: Course | None = None
    ages: list[AgeCount] = field(default_factory=list)
    overdue: int = 0
    late: list[Renaksi] = field(default_factory=list)
    overdue_ever: int = 0
    waiting: Waiting = Waiting()
    closing: Closing = Closing()
    returns: int = 0
    returned_items: int = 0
    trend: list[DayProgress] = field(default_factory=list)

    @property
    def evaluation(self) -> Evaluation | None:
        """Returns the evaluation; None when the summary is about several or none."""
        return self.evaluations[0] if len(self.evaluations) == 1 else None

    @property
    def newest(self) -> Evaluation | None:
        """Returns the newest evaluation, scored or not, to which a new recommendation belongs.

        None for several bodies.
        """
        return (self.unscored or self.evaluations)[0] if self.evaluation else None

    @property
    def chosen_year(self) -> int | None:
        return None if self.is_current else self.year

    @property
    def period(self) -> str:
        """Returns the performance year, or the first and last of several years; empty when there is none."""
        years = {row.performance_year for row in self.evaluations}
        if not years and self.year is not None:
            years = {self.year}
        return "–".join(dict.fromkeys(map(str, (min(years), max(years))))) if years else ""

    @property
    def total(self) -> int:
        return sum(self.statuses.values())


def summary(user, *, today: date, year: int | None = None, body: Unit | None = None) -> Summary:
    """Without `year`: of each body's latest scored evaluation. Without `body`: of all that the user may see."""
    visible = Evaluation.objects.visible_to(user).select_related("unit").order_by("unit__name")
    if body is not None:
        visible = visible.filter(unit=body)
    if year is None:
        evaluations = list(visible.in_use().current()) or list(visible.current())
    else:
        evaluations = list(visible.filter(performance_year=year))
    if not evaluations:
        return Summary(today=today, year=year)
    unscored = _unscored(visible, evaluations) if year is None else []
    seen = _seen(user, counting := [*evaluations, *unscored])
    name = "lead_unit" if len(evaluations) == 1 else "recommendation__evaluation__unit"
    counted = _group_rows(seen, name, today)
    totals = _totals(counted)
    groups, rest, rest_count = _groups(counted, evaluations, name)
    late = _latest(seen, today)
    _name_units(year, evaluations, groups, late)
    return Summary(
        today=today,
        year=_only_year(evaluations),
        is_current=year is None,
        evaluations=evaluations,
        unscored=unscored,
        components=_components(seen, today),
        groups=groups,
        rest=rest,
        rest_count=rest_count,
        late=late,
        overdue_ever=Renaksi.objects.visible_to(user).overdue(today).order_by().count(),
        trend=_trend(user, counting, today),
        **_scores(user, evaluations, groups),
        **_counted(totals),
        **_returns(seen),
        waiting=_waiting(seen, totals, today),
        closing=_closing(seen, counting),
    )


def _name_units(year, evaluations, groups, late):
    """Gives units the names of the chosen year; of the state of today the present ones. One query."""
    if year is None:
        return
    names, days = FormerNames(), {row.pk: row.named_on for row in evaluations}
    for evaluation in evaluations:
        names.put_on([evaluation.unit], evaluation.named_on)
    units = [group.subject for group in groups if isinstance(group.subject, Unit)]
    names.put_on(units, evaluations[0].named_on)
    for renaksi in late:
        evaluation = renaksi.recommendation.evaluation
        names.put_on([renaksi.lead_unit, evaluation.unit], days[evaluation.pk])


def _only_year(evaluations):
    years = {row.performance_year for row in evaluations}
    return years.pop() if len(years) == 1 else None


def _unscored(visible, evaluations):
    """Returns evaluations later than the shown one of their body, the latest first. One query."""
    bodies = {row.unit_id for row in evaluations}
    later = (
        visible.filter(unit__in=bodies).at_work().exclude(pk__in=[row.pk for row in evaluations])
    )
    return list(later.order_by("-performance_year", "unit__name"))


def _seen(user, evaluations):
    keys = [evaluation.pk for evaluation in evaluations]
    return Renaksi.objects.visible_to(user).filter(recommendation__evaluation__in=keys).order_by()


def _group(row, subject) -> Group:
    progress = Progress(row["countable"], row["claimed"], row["verified"])
    return Group(subject, progress, row["total"], row["overdue"])


def _components(seen, today):
    overdue = Count("pk", filter=RenaksiQuerySet.overdue_condition(today))
    rows = seen.values("recommendation__component").annotate(
        **TALLY, total=Count("pk"), overdue=overdue
    )
    by_component = {row["recommendation__component"]: row for row in rows}
    known = [*Component.objects.filter(pk__in=filter(None, by_component)), None]
    return [
        _group(by_component[component and component.pk], component)
        for component in known
        if (component and component.pk) in by_component
    ]


def _group_rows(seen, name, today):
    """Returns all counts for each value of the field `name`. One query."""
    late = RenaksiQuerySet.overdue_condition(today)
    rows = seen.values(name).annotate(
        **{status: Count("pk", filter=Q(status=status)) for status in Renaksi.Status.values},
        **{age.name: Count("pk", filter=late & age.condition(today)) for age in AGES},
        oldest=Min("submitted_at", filter=Q(status=SUBMITTED)),
    )
    return [row | _derived(row) for row in rows]


def _derived(row):
    return {
        **asdict(Progress.of({status: row[status] for status in STATUSES})),
        "overdue": sum(row[age.name] for age in AGES),
        "total": sum(row[status] for status in Renaksi.Status.values),
    }


def _groups(rows, evaluations, name):
    """Returns the groups and the sum of the rest. Most late items come first, then the least progress.

    Every body has its group, also without renaksi; only units can be summed up as the rest.
    """
    rows.sort(
        key=lambda row: (-row["overdue"], row["claimed"] / (row["countable"] or 1), row[name])
    )
    if name == "lead_unit":
        shown, rest = rows[:MOST_ROWS], rows[MOST_ROWS:]
        subjects = Unit.objects.in_bulk([row[name] for row in shown])
        groups = [_group(row, subjects[row[name]]) for row in shown]
        return groups, _group(_totals(rest), None) if rest else None, len(rest)
    subjects = {evaluation.unit_id: evaluation for evaluation in evaluations}
    groups = [_group(row, subjects.pop(row[name])) for row in rows]
    return groups + [Group(row, Progress(), 0, 0) for row in subjects.values()], None, 0


def _totals(rows):
    moments = [row["oldest"] for row in rows if row["oldest"]]
    names = [*Renaksi.Status.values, *(age.name for age in AGES)]
    sums = {name: sum(row[name] for row in rows) for name in names}
    return sums | _derived(sums) | {"oldest": min(moments, default=None)}


def _counted(totals):
    ages = [AgeCount(age.name, age.label, totals[age.name]) for age in AGES]
    return {
        "progress": Progress(totals["countable"], totals["claimed"], totals["verified"]),
        "statuses": Counter({status: totals[status] for status in Renaksi.Status.values}),
        "ages": ages,
        "overdue": sum(age.count for age in ages),
    }


def _waiting(seen, totals, today):
    oldest = totals["oldest"]
    requests = ExtensionRequest.objects.filter(
        decision=ExtensionRequest.Decision.PENDING, renaksi__in=seen.values("pk")
    )
    return Waiting(
        unit=sum(totals[age.name] for age in AGES),
        evaluator=totals[SUBMITTED],
        evaluator_days=(today - localdate(oldest)).days if oldest else None,
        coordinator=requests.count(),
    )


def _latest(seen, today):
    rows = seen.overdue(today).select_related(
        "lead_unit", "recommendation__component", "recommendation__evaluation__unit"
    )
    return list(rows.order_by("due_date", "pk")[:MOST_LATE])


def _returns(seen):
    rows = ReviewDecision.objects.filter(
        outcome=ReviewDecision.Outcome.RETURNED, renaksi__in=seen.values("pk")
    )
    return rows.order_by().aggregate(
        returns=Count("pk"), returned_items=Count("renaksi", distinct=True)
    )


def _closing(seen, evaluations):
    letters = {row.pk: row.letter_date for row in evaluations}
    rows = (
        seen.filter(status__in=CLOSED, closed_at__isnull=False)
        .values("recommendation__evaluation")
        .annotate(
            count=Count("pk"),
            closed=Sum(Days("closed_at")),
            reviewed=Count("submitted_at"),
            submitted=Sum(Days("submitted_at")),
            unsent=Sum(Days("closed_at"), filter=Q(submitted_at=None)),
        )
    )
    count = reviewed = dated = 0
    review = since_letter = 0.0
    for row in rows:
        count += row["count"]
        reviewed += row["reviewed"]
        review += row["closed"] - (row["unsent"] or 0) - (row["submitted"] or 0)
        if letter := letters[row["recommendation__evaluation"]]:
            dated += row["count"]
            since_letter += row["closed"] - row["count"] * (letter - EPOCH).days
    return Closing(count, _mean(since_letter, dated), _mean(review, reviewed))


def _mean(total, count):
    return Decimal(str(round(total / count, 6))) if count else None


def _scores(user, evaluations, groups):
    """Compares with the year before: the one evaluation, with its course, or each of those shown."""
    one = evaluations[0] if len(evaluations) == 1 else None
    shown = evaluations if one else [group.subject for group in groups]
    visible = Evaluation.objects.visible_to(user)
    before = visible.keys_before(shown)
    years = [*reversed(visible.earlier(one)[: MOST_YEARS - 1]), one] if one else []
    loaded = visible.with_scores().in_bulk({*before.values(), *(row.pk for row in shown + years)})
    found = {row.pk: compare(loaded[row.pk], loaded.get(before.get(row.pk))) for row in shown}
    course = course_of([loaded[row.pk] for row in years])
    return {"comparison": one and found[one.pk], "comparisons": found, "course": course}


def _trend(user, evaluations, today):
    """Returns one entry for each day since the first count. A day without a count has progress None."""
    first = today - timedelta(days=TREND_DAYS)
    rows = DailyCount.objects.visible_to(user).filter(
        evaluation__in=[evaluation.pk for evaluation in evaluations], day__gte=first, day__lte=today
    )
    rows = (
        rows.order_by()
        .values("day")
        .annotate(
            countable_sum=Sum("countable"), claimed_sum=Sum("claimed"), verified_sum=Sum("verified")
        )
    )
    counted = {
        row["day"]: Progress(row["countable_sum"], row["claimed_sum"], row["verified_sum"])
        for row in rows
    }
    if not counted:
        return []
    days = (min(counted) + timedelta(n) for n in range((max(counted) - min(counted)).days + 1))
    return [DayProgress(day, counted.get(day)) for day in days]
