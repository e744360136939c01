"""Reads the figures for the draft of a Telaah Staf. The draft may state no other figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from recommendations import transitions
from recommendations.models import Evaluation, Renaksi
from recommendations.rules.grades import difference
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import Comparison, Figures, compare
from recommendations.rules.score_sentences import MOST_YEARS, Course, course_of, known_total
from recommendations.rules.status import is_claimed, is_verified
from sakip.dates import format_date
from sakip.history.entries import HistoryEntry
from sakip.numbers import list_letter, round_half_up
from sakip.roles import Role

REOPENED = "reopened"


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

    @property
    def has_fallen(self) -> bool:
        """Whether score and percent of weight both fell. A lower score of a lower weight may be better."""
        in_scale = self.share.direction if self.share else self.score.direction
        return self.score.direction == -1 and in_scale == -1


@dataclass(frozen=True, kw_only=True)
class Misprint:
    """A total printed in the LHE of a year that differs from the sum of its components."""

    year: int
    printed: Decimal
    computed: Decimal


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One renaksi. `reference` is the number and letter that the follow-up table prints: 1.b, or 4 when
    the recommendation has only one renaksi.

    `sent_back` is the action that made it RETURNED: "return" or "reopen", in the post `sent_back_by`;
    both are empty when the history does not tell.
    """

    recommendation: int
    reference: str
    unit: str
    status: str
    due_date: date | None = None
    is_overdue: bool = False
    sent_back: str = ""
    sent_back_by: str = ""

    @property
    def name(self) -> str:
        due = f"batas waktu {format_date(self.due_date)}" if self.due_date else "tanpa batas waktu"
        return f"{self.reference} ({self.unit}, {due})"

    @property
    def state(self) -> str:
        """The status, or REOPENED: reopening leads to RETURNED too, but no evaluator found a fault."""
        reopened = self.status == transitions.RETURNED and self.sent_back == "reopen"
        return REOPENED if reopened else self.status


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The renaksi of all recommendations in the order of the table, and the number of recommendations."""

    recommendations: int = 0
    items: tuple[ItemFacts, ...] = ()

    @cached_property
    def states(self) -> Counter[str]:
        return Counter(item.state for item in self.items)

    def of(self, *states) -> list[ItemFacts]:
        """The items in one of these states, the first due first; those without a date come last."""
        found = [item for item in self.items if item.state in states]
        return sorted(found, key=lambda item: item.due_date or date.max)

    @property
    def overdue(self) -> list[ItemFacts]:
        late = [item for item in self.items if item.is_overdue]
        return sorted(late, key=lambda item: item.due_date or date.max)

    @cached_property
    def _by_recommendation(self) -> list[Progress]:
        statuses = defaultdict(list)
        for item in self.items:
            statuses[item.recommendation].append(item.status)
        return [Progress.of(row) for row in statuses.values()]

    @property
    def claimed_recommendations(self) -> int:
        return sum(is_claimed(row) is True for row in self._by_recommendation)

    @property
    def verified_recommendations(self) -> int:
        return sum(is_verified(row) is True for row in self._by_recommendation)

    def count(self, *statuses) -> int:
        return sum(item.status in statuses for item in self.items)

    @property
    def renaksi(self) -> int:
        return len(self.items)

    @property
    def progress(self) -> Progress:
        return Progress.of([item.status for item in self.items])

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

    Unknown texts are empty. The regulation is also empty when the rubric is only an estimate. `course`
    is how the total moved over several years.
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
    course: Course | None = None

    @property
    def chosen(self) -> list[ComponentFacts]:
        if not self.about:
            return list(self.components)
        return [component for component in self.components if component.name in self.about]


def gather(*, evaluation, components: Iterable, user, on: date) -> EvaluationFacts:
    """Reads what `user` may see of the evaluation and the chosen components on that day. Eleven queries."""
    visible = Evaluation.objects.visible_to(user).with_scores()
    current = visible.get(pk=evaluation.pk)
    earlier = list(visible.earlier(current)[: MOST_YEARS - 1])
    comparison = compare(current, earlier[0] if earlier else None)
    chosen = list(components)
    then, now = comparison.previous, comparison.current
    known = [row for row in (then, now) if row]
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
        total=YearChange(now=known_total(now), then=known_total(then) if then else None),
        grade=now.grade or now.reported_grade,
        previous_grade=(then.grade or then.reported_grade) if then else None,
        misprints=tuple(
            Misprint(year=_year(row), printed=row.reported_total, computed=row.total)
            for row in known
            if row.total_differs
        ),
        weights_differ=comparison.rubrics_differ,
        tally=_tally(current, chosen, user, on),
        course=course_of([*reversed(earlier), current]),
    )


def _year(row: Figures) -> int:
    return row.evaluation.performance_year


def _regulation(row: Figures) -> str:
    rubric = row.evaluation.rubric
    return "" if rubric.is_estimate else rubric.regulation


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
    sizes = dict(recommendations.annotate(size=Count("renaksi")).values_list("pk", "size"))
    renaksi = Renaksi.objects.visible_to(user).filter(recommendation__in=sizes)
    rows = list(renaksi.select_related("recommendation", "lead_unit"))
    evaluation.name_units([row.lead_unit for row in rows])
    sent_back = _sent_back(row.pk for row in rows if row.status == transitions.RETURNED)
    items = [
        ItemFacts(
            recommendation=row.recommendation.number,
            reference=_reference(row, is_lettered=sizes[row.recommendation_id] > 1),
            unit=row.lead_unit.name,
            status=row.status,
            due_date=row.due_date,
            is_overdue=row.is_overdue(on),
            **sent_back.get(row.pk, {}),
        )
        for row in rows
    ]
    return Tally(recommendations=len(sizes), items=tuple(items))


def _reference(renaksi, *, is_lettered) -> str:
    number = str(renaksi.recommendation.number)
    return f"{number}.{list_letter(renaksi.position)}" if is_lettered else number


def _sent_back(keys) -> dict[int, dict[str, str]]:
    """Returns by renaksi how it became RETURNED the last time. One query."""
    content = ContentType.objects.get_for_model(Renaksi)
    rows = HistoryEntry.objects.filter(content_type=content, object_id__in=list(keys))
    rows = rows.filter(action__in=("return", "reopen")).order_by("at", "pk")
    roles = dict(Role.choices)
    return {
        key: {"sent_back": action, "sent_back_by": roles.get(role, "").lower()}
        for key, action, role in rows.values_list("object_id", "action", "actor_role")
    }
