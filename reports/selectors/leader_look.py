"""What the leader's page shows at one look: units with their bars, the latest items, the score, three figures."""

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from recommendations import transitions
from recommendations.models import Renaksi
from recommendations.rules import grades
from reports.selectors import leader_words as words
from reports.selectors.leader_headline import about_group, page_of, rows, to_next
from reports.selectors.leader_summary import Group, Summary
from sakip.charts import Chart, ChartKind, Point, ScaleBand, Series, strips
from sakip.numbers import format_number
from sakip.richtext import plain_text

# The parts of a bar, from what is finished to what was not begun.
PARTS = (
    transitions.DONE,
    transitions.SUBMITTED,
    transitions.RETURNED,
    transitions.IN_PROGRESS,
    transitions.OPEN,
)
LABELS = dict(Renaksi.Status.choices)
PLAN_LENGTH = 90


@dataclass(frozen=True)
class GroupLine:
    """A unit, or a body with its score. An address is empty when the figure is 0.

    `late_names` says who of the sum of a rest is late.
    """

    name: str
    late_names: str
    full_name: str
    url: str
    group: Group
    strip: SafeString
    days_late: int | None
    links: dict[str, str]
    score: str = ""


@dataclass(frozen=True)
class Legend:
    label: str
    count: int
    url: str
    swatch: SafeString


@dataclass(frozen=True)
class LateItem:
    number: str
    plan: str
    where: str
    days: int
    url: str


@dataclass(frozen=True)
class Quiet:
    value: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class ComponentLine:
    name: str
    percent: Decimal
    change: Decimal | None


def lines(found: Summary) -> list[GroupLine]:
    longest = max((group.progress.countable for group in found.lines), default=0)
    return [_line(found, group, longest) for group in found.lines]


def _line(found, group, longest):
    about = about_group(found, group)
    counts = [(status, getattr(group.figures, status)) for status in PARTS]
    said = ", ".join(f"{number} {LABELS[status].lower()}" for status, number in counts if number)
    oldest = group.figures.oldest_due
    return GroupLine(
        name=words.name_of(found, group),
        late_names=words.late_names(found, group),
        full_name=_full_name(found, group),
        url=_page(found, group, about),
        group=group,
        strip=strips.strip(counts, longest, said or "belum ada rencana aksi"),
        days_late=(found.today - oldest).days if oldest and group.overdue else None,
        links=_links(found, group, about),
        score=_score(found, group),
    )


def _full_name(found, group):
    if group.subject is None:
        return ""
    return (group.subject if found.evaluation else group.subject.unit).name


def _page(found, group, about):
    if group.subject is None:
        return ""
    if found.evaluation:
        return rows(found, group.total, **about)
    return page_of(group.subject.unit, found.chosen_year)


def _links(found, group, about):
    if group.subject is None:
        return {}
    progress = group.progress
    return {
        "claimed": rows(found, progress.claimed, **about, status="claimed"),
        "countable": rows(found, progress.countable, **about, status="countable"),
        "late": rows(found, group.overdue, **about, batas="overdue"),
    }


def _score(found, group):
    comparison = found.comparisons.get(group.subject.pk) if not found.evaluation else None
    if comparison is None or comparison.current_total is None:
        return ""
    return f"{format_number(comparison.current_total)} {comparison.current_grade or ''}".strip()


def legend(found: Summary) -> list[Legend]:
    """The statuses that occur in the bars, with their numbers."""
    return [
        Legend(
            LABELS[status],
            count,
            rows(found, count, status=status),
            strips.swatch(status),
        )
        for status in PARTS
        if (count := found.statuses[status])
    ]


def late_items(found: Summary) -> list[LateItem]:
    return [_late_item(found, row) for row in found.late]


def _late_item(found, row):
    said = Truncator(plain_text(row.plan)).chars(PLAN_LENGTH) or row.recommendation.title
    body = "" if found.evaluation else f"{row.recommendation.evaluation.unit} · "
    return LateItem(
        number=str(row).removeprefix("Renaksi "),
        plan=said,
        where=f"{body}{row.lead_unit} · {row.get_status_display().lower()}",
        days=(found.today - row.due_date).days,
        url=row.get_absolute_url(),
    )


def quiet(found: Summary) -> list[Quiet]:
    waiting, closing = found.waiting, found.closing
    days = waiting.evaluator_days
    oldest = "" if days is None else f", paling lama {format_number(days, 0)} hari"
    return [
        Quiet(
            format_number(waiting.evaluator, 0),
            f"menunggu reviu{oldest}",
            rows(found, waiting.evaluator, status="submitted"),
        ),
        Quiet(
            format_number(waiting.coordinator, 0),
            "permintaan perpanjangan",
            rows(found, waiting.coordinator, perpanjangan="on"),
        ),
        Quiet(
            "–" if closing.from_letter is None else f"{format_number(closing.from_letter, 0)} hari",
            "rata-rata dari LHE sampai selesai",
            rows(found, closing.count, status="closed"),
        ),
    ]


def components(found: Summary) -> list[ComponentLine]:
    """Percent of the weight, the lowest first: they can be compared, also when the weights changed."""
    if found.comparison is None:
        return []
    lines = [
        ComponentLine(str(row.component), row.current_percent, row.points_change)
        for row in found.comparison.rows
        if row.current_percent is not None
    ]
    return sorted(lines, key=attrgetter("percent"))


def unit_chart(found: Summary) -> Chart:
    """The same bars for paper."""
    groups = found.lines
    return Chart(
        kind=ChartKind.STACKED,
        title="Unit, yang paling tertinggal di atas"
        if found.evaluation
        else "Perangkat daerah, yang paling tertinggal di atas",
        key="unit-batang",
        categories=[words.name_of(found, group) for group in groups],
        series=[
            Series(
                LABELS[status],
                [Point(getattr(group.figures, status), places=0) for group in groups],
                look=status,
            )
            for status in PARTS
            if found.statuses[status]
        ],
        notes=[note(found, group) for group in groups],
    )


def note(found: Summary, group: Group) -> str:
    """Returns “1 dari 3 sudah; 2 terlambat, 20 hari”."""
    oldest = group.figures.oldest_due
    progress = group.progress
    done = f"{format_number(progress.claimed, 0)} dari {format_number(progress.countable, 0)} sudah"
    if not group.overdue or not oldest:
        return done
    late, days = format_number(group.overdue, 0), format_number((found.today - oldest).days, 0)
    return f"{done}; {late} terlambat, {days} hari"


def score_chart(found: Summary) -> Chart:
    """The totals of the last years on the bands of the grades, with the line of the next grade."""
    years = dict(found.scores)
    span = range(min(years), max(years) + 1) if years else []
    low, high, bands = _bands(list(years.values()))
    latest = found.scores[-1][1] if found.scores else Decimal(0)
    step = grades.next_grade(latest) if 0 < latest <= 100 else None
    return Chart(
        kind=ChartKind.LINES,
        title=f"Nilai {len(span)} tahun" if len(span) > 1 else "Nilai",
        key="nilai-tahun",
        categories=[str(year) for year in span],
        series=[Series("Nilai SAKIP", [Point(years.get(year)) for year in span])],
        low=low,
        high=high,
        bands=bands,
        goal=(step.low, to_next(latest)) if step else None,
    )


def _bands(totals):
    """From the grade of the lowest total to a part of the grade above the highest."""
    known = [total for total in totals if 0 <= total <= 100]
    if not known:
        return None, None, ()
    lowest = grades.grade_bounds(grades.grade(min(known)))
    highest = grades.grade_bounds(grades.grade(max(known)))
    above = grades.next_grade(max(known))
    high = min(highest.high + 4, Decimal(100)) if above else highest.high
    shown = [step for step in grades.GRADES if step.high > lowest.low and step.low < high]
    return lowest.low, high, [ScaleBand(step.code, step.low, step.high) for step in reversed(shown)]
