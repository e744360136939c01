"""The rows of the list of LHE as they are shown: each with what it prints, and no record behind it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from recommendations.models import ComponentScore, Evaluation, RubricWeight
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import differ, total_and_grade
from recommendations.selectors.figures import KeptFigures
from sakip.converters import addresses_of
from sakip.models import User
from sakip.prepared import Prepared
from sakip.selectors.unit_tree import unit_tree

FIELDS = (
    "pk", "unit_id", "rubric_id", "performance_year", "letter_number", "reported_total", "reported_grade",
)  # fmt: skip


@dataclass(slots=True)
class ListedEvaluation:
    """`printed_total` and `printed_grade` are those of the LHE, where they are others than the computed ones."""

    url: str
    body: str
    performance_year: int
    letter_number: str
    total: Decimal | None
    grade: str | None
    printed_total: Decimal | None
    printed_grade: str | None
    progress: Progress


def listed(keys: list[int], reader: User, today: date) -> list[ListedEvaluation]:
    """Reads the rows with these keys, which the reader may see, in their order. Six queries, four more for
    a reader of some units."""
    found = {row.pk: row for row in ROWS(keys)}
    rows = [found[pk] for pk in keys if pk in found]
    weighed: dict[int, list[int]] = defaultdict(list)
    scores: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for rubric, component in WEIGHED(sorted({row.rubric_id for row in rows})):
        weighed[rubric].append(component)
    for pk, component, score in SCORES(keys):
        scores[pk][component] = score
    names, address = unit_tree(reader).names, addresses_of("recommendations:evaluation-detail")
    progress = KeptFigures(reader, today=today).progress(rows)
    nothing = Progress()
    return [
        _listed(
            row,
            *total_and_grade(weighed[row.rubric_id], scores[row.pk]),
            url=address(row.pk),
            body=names[row.unit_id],
            progress=progress.get(row.pk, nothing),
        )
        for row in rows
    ]


def _listed(row, total, grade, **shown):
    return ListedEvaluation(
        performance_year=row.performance_year,
        letter_number=row.letter_number,
        total=total,
        grade=grade,
        printed_total=row.reported_total if differ(row.reported_total, total) else None,
        printed_grade=row.reported_grade if differ(row.reported_grade or None, grade) else None,
        **shown,
    )


ROWS = Prepared(
    lambda keys: Evaluation.objects.filter(pk__in=keys).order_by().values_list(*FIELDS, named=True)
)
WEIGHED = Prepared(
    lambda rubrics: (
        RubricWeight.objects.filter(rubric__in=rubrics)
        .order_by()
        .values_list("rubric", "component")
    )
)
SCORES = Prepared(
    lambda keys: (
        ComponentScore.objects.filter(evaluation__in=keys)
        .order_by()
        .values_list("evaluation", "component", "score")
    )
)
