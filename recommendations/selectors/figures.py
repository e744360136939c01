"""Reads the kept figures of the follow-up, within the reader's reach. No query reads all renaksi.

What is kept counts what a unit leads. What a reader sees only because one of the units supports it is
counted from the records: there is little of it. So is an evaluation whose figures could not be renewed.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date
from functools import cached_property, reduce
from operator import add

from django.db.models import Count, F, Q, QuerySet, Sum

from recommendations.figures import counting, keeping
from recommendations.models import CountedEvaluation, Evaluation, FollowUpCount, Renaksi
from recommendations.permissions import daily_count_policy, evaluation_policy, renaksi_policy
from recommendations.rules.figures import LATE, NAMES, Counted, FollowUpFigures, summed
from recommendations.rules.progress import Progress
from sakip.policy import Units
from sakip.prepared import Prepared

LEAD = Units(lead="lead_unit")
OF_LATE = reduce(add, map(F, LATE))


class KeptFigures:
    """The figures that one person may see, on one day. Renews first what no longer holds."""

    def __init__(self, user, *, today: date):
        self.user, self.today = user, today

    @cached_property
    def _left(self) -> set[int]:
        """The evaluations that have to be counted from the records."""
        return keeping.renewed_if_possible(self.today)

    def counted(self, evaluations: Collection[Evaluation], *, by_unit=False) -> list[Counted]:
        """The figures of the renaksi of these evaluations, to be added up.

        With `by_unit` each row is about one lead unit; without, a row of an evaluation that the reader
        sees whole is about all units together. One query, four more for a reader of some units.
        """
        kept = [row for row in evaluations if row.pk not in self._left]
        whole = {row.pk for row in kept if evaluation_policy.check(self.user, "print", row)}
        parts, left = {row.pk for row in kept} - whole, {row.pk for row in evaluations} & self._left
        found = []
        if whole:
            found += _counted((BY_UNIT if by_unit else TOGETHER)(sorted(whole)))
        if parts:
            rows = FollowUpCount.objects.filter(self._led(FollowUpCount), evaluation__in=parts)
            found += _counted(_read(rows.filter(lead_unit__isnull=False)))
            found += self._count(self._only_supported(), parts)
        if left:
            found += self._count(Renaksi.objects.visible_to(self.user), left)
        return found

    def progress(self, evaluations: Collection[Evaluation]) -> dict[int, Progress]:
        """How far the follow-up of each of these is, by key; those without renaksi are absent. As `counted`."""
        found = summed(self.counted(evaluations), "evaluation")
        return {pk: figures.progress for pk, figures in found.items() if pk is not None}

    def overdue(self) -> int:
        """The number of late renaksi of all years. One query, two more for a reader of some units."""
        kept, records = self._late()
        number = sum(rows.aggregate(number=Sum(OF_LATE, default=0))["number"] for rows in kept)
        return number + sum(rows.count() for rows in records)

    def overdue_by_body(self) -> Counter[int]:
        """The same by body; those without are absent. As many queries."""
        kept, records = self._late()
        found: Counter[int] = Counter()
        for rows in kept:
            by_body = rows.order_by().values_list("evaluation__unit")
            found.update(dict(by_body.annotate(number=Sum(OF_LATE)).filter(number__gt=0)))
        for late in records:
            found.update(dict(late.values_list("body").annotate(Count("pk"))))
        return found

    def _late(self) -> tuple[list[QuerySet[FollowUpCount]], list[QuerySet[Renaksi]]]:
        """The kept rows that count what is late within reach, and the late renaksi that none of them counts."""
        rows = FollowUpCount.objects.exclude(evaluation__in=self._left)
        whole = self._whole(FollowUpCount, "evaluation__unit")
        late = Renaksi.objects.overdue(self.today).order_by()
        kept, records = [rows.filter(whole, lead_unit=None)], []
        if self.user.reach is not None:
            led = rows.filter(self._led(FollowUpCount), lead_unit__isnull=False)
            kept.append(led.exclude(whole))
            elsewhere = self._only_supported().exclude(self._whole(Renaksi, "body"))
            helped = late.filter(pk__in=elsewhere.values("pk"))
            records.append(helped.exclude(evaluation__in=self._left))
        if self._left:
            records.append(late.visible_to(self.user).filter(evaluation__in=self._left))
        return kept, records

    def repeated(self, evaluations: Collection[Evaluation]) -> dict[int, int]:
        """The number of repeated recommendations of evaluations that the reader sees whole, by key."""
        keys = {row.pk for row in evaluations}
        rows = CountedEvaluation.objects.filter(pk__in=keys - self._left, repeated__gt=0)
        return dict(rows.values_list("pk", "repeated")) | counting.repeated(keys & self._left)

    def _count(self, rows, evaluations) -> list[Counted]:
        return counting.count(rows.filter(evaluation__in=evaluations), self.today)

    def _whole(self, model, body) -> Q:
        return evaluation_policy.condition(model, self.user, "print", units=Units(body=body))

    def _led(self, model) -> Q:
        return daily_count_policy.condition(model, self.user, "view", units=LEAD)

    def _only_supported(self) -> QuerySet[Renaksi]:
        supported = renaksi_policy.condition(Renaksi, self.user, "view", units=Units())
        return Renaksi.objects.filter(supported).exclude(self._led(Renaksi))


def _read(rows):
    return rows.values_list("evaluation_id", "lead_unit_id", "component_id", *NAMES)


def _kept(evaluations, **condition):
    return _read(FollowUpCount.objects.filter(evaluation__in=evaluations, **condition))


TOGETHER = Prepared(lambda evaluations: _kept(evaluations, lead_unit__isnull=True))
BY_UNIT = Prepared(lambda evaluations: _kept(evaluations, lead_unit__isnull=False))


def _counted(rows) -> list[Counted]:
    return [
        Counted(evaluation, unit, component, FollowUpFigures.from_values(values))
        for evaluation, unit, component, *values in rows
    ]
