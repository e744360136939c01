"""The province at a glance: each body with its score, its weakest component and the state of its work.

The same rows are printed on the page and in the report. Their number of queries is constant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from recommendations.models import Component, Evaluation
from recommendations.permissions import evaluation_policy
from recommendations.rules import grades
from recommendations.rules.figures import FollowUpFigures, summed
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import Comparison, ComparisonRow, compare
from recommendations.selectors.figures import KeptFigures
from sakip.models import Unit

MOST_COMPONENTS = 6  # most columns of the heat table; the components of most bodies come first


@dataclass(frozen=True)
class BodyWork:
    """The renaksi of a body or of one component. `oldest` is the due date of the one that is longest late."""

    total: int = 0
    progress: Progress = Progress()
    overdue: int = 0
    waiting: int = 0
    oldest: date | None = None

    def days_late(self, today: date) -> int | None:
        return (today - self.oldest).days if self.oldest else None


@dataclass(frozen=True)
class BodyRow:
    """One body. `evaluation` is the LHE whose score is shown, None when there is none.

    `missing` says which LHE is expected and not there. `work` counts the renaksi of `evaluation` and, when
    no year was chosen, of later LHE of the body. `of_fallen` is the part of it for the component that fell
    most. `repeated` counts recommendations that were already made in an earlier LHE.
    """

    body: Unit
    evaluation: Evaluation | None = None
    comparison: Comparison | None = None
    missing: str = ""
    work: BodyWork | None = None
    of_fallen: BodyWork | None = None
    repeated: int = 0

    @property
    def total(self) -> Decimal | None:
        return self.comparison.current_total if self.comparison else None

    @property
    def grade(self) -> str | None:
        return self.comparison.current_grade if self.comparison else None

    @property
    def previous_grade(self) -> str | None:
        return self.comparison.previous_grade if self.comparison else None

    @property
    def previous_year(self) -> int | None:
        """Returns the performance year of the LHE with which the score is compared."""
        previous = self.comparison.previous if self.comparison else None
        return previous.evaluation.performance_year if previous else None

    @property
    def change(self) -> Decimal | None:
        return self.comparison.total_change if self.comparison else None

    @property
    def fallen(self) -> ComparisonRow | None:
        return self.comparison.steepest if self.comparison else None

    @property
    def fall(self) -> Decimal | None:
        return self.comparison.fall_of(self.fallen) if self.comparison and self.fallen else None

    @property
    def is_fall_in_percent(self) -> bool:
        return bool(self.comparison and self.comparison.rubrics_differ)

    @cached_property
    def percents(self) -> Mapping[int, Decimal]:
        """Returns the score in percent of the weight, by the key of the component."""
        rows = self.comparison.rows if self.comparison else ()
        return {
            row.component.pk: row.current_percent for row in rows if row.current_percent is not None
        }

    @property
    def overdue(self) -> int:
        return self.work.overdue if self.work else 0


@dataclass(frozen=True, kw_only=True)
class Province:
    """`rows` are sorted by name. `year` is None when each body is shown with its own latest scored LHE.

    `newest` is the latest performance year of a scored LHE here. `components` are the columns of the heat
    table, `further` the components for which it has no room.
    """

    today: date
    year: int | None = None
    newest: int | None = None
    rows: list[BodyRow] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    further: list[Component] = field(default_factory=list)

    @property
    def grades(self) -> list[tuple[str, int]]:
        return _counted(row.grade for row in self.rows)

    @property
    def previous_grades(self) -> list[tuple[str, int]]:
        """Returns the grades of the LHE with which the shown ones are compared."""
        return _counted(row.previous_grade for row in self.rows)

    @property
    def fell(self) -> int:
        return sum((row.change or 0) < 0 for row in self.rows)

    @property
    def rose(self) -> int:
        return sum((row.change or 0) > 0 for row in self.rows)

    @property
    def without(self) -> int:
        return sum(row.evaluation is None for row in self.rows)

    @property
    def repeated(self) -> int:
        return sum(row.repeated for row in self.rows)

    @property
    def work(self) -> BodyWork:
        return total_of(row.work for row in self.rows if row.work)


def province(user, *, today: date, year: int | None = None, body: Unit | None = None) -> Province:
    """Returns the bodies within reach, or only `body`; without `year`, each with its own latest scored LHE.

    Every body has a row, also one without an LHE. Nothing for a person who may not read whole LHE.
    """
    visible = evaluation_policy.filter(Evaluation.objects.all(), user, "print")
    shown, working = _chosen(visible, year)
    bodies = _bodies(user, {row.unit_id for row in (*shown, *working)})
    bodies = [row for row in bodies if body is None or row == body]
    newest = visible.scored().order_by("-performance_year").first()
    figures = _comparisons(visible, shown)
    kept = KeptFigures(user, today=today)
    work, repeated = _work(kept, working), _repeated(kept, working)
    found = {row.unit_id: row for row in shown}
    known: dict[int, int] = {}
    for row in working:
        known[row.unit_id] = max(row.performance_year, known.get(row.unit_id, 0))
    expected = year or (newest.performance_year if newest else None)
    rows = [
        BodyRow(
            body=body,
            **_scores(found.get(body.pk), figures, work.get(body.pk, {})),
            missing=_missing(found.get(body.pk), figures, known.get(body.pk), expected),
            work=total_of(work.get(body.pk, {}).values()) if body.pk in known else None,
            repeated=repeated.get(body.pk, 0),
        )
        for body in bodies
    ]
    components = _components(rows)
    return Province(
        today=today,
        year=year,
        newest=newest.performance_year if newest else None,
        rows=rows,
        components=_in_order(components[:MOST_COMPONENTS]),
        further=_in_order(components[MOST_COMPONENTS:]),
    )


def _chosen(visible, year):
    """Returns the evaluations that are shown, and those whose renaksi are counted. Two queries."""
    if year is not None:
        rows = list(visible.filter(performance_year=year))
        return rows, rows
    active = visible.in_use()
    return list(active.current()), list(active.at_work())


def bodies_of(user):
    """Returns the active bodies within reach; none for a person who may not read whole LHE."""
    if not evaluation_policy.check(user, "print"):
        return Unit.objects.none()
    rows = Unit.objects.active().bodies()
    return rows if user.reach is None else rows.filter(pk__in=user.reach)


def _bodies(user, evaluated):
    """Returns these bodies and whatever else has an LHE that is shown. One query."""
    rows = Unit.objects.filter(Q(pk__in=bodies_of(user).values("pk")) | Q(pk__in=evaluated))
    return list(rows.order_by("name", "pk"))


def _comparisons(visible, shown) -> dict[int, Comparison]:
    """Returns by evaluation the comparison with the nearest earlier scored LHE of the body."""
    before = visible.keys_before(shown)
    keys = {row.pk for row in shown} | set(before.values())
    loaded = visible.with_scores().in_bulk(keys)
    return {row.pk: compare(loaded[row.pk], loaded.get(before.get(row.pk))) for row in shown}


def _work(kept, working) -> dict[int, dict[int | None, BodyWork]]:
    """Returns the renaksi by body and component."""
    bodies = {row.pk: row.unit_id for row in working}
    parts: dict[int, list] = defaultdict(list)
    for row in kept.counted(working):
        parts[bodies[row.evaluation]].append(row)
    return {
        body: {key: _as_work(figures) for key, figures in summed(rows, "component").items()}
        for body, rows in parts.items()
    }


def _as_work(figures: FollowUpFigures) -> BodyWork:
    waiting = figures.submitted
    return BodyWork(figures.total, figures.progress, figures.overdue, waiting, figures.oldest_due)


def _repeated(kept, working) -> Counter[int]:
    """Returns the number of repeated recommendations by body."""
    bodies = {row.pk: row.unit_id for row in working}
    found: Counter[int] = Counter()
    for key, number in kept.repeated(working).items():
        found[bodies[key]] += number
    return found


def _scores(evaluation, figures, parts):
    comparison = figures[evaluation.pk] if evaluation else None
    fallen = comparison.steepest if comparison else None
    of_fallen = parts.get(fallen.component.pk, BodyWork()) if fallen else None
    return {"evaluation": evaluation, "comparison": comparison, "of_fallen": of_fallen}


def _missing(evaluation, figures, known, expected) -> str:
    """Says which LHE is expected and lacks; `known` is the latest year for which the body has one."""
    if evaluation is not None and figures[evaluation.pk].current_total is None:
        return f"LHE {evaluation.performance_year} belum bernilai"
    if expected is None:
        return "" if evaluation else "belum ada LHE"
    if evaluation is None or (known or 0) < expected:
        return f"LHE {expected} belum dicatat"
    return f"LHE {expected} belum bernilai" if evaluation.performance_year < expected else ""


def total_of(parts: Iterable[BodyWork]) -> BodyWork:
    parts = list(parts)
    days = [part.oldest for part in parts if part.oldest]
    return BodyWork(
        sum(part.total for part in parts),
        Progress(
            *(
                sum(getattr(part.progress, name) for part in parts)
                for name in ("countable", "claimed", "verified")
            )
        ),
        sum(part.overdue for part in parts),
        sum(part.waiting for part in parts),
        min(days, default=None),
    )


def _components(rows) -> list[Component]:
    """Returns the components with a figure, those of most bodies first."""
    known = {
        line.component.pk: line.component
        for row in rows
        if row.comparison
        for line in row.comparison.rows
    }
    counts = Counter(key for row in rows for key in row.percents)
    keys = sorted(counts, key=lambda key: (-counts[key], known[key].position, known[key].name))
    return [known[key] for key in keys]


def _in_order(components):
    return sorted(components, key=lambda row: (row.position, row.name))


def _counted(found) -> list[tuple[str, int]]:
    """Returns the grades that occur with their numbers, best first."""
    counts = Counter(found)
    return [(step.code, counts[step.code]) for step in grades.GRADES if counts[step.code]]


def level(percent: Decimal) -> int:
    """Returns the step of the heat table, 1 (D or C) to 5 (A or AA), with the limits of the grades."""
    code = grades.grade(min(max(percent, Decimal(0)), Decimal(100)))
    return {"CC": 2, "B": 3, "BB": 4, "A": 5, "AA": 5}.get(code, 1)
