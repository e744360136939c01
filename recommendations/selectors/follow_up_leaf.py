"""A leaf of the follow-up table, or of the renaksi of one recommendation, as a page shows it.

Papers read whole records (`with_renaksi`). A page reads only what stands on it, by questions that are put
together once (`sakip/prepared.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from recommendations.models import (
    Evaluation,
    Note,
    NotePhoto,
    Recommendation,
    RecommendationPoint,
    Renaksi,
    Step,
    SupportingUnit,
)
from recommendations.permissions import recommendation_policy
from recommendations.rules.leaves import LeafLine
from recommendations.selectors.follow_up_table import FollowUpRow, follow_up_item
from recommendations.selectors.repeated import repeated_since
from sakip.models import Unit, User
from sakip.prepared import Prepared, attach

SHOWN = (
    "recommendation", "position", "plan", "follow_up", "not_actionable_reason", "status", "lead_unit",
    "due_date",
)  # fmt: skip


@dataclass(frozen=True)
class FollowUpLeaf:
    """`renamed` are pairs of the name of a unit on the day of the LHE and the present one."""

    rows: list[FollowUpRow]
    renamed: list[tuple[str, str]]


def seen_recommendation(user: User, pk: int) -> Recommendation | None:
    """What `visible_to(user)` has under this key; None when there is nothing. One query."""
    found = WHOLE.first(pk)
    is_seen = found and recommendation_policy.check(user, "view", found)
    return found if is_seen else None


def follow_up_leaf(evaluation: Evaluation, lines: Sequence[LeafLine], most: int) -> FollowUpLeaf:
    """The rows of these lines, which the reader may see, each with its first `most` renaksi. At most ten queries."""
    recommendations = RECOMMENDATIONS([line.recommendation for line in lines])
    for recommendation in recommendations:
        recommendation.evaluation = evaluation
    shown = [pk for line in lines for pk in line.renaksi[:most]]
    seen = {line.recommendation: len(line.renaksi) for line in lines}
    return leaf_rows(evaluation, recommendations, shown, seen)


def leaf_rows(
    evaluation: Evaluation,
    recommendations: Sequence[Recommendation],
    shown: list[int],
    seen: dict[int, int],
) -> FollowUpLeaf:
    """The same of loaded recommendations. `shown` are the keys of the renaksi on the page, `seen` how many the
    reader may see of each recommendation."""
    keys = [one.pk for one in recommendations]
    renaksi, units = _renaksi(recommendations, shown)
    evaluation.name_units(units)
    numbers, points, notes = dict(NUMBERS(keys)), _texts(POINTS(keys)), _notes(keys)
    since, steps = repeated_since(recommendations), _texts(STEPS(shown))
    rows = []
    for one in recommendations:
        number = numbers.get(one.pk, 0)
        one.renaksi_count = number
        items = [follow_up_item(row, number > 1, tuple(steps[row.pk])) for row in renaksi[one.pk]]
        row = FollowUpRow(
            recommendation=one,
            points=tuple(points[one.pk]),
            items=tuple(items),
            hidden=number - seen.get(one.pk, 0),
            note=notes.get(one.pk),
            repeated_since=since.get(one.pk),
            more=seen.get(one.pk, 0) - len(items),
        )
        rows.append(row)
    named = [evaluation.unit, *units]
    return FollowUpLeaf(
        rows, sorted({(str(unit), unit.later_name) for unit in named if unit.later_name})
    )


def _renaksi(recommendations, shown):
    """The renaksi by recommendation, and the units with a part in them."""
    by_key = {one.pk: one for one in recommendations}
    rows, found = RENAKSI(shown), defaultdict(list)
    helping = {unit for (unit,) in SUPPORT(shown)}
    units = {unit.pk: unit for unit in UNITS(sorted(helping | {row.lead_unit_id for row in rows}))}
    for row in rows:
        row.recommendation, row.lead_unit = by_key[row.recommendation_id], units[row.lead_unit_id]
        found[row.recommendation_id].append(row)
    return found, list(units.values())


def _texts(rows) -> dict[int, list[str]]:
    """The texts of each record, from pairs of its key and a text."""
    found = defaultdict(list)
    for pk, text in rows:
        found[pk].append(text)
    return found


def _notes(keys) -> dict[int, Note]:
    found = {note.recommendation_id: note for note in NOTES(keys)}
    photos = defaultdict(list)
    for photo in PHOTOS([note.pk for note in found.values()]):
        photos[photo.note_id].append(photo)
    for note in found.values():
        attach(note, "photos", photos[note.pk], "note")
    return found


WHOLE = Prepared(
    lambda pk: (
        Recommendation.objects.filter(pk=pk)
        .select_related(
            "component", "evaluation__unit", "previous__evaluation", "previous__component"
        )
        .order_by()
    )
)
RECOMMENDATIONS = Prepared(
    lambda keys: (
        Recommendation.objects.filter(pk__in=keys).select_related("component").order_by("number")
    )
)
RENAKSI = Prepared(
    lambda keys: (
        Renaksi.objects.filter(pk__in=keys).only(*SHOWN).with_evidence().order_by("position")
    )
)
SUPPORT = Prepared(
    lambda keys: SupportingUnit.objects.filter(renaksi__in=keys).values_list("unit").distinct()
)
UNITS = Prepared(lambda keys: Unit.objects.filter(pk__in=keys))
NUMBERS = Prepared(
    lambda keys: (
        Renaksi.objects.filter(recommendation__in=keys)
        .order_by()
        .values_list("recommendation")
        .annotate(Count("pk"))
    )
)
POINTS = Prepared(
    lambda keys: (
        RecommendationPoint.objects.filter(recommendation__in=keys)
        .order_by("position")
        .values_list("recommendation", "text")
    )
)
STEPS = Prepared(
    lambda keys: (
        Step.objects.filter(renaksi__in=keys).order_by("position").values_list("renaksi", "text")
    )
)
NOTES = Prepared(lambda keys: Note.objects.filter(recommendation__in=keys))
PHOTOS = Prepared(lambda notes: NotePhoto.objects.filter(note__in=notes))
