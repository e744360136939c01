"""The figures of the leader's page about the follow-up of a year, for screen and paper.

They come from the kept figures (`recommendations/figures/`), within the reader's reach, with a constant number
of queries.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.timezone import localdate

from recommendations.models import Component, DailyCount, Evaluation, Renaksi
from recommendations.querysets import AGES
from recommendations.rules.figures import LATE, FollowUpFigures, summed
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import Comparison, compare, figures
from recommendations.rules.score_sentences import MOST_YEARS, Course, course_of, known_total
from recommendations.selectors.figures import KeptFigures
from recommendations.transitions import STATUSES
from sakip.models import Unit
from sakip.selectors.unit_names import FormerNames

MOST_ROWS = 8  # most units of one body that fit on the page
MOST_LATE = 5
SCORE_YEARS = 4  # whose scores the page shows, with the present one
TREND_DAYS = 60
EPOCH = date(1970, 1, 1)
DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Group:
    """The renaksi of a component, a unit or an evaluation. `subject` None: the renaksi without one."""

    subject: Any
    figures: FollowUpFigures = FollowUpFigures()

    @property
    def progress(self) -> Progress:
        return self.figures.progress

    @property
    def total(self) -> int:
        return self.figures.total

    @property
    def overdue(self) -> int:
        return self.figures.overdue


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
    the units that do not fit on the page, `late_rest` those of them with late items. `comparison` and `course`
    are None for several evaluations; `scores` are the totals of one body's last years, oldest first.
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
    late_rest: list[Group] = field(default_factory=list)
    comparisons: dict[int, Comparison] = field(default_factory=dict)
    course: Course | None = None
    scores: list[tuple[int, Decimal]] = field(default_factory=list)
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

    @property
    def lines(self) -> list[Group]:
        """The groups, and behind them the sum of those that do not fit."""
        return [*self.groups, *([self.rest] if self.rest else [])]


def summary(
    user,
    *,
    today: date,
    year: int | None = None,
    body: Unit | None = None,
    is_detailed: bool = True,
) -> Summary:
    """Without `year`: of each body's latest scored evaluation. Without `body`: of all that the user may see.

    The first page needs no details: no components and no trend.
    """
    visible = Evaluation.objects.visible_to(user).select_related("unit").order_by("unit__name")
    if body is not None:
        visible = visible.filter(unit=body)
    evaluations = _shown(visible, year)
    if not evaluations:
        return Summary(today=today, year=year)
    unscored = _unscored(visible, evaluations) if year is None else []
    kept, counting = KeptFigures(user, today=today), [*evaluations, *unscored]
    rows = kept.counted(counting, by_unit=len(evaluations) == 1)
    groups, others = _groups(rows, evaluations, counting)
    late = _latest(user, rows, counting, today)
    _name_units(year, evaluations, [*groups, *others["late_rest"]], late)
    return Summary(
        today=today,
        year=_only_year(evaluations),
        is_current=year is None,
        evaluations=evaluations,
        unscored=unscored,
        groups=groups,
        late=late,
        overdue_ever=kept.overdue(),
        components=_components(rows) if is_detailed else [],
        trend=_trend(user, counting, today) if is_detailed else [],
        **others,
        **_scores(user, evaluations, groups),
        **_counted(FollowUpFigures.sum(row.figures for row in rows), today),
        closing=_closing(rows, counting),
    )


def _shown(visible, year):
    if year is not None:
        return list(visible.filter(performance_year=year))
    return list(visible.in_use().current()) or list(visible.current())


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


def _components(rows):
    by_component = summed(rows, "component")
    known = Component.objects.filter(pk__in=filter(None, by_component))
    found = [Group(component, by_component[component.pk]) for component in known]
    return [*found, Group(None, by_component[None])] if None in by_component else found


def _groups(rows, evaluations, counting):
    """Returns the groups and what is said of the rest. Most late items come first, then the longest late, then the least done.

    Every body has its group, also without renaksi; only units can be summed up as the rest.
    """
    if len(evaluations) == 1:
        return _units(_worst_first(summed(rows, "lead_unit")))
    bodies = {row.pk: row.unit_id for row in counting}
    of_bodies = [row._replace(evaluation=bodies[row.evaluation]) for row in rows]
    subjects = {evaluation.unit_id: evaluation for evaluation in evaluations}
    groups = [
        Group(subjects.pop(key), figures)
        for key, figures in _worst_first(summed(of_bodies, "evaluation"))
    ]
    return groups + [Group(row) for row in subjects.values()], {"late_rest": []}


def _units(found):
    shown, rest = found[:MOST_ROWS], found[MOST_ROWS:]
    late = [pair for pair in rest if pair[1].overdue]
    units = Unit.objects.in_bulk([key for key, _ in (*shown, *late)])
    total = FollowUpFigures.sum(figures for _, figures in rest)
    others = {
        "rest": Group(None, total) if rest else None,
        "rest_count": len(rest),
        "late_rest": [Group(units[key], figures) for key, figures in late],
    }
    return [Group(units[key], figures) for key, figures in shown], others


def _worst_first(figures):
    def order(pair):
        key, one = pair
        done = one.progress.claimed / (one.progress.countable or 1)
        return -one.overdue, one.oldest_due or date.max, done, key

    return sorted(figures.items(), key=order)


def _counted(total: FollowUpFigures, today):
    ages = [
        AgeCount(age.name, age.label, getattr(total, name))
        for age, name in zip(AGES, LATE, strict=True)
    ]
    return {
        "progress": total.progress,
        "statuses": Counter({status: getattr(total, status) for status in STATUSES}),
        "ages": ages,
        "overdue": total.overdue,
        "returns": total.returns,
        "returned_items": total.returned_items,
        "waiting": _waiting(total, today),
    }


def _waiting(total: FollowUpFigures, today):
    sent = total.oldest_sent
    return Waiting(
        unit=total.overdue,
        evaluator=total.submitted,
        evaluator_days=(today - localdate(sent)).days if sent else None,
        coordinator=total.extensions,
    )


def _latest(user, rows, counting, today):
    """The items that are longest late. The kept figures say how far the database must look for them."""
    oldest = sorted(row.figures.oldest_due for row in rows if row.figures.oldest_due)
    if not oldest:
        return []
    found = Renaksi.objects.visible_to(user).overdue(today)
    found = found.filter(evaluation__in=[row.pk for row in counting])
    if len(oldest) > MOST_LATE:
        found = found.filter(due_date__lte=oldest[MOST_LATE - 1])  # as many are at least as old
    found = found.select_related(
        "lead_unit", "recommendation__component", "recommendation__evaluation__unit"
    )
    return list(found.order_by("due_date", "pk")[:MOST_LATE])


def _closing(rows, evaluations):
    letters = {row.pk: row.letter_date for row in evaluations}
    total = FollowUpFigures.sum(row.figures for row in rows)
    dated = [row for row in rows if letters[row.evaluation]]
    since_letter = sum(
        row.figures.closed_seconds
        - row.figures.closed * (letters[row.evaluation] - EPOCH).days * DAY
        for row in dated
    )
    return Closing(
        total.closed,
        _mean(since_letter, sum(row.figures.closed for row in dated)),
        _mean(total.review_seconds, total.reviewed),
    )


def _mean(seconds, count):
    """In days."""
    return Decimal(seconds) / DAY / count if count else None


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
    return {
        "comparison": one and found[one.pk],
        "comparisons": found,
        "course": course,
        "scores": _totals([loaded[row.pk] for row in years]),
    }


def _totals(years):
    """Of the last SCORE_YEARS years; of an LHE whose scores are not complete the total printed in it."""
    known = [(row.performance_year, known_total(figures(row))) for row in years]
    return [
        (year, total)
        for year, total in known
        if total is not None and year > known[-1][0] - SCORE_YEARS
    ]


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
