"""The follow-up table as rows, the same for screen, paper and spreadsheet (docs/design.md §2.2)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html

from recommendations.models import Evaluation, Note, Recommendation, Renaksi
from recommendations.rules import repetition
from recommendations.rules.leaves import LeafLine
from recommendations.rules.status import STATUS_WORDS, StatusWords
from recommendations.selectors.repeated import repeated_since
from sakip.models import Unit
from sakip.numbers import list_letter
from sakip.selectors.unit_names import FormerNames


@dataclass(frozen=True)
class FollowUpItem:
    """One renaksi in a cell. `letter` is None when the recommendation has only one renaksi.

    `text` and `steps` are simple HTML. When `is_plan` is True, nothing was done yet and `text` is the
    plan.
    """

    letter: str | None
    position: int
    renaksi: Renaksi
    text: str
    is_plan: bool
    steps: tuple[str, ...]
    words: StatusWords

    @property
    def printed_status(self) -> str:
        return self.words.printed


@dataclass(frozen=True)
class FollowUpRow:
    """One recommendation. `items` are renaksi that the reader may see, `more` counts those that do not stand
    on this page, and `hidden` those that the reader may not see."""

    recommendation: Recommendation
    points: tuple[str, ...]
    items: tuple[FollowUpItem, ...]
    hidden: int
    note: Note | None
    repeated_since: int | None = None  # performance year of the first LHE with it
    more: int = 0

    @property
    def repetition(self) -> str:
        """Says since when the recommendation is repeated; empty when it is not."""
        return repetition.sentence(self.repeated_since)

    @property
    def number(self) -> int:
        return self.recommendation.number

    @property
    def heading(self) -> str:
        return self.recommendation.title

    @property
    def text(self) -> str:
        return self.recommendation.text

    @property
    def has_letters(self) -> bool:
        return len(self.items) + self.more + self.hidden > 1

    @property
    def lead(self) -> str:
        return self.recommendation.follow_up_lead


def follow_up_rows(evaluation: Evaluation, user) -> list[FollowUpRow]:
    """Returns the rows that `user` may read, sorted by number. At most nine queries.

    The units have the names that they had on the day of the LHE.
    """
    return follow_up_rows_of([evaluation], user)[evaluation.pk]


def follow_up_lines(evaluation: Evaluation, user) -> list[LeafLine]:
    """Returns only the keys of what those rows have, in their order, to choose a part of them. Two queries."""
    renaksi = Renaksi.objects.visible_to(user).filter(evaluation=evaluation)
    found = defaultdict(list)
    for recommendation, pk in renaksi.order_by("position").values_list("recommendation", "pk"):
        found[recommendation].append(pk)
    visible = Recommendation.objects.visible_to(user).filter(evaluation=evaluation)
    keys = visible.order_by("number").values_list("pk", flat=True)
    return [LeafLine(pk, tuple(found[pk])) for pk in keys]


def follow_up_rows_of(evaluations: Sequence[Evaluation], user) -> dict[int, list[FollowUpRow]]:
    """Returns the same as `follow_up_rows` for many evaluations, by their keys, with as many queries."""
    visible = Recommendation.objects.visible_to(user).filter(
        evaluation__in=[evaluation.pk for evaluation in evaluations]
    )
    recommendations = list(visible.with_renaksi(user))
    by_key = {evaluation.pk: evaluation for evaluation in evaluations}
    found: dict[int, list[FollowUpRow]] = {pk: [] for pk in by_key}
    since, names = repeated_since(recommendations), former_names_of(by_key.values())
    for recommendation in recommendations:
        evaluation = by_key[recommendation.evaluation_id]
        units = [evaluation.unit, recommendation.evaluation.unit, *units_of(recommendation)]
        names.put_on(units, evaluation.named_on)
        found[evaluation.pk].append(follow_up_row(recommendation, since.get(recommendation.pk)))
    return found


def former_names_of(evaluations: Iterable[Evaluation]) -> FormerNames:
    """The former names of units, asked once: those that the first evaluation has loaded or will use."""
    first = next(iter(evaluations), None)
    return first.former_names if first else FormerNames()


def renamed_units(evaluation, rows) -> list[tuple[str, str]]:
    """What units were called on the day of the LHE and are called now, of those that were renamed since."""
    units = [evaluation.unit, *(unit for row in rows for unit in units_of(row.recommendation))]
    return sorted({(str(unit), unit.later_name) for unit in units if unit.later_name})


def units_of(recommendation) -> list[Unit]:
    """The units with a part in its renaksi. Makes no query when loaded with `with_renaksi(user)`."""
    return [
        unit
        for renaksi in recommendation.seen_renaksi
        for unit in (renaksi.lead_unit, *renaksi.supporting_units.all())
    ]


def follow_up_row(recommendation: Recommendation, since: int | None = None) -> FollowUpRow:
    """The recommendation must be loaded with `with_renaksi(user)`; then this makes no query."""
    loaded = recommendation.seen_renaksi
    lettered = recommendation.renaksi_count > 1
    return FollowUpRow(
        recommendation=recommendation,
        points=tuple(point.text for point in recommendation.points.all()),
        items=tuple(
            follow_up_item(renaksi, lettered, tuple(step.text for step in renaksi.steps.all()))
            for renaksi in loaded
        ),
        hidden=recommendation.renaksi_count - len(loaded),
        note=getattr(recommendation, "note", None),
        repeated_since=since,
    )


def follow_up_item(renaksi: Renaksi, lettered: bool, steps: tuple[str, ...]) -> FollowUpItem:
    text = renaksi.follow_up or _reason(renaksi)
    return FollowUpItem(
        letter=list_letter(renaksi.position) if lettered else None,
        position=renaksi.position,
        renaksi=renaksi,
        text=text or renaksi.plan,
        is_plan=not text and bool(renaksi.plan),
        steps=steps,
        words=STATUS_WORDS[renaksi.status],
    )


def _reason(renaksi):
    if not renaksi.not_actionable_reason:
        return ""
    return format_html("<p>Tidak dapat ditindaklanjuti: {}</p>", renaksi.not_actionable_reason)
