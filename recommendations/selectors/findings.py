"""Computes the findings on evaluations, notes and renaksi (docs/design.md §2.6), for `sakip.consistency`."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import F

from recommendations.models import Evaluation, Recommendation, Renaksi, Rubric
from recommendations.permissions import evaluation_policy, recommendation_policy, renaksi_policy
from recommendations.rules.consistency import (
    check_evaluation,
    check_note,
    check_renaksi,
    named,
    none_verified,
)
from sakip.consistency import marks
from sakip.consistency.kinds import FindingTarget, Found, Kind, register
from sakip.models import ChangedScope, Unit, User
from sakip.prepared import Prepared, attach

BODY, EVALUATION = ChangedScope.Subject.BODY, ChangedScope.Subject.EVALUATION


def on_scores(bodies: Collection[int]) -> Iterator[Found]:
    """Findings on the scores of every evaluation of these bodies. At most five queries."""
    rows = Evaluation.objects.filter(unit__in=bodies).with_scores()
    evaluations = {row.pk: row for row in rows.order_by("unit", "performance_year")}
    before = Evaluation.objects.keys_before(evaluations.values())
    for row in evaluations.values():
        for finding in check_evaluation(row, evaluations.get(before.get(row.pk))):
            yield Found(row.unit_id, row.unit_id, finding)


def on_follow_up(evaluations: Collection[int]) -> Iterator[Found]:
    """Findings on the notes and renaksi of these evaluations. At most ten queries."""
    renaksi = Renaksi.objects.filter(recommendation__evaluation__in=evaluations).for_table()
    statuses: dict[Evaluation, list[str]] = {}
    for row in renaksi.prefetch_related("recommendation__points").order_by(
        "recommendation__evaluation", "recommendation__number", "position"
    ):
        evaluation = row.recommendation.evaluation
        statuses.setdefault(evaluation, []).append(row.status)
        yield from _found(evaluation, check_renaksi(row))
    for evaluation, found in statuses.items():
        yield from _found(evaluation, none_verified(evaluation, found))
    recommendations = Recommendation.objects.filter(evaluation__in=evaluations).with_note()
    for row in recommendations.order_by("evaluation", "number"):
        yield from _found(row.evaluation, check_note(row))


def _found(evaluation, findings):
    for finding in findings:
        yield Found(evaluation.pk, evaluation.unit_id, finding)


def _bodies():
    return Evaluation.objects.order_by().values_list("unit", flat=True).distinct()


def _evaluations():
    return Evaluation.objects.order_by("pk").values_list("pk", flat=True)


def _renaksi(pks) -> list[Renaksi]:
    """These renaksi with their names and units, by questions that are put together once."""
    keys, helping = sorted(pks), defaultdict(list)
    for unit in HELPING(keys):
        helping[unit.renaksi].append(unit)
    found = RENAKSI(keys)
    for row in found:
        attach(row, "supporting_units", helping[row.pk])
    return found


RENAKSI = Prepared(
    lambda keys: (
        Renaksi.objects.filter(pk__in=keys)
        .select_related("recommendation__evaluation__unit")
        .order_by()
    )
)
HELPING = Prepared(
    lambda keys: Unit.objects.filter(supported_renaksi__in=keys).annotate(
        renaksi=F("supported_renaksi")
    )
)


def _of_rubrics(pks):
    rows = Evaluation.objects.filter(rubric__in=pks).order_by().values_list("unit", flat=True)
    return [(BODY, key) for key in rows.distinct()]


def _of_people(pks):
    """Who is in charge of a renaksi must have a part in it."""
    rows = Renaksi.objects.filter(person__in=pks).order_by()
    keys = rows.values_list("recommendation__evaluation", flat=True).distinct()
    return [(EVALUATION, key) for key in keys]


marks.register(Rubric, _of_rubrics)
marks.register(User, _of_people)
register(
    kinds=[
        Kind("scores", BODY, _bodies, on_scores),
        Kind("follow_up", EVALUATION, _evaluations, on_follow_up),
    ],
    targets=[
        FindingTarget(
            Evaluation,
            evaluation_policy,
            lambda pks: Evaluation.objects.select_related("unit").filter(pk__in=pks),
            lambda evaluation, detail: str(evaluation),
        ),
        FindingTarget(
            Recommendation,
            recommendation_policy,
            lambda pks: Recommendation.objects.filter(pk__in=pks).select_related(
                "component", "evaluation__unit"
            ),
            lambda recommendation, detail: named(recommendation),
        ),
        FindingTarget(
            Renaksi,
            renaksi_policy,
            _renaksi,
            lambda renaksi, detail: named(renaksi),
        ),
    ],
)
