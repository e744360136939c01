"""Computes the findings on Telaah Staf (docs/design.md §2.6), for `sakip.consistency`."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from recommendations.models import Recommendation
from reports.models import TelaahStaf
from reports.permissions import telaah_staf_policy
from reports.rules.memo_consistency import check_memo, items_of, named
from sakip.consistency.kinds import FindingTarget, Found, Kind, register
from sakip.models import ChangedScope


def on_memos(evaluations: Collection[int]) -> Iterator[Found]:
    """Findings on the drafts of these evaluations and on those in force. At most eight queries."""
    rows = TelaahStaf.objects.filter(evaluation__in=evaluations).drafts_and_in_force()
    memos = rows.select_related("evaluation__unit").prefetch_related(
        "components", "sections__blocks"
    )
    memos = list(memos.order_by("evaluation", "pk"))
    found = defaultdict(list)
    for row in _recommendations({memo.evaluation_id for memo in memos}):
        found[row.evaluation_id].append(row)
    for memo in memos:
        chosen = {component.pk for component in memo.components.all()}
        told = [
            row for row in found[memo.evaluation_id] if not chosen or row.component_id in chosen
        ]
        for finding in check_memo(memo, items_of(told)):
            yield Found(memo.evaluation_id, memo.evaluation.unit_id, finding)


def _recommendations(evaluations):
    rows = Recommendation.objects.filter(evaluation__in=evaluations)
    return rows.prefetch_related("points", "renaksi__recommendation").order_by("number")


def _evaluations():
    return TelaahStaf.objects.order_by().values_list("evaluation", flat=True).distinct()


register(
    kinds=[Kind("memos", ChangedScope.Subject.EVALUATION, _evaluations, on_memos)],
    targets=[
        FindingTarget(
            TelaahStaf,
            telaah_staf_policy,
            lambda pks: TelaahStaf.objects.filter(pk__in=pks).select_related("evaluation__unit"),
            lambda telaah_staf, detail: named(telaah_staf),
        )
    ],
)
