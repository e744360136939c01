"""Reads the figures for the draft of a Telaah Staf. The draft may state no other figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from recommendations import transitions
from recommendations.models import Evaluation, Renaksi
from recommendations.rules.grades import difference
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import Comparison, Figures, compare
from recommendations.rules.status import is_claimed, is_verified
from sakip.numbers import round_half_up


@dataclass(frozen=True, kw_only=True)
class YearChange:
    """A figure of this year and of the year before. None means not known."""

    now: Decimal | None = None
    then: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        return difference(self.now, self.then)

    @property
    def direction(self) -> int | None:
        """Returns 1 for up, -1 for down, 0 for no change. It compares the rounded values that are printed."""
        if self.difference is None:
            return None
        printed = round_half_up(self.difference)
        return (printed > 0) - (printed < 0)


@dataclass(frozen=True, kw_only=True)
class ComponentFacts:
    """Figures of one component. `share` is in percent of the weight; set only where the weights differ."""

    name: str
    score: YearChange
    share: YearChange | None = None


@dataclass(frozen=True, kw_only=True)
class Misprint:
    """A total printed in the LHE of a year that differs from the sum of its components."""

    year: int
    printed: Decimal
    computed: Decimal


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of recommendations: all, and those whose renaksi are all claimed or all verified.

    `statuses` counts the renaksi by status, `overdue` those that are late on the day of the draft.
    """

    recommendations: int = 0
    claimed_recommendations: int = 0
    verified_recommendations: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)
    overdue: int = 0

    def count(self, *statuses) -> int:
        return sum(self.statuses.get(status, 0) for status in statuses)

    @property
    def renaksi(self) -> int:
        return self.count(*self.statuses)

    @property
    def progress(self) -> Progress:
        return Progress.of(self.statuses)

    @property
    def countable(self) -> int:
        return self.progress.countable

    @property
    def unfinished(self) -> int:
        return self.count(*transitions.WORKABLE)

    @property
    def submitted(self) -> int:
        return self.count(transitions.SUBMITTED)

    @property
    def verified(self) -> int:
        return self.progress.verified

    @property
    def claimed(self) -> int:
        return self.progress.claimed


@dataclass(frozen=True, kw_only=True)
class EvaluationFacts:
    """All facts for a draft. `about` names the chosen components; it is empty when it is about all of
    them.

    Unknown texts are empty. The regulation is also empty when the rubric is only an estimate.
    """

    body: str
    year: int
    on: date
    previous_year: int | None = None
    letter_number: str = ""
    letter_date: date | None = None
    regulation: str = ""
    previous_regulation: str = ""
    estimated_years: tuple[int, ...] = ()
    components: tuple[ComponentFacts, ...] = ()
    about: tuple[str, ...] = ()
    total: YearChange = YearChange()
    grade: str | None = None
    previous_grade: str | None = None
    misprints: tuple[Misprint, ...] = ()
    weights_differ: bool = False
    tally: Tally = Tally()

    @property
    def chosen(self) -> list[ComponentFacts]:
        if not self.about:
            return list(self.components)
        return [component for component in self.components if component.name in self.about]


def gather(*, evaluation, components: Iterable, user, on: date) -> EvaluationFacts:
    """Reads what `user` may see of the evaluation and the chosen components on that day. Eleven queries."""
    visible = Evaluation.objects.visible_to(user).with_scores()
    current = visible.get(pk=evaluation.pk)
    current.name_units([])
    comparison = compare(current, visible.before(current))
    chosen = list(components)
    then, now = comparison.previous, comparison.current
    known = [figures for figures in (then, now) if figures]
    return EvaluationFacts(
        body=current.unit.name,
        year=current.performance_year,
        on=on,
        previous_year=then.evaluation.performance_year if then else None,
        letter_number=current.letter_number,
        letter_date=current.letter_date,
        regulation=_regulation(now),
        previous_regulation=_regulation(then) if then else "",
        estimated_years=tuple(_year(row) for row in known if row.evaluation.rubric.is_estimate),
        components=_components(comparison),
        about=tuple(component.name for component in chosen),
        total=YearChange(now=_total(now), then=_total(then) if then else None),
        grade=now.grade or now.reported_grade,
        previous_grade=(then.grade or then.reported_grade) if then else None,
        misprints=tuple(
            Misprint(year=_year(row), printed=row.reported_total, computed=row.total)
            for row in known
            if row.total_differs
        ),
        weights_differ=comparison.rubrics_differ,
        tally=_tally(current, chosen, user, on),
    )


def _year(figures: Figures) -> int:
    return figures.evaluation.performance_year


def _regulation(figures: Figures) -> str:
    rubric = figures.evaluation.rubric
    return "" if rubric.is_estimate else rubric.regulation


def _total(figures: Figures) -> Decimal | None:
    return figures.reported_total if figures.total is None else figures.total


def _components(comparison: Comparison) -> tuple[ComponentFacts, ...]:
    return tuple(
        ComponentFacts(
            name=row.component.name,
            score=YearChange(now=row.current_score, then=row.previous_score),
            share=YearChange(now=row.current_percent, then=row.previous_percent)
            if row.current_weight != row.previous_weight
            else None,
        )
        for row in comparison.rows
    )


def _tally(evaluation, components, user, on) -> Tally:
    recommendations = evaluation.recommendations.visible_to(user)
    if components:
        recommendations = recommendations.filter(component__in=components)
    renaksi = Renaksi.objects.visible_to(user).filter(recommendation__in=recommendations)
    tallies = renaksi.tally_by("recommendation").values()
    by_recommendation = [Progress(**tally) for tally in tallies]
    statuses = list(renaksi.order_by().values_list("status", flat=True))
    return Tally(
        recommendations=recommendations.count(),
        claimed_recommendations=sum(is_claimed(row) is True for row in by_recommendation),
        verified_recommendations=sum(is_verified(row) is True for row in by_recommendation),
        statuses={name: statuses.count(name) for name in Renaksi.Status.values if name in statuses},
        overdue=renaksi.overdue(on).count(),
    )
