"""Querysets of evaluations, recommendations and renaksi."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from recommendations.permissions import (
    daily_count_policy,
    evaluation_policy,
    recommendation_policy,
    renaksi_policy,
    rubric_policy,
)
from recommendations.transitions import CLAIMED, COUNTABLE, VERIFIED, WORKABLE


class RubricQuerySet(models.QuerySet):
    def visible_to(self, user):
        return rubric_policy.filter(self, user, "view")

    def usable_by(self, lineage):
        """Returns the rubrics for the evaluation of a body: the shared ones and those of its `lineage`."""
        return self.filter(Q(unit=None) | Q(unit__in=lineage))


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return evaluation_policy.filter(self, user, "view")

    def with_scores(self):
        """Loads rubric weights and component scores in three queries."""
        return self.select_related("unit", "rubric").prefetch_related(
            "rubric__weights__component", "scores__component"
        )

    def scored(self):
        """Returns the evaluations that have at least one component score."""
        return self.filter(self._is_scored())

    def in_use(self):
        """Returns the evaluations of active bodies."""
        return self.filter(unit__is_active=True)

    def current(self):
        """Returns the latest scored evaluation of each body, or its latest one if none has scores."""
        of_body = self.filter(unit=OuterRef("unit"))
        best_first = of_body.order_by(self._is_scored().desc(), "-performance_year")
        return self.filter(pk=Subquery(best_first.values("pk")[:1]))

    def at_work(self):
        """Returns the evaluations whose follow-up counts now: of each body the `current` one and those of
        later years, which have no scores yet. Scores are read from `current`, work is counted from here.
        """
        shown = self.current().filter(unit=OuterRef("unit")).order_by()
        return self.filter(performance_year__gte=Subquery(shown.values("performance_year")[:1]))

    def earlier(self, evaluation):
        """Returns the scored evaluations of the same body for earlier years, latest year first."""
        return self._earlier(evaluation.unit_id, evaluation.performance_year)

    def before(self, evaluation):
        """Returns the evaluation to compare with: the latest of `earlier`, or None."""
        return self.earlier(evaluation).first()

    def keys_before(self, evaluations) -> dict[int, int]:
        """Does the same for many: returns the key of each evaluation → the key of its `before`. One query."""
        nearest = self._earlier(OuterRef("unit"), OuterRef("performance_year"))
        rows = self.model._base_manager.filter(pk__in=[row.pk for row in evaluations])
        rows = rows.annotate(nearest=Subquery(nearest.values("pk")[:1]))
        return dict(rows.exclude(nearest=None).values_list("pk", "nearest"))

    def _earlier(self, unit, performance_year):
        rows = self.scored().filter(unit=unit, performance_year__lt=performance_year)
        return rows.order_by("-performance_year")

    def _is_scored(self):
        scores = self.model._meta.get_field("scores").related_model._base_manager
        return Exists(scores.filter(evaluation=OuterRef("pk")))


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return recommendation_policy.filter(self, user, "view")

    def with_note(self):
        """Loads the note and its photos in three queries."""
        return self.select_related("component", "evaluation__unit").prefetch_related("note__photos")

    def with_renaksi(self, user):
        """Loads points, note and, as `seen_renaksi`, the renaksi that `user` may see, in document order.

        `renaksi_count` also counts renaksi that the user may not see, so that the letters are the same for
        everybody. Always six queries.
        """
        renaksi = self.model._meta.get_field("renaksi").related_model.objects.visible_to(user)
        return (
            self.select_related("component", "evaluation__unit")
            .annotate(renaksi_count=Count("renaksi"))
            .order_by(
                "evaluation", "number"
            )  # Django ignores Meta.ordering in queries with GROUP BY
            .prefetch_related(
                "points",
                "note__photos",
                Prefetch("renaksi", queryset=renaksi.for_table(), to_attr="seen_renaksi"),
            )
        )


@dataclass(frozen=True)
class AgeBand:
    """A range of days late, from `first` to `last`; `last` None means no upper limit."""

    name: str
    label: str
    first: int
    last: int | None

    def condition(self, today: date) -> Q:
        """Returns a condition on `due_date` only. The status must be tested separately."""
        newest = Q(due_date__lte=today - timedelta(days=self.first))
        if self.last is None:
            return newest
        return newest & Q(due_date__gte=today - timedelta(days=self.last))


AGES = (
    AgeBand("late-30", "≤ 30 hari", 1, 30),
    AgeBand("late-60", "31–60 hari", 31, 60),
    AgeBand("late-90", "61–90 hari", 61, 90),
    AgeBand("late-more", "> 90 hari", 91, None),
)

# The counts of renaksi from docs/design.md §2.3, as aggregates for a query.
TALLY = {
    "countable": Count("pk", filter=Q(status__in=COUNTABLE)),
    "claimed": Count("pk", filter=Q(status__in=CLAIMED)),
    "verified": Count("pk", filter=Q(status__in=VERIFIED)),
}


class RenaksiQuerySet(models.QuerySet):
    def visible_to(self, user):
        return renaksi_policy.filter(self, user, "view")

    def for_check(self):
        """Loads what `renaksi_policy.check` reads, so that it costs no query."""
        return self.select_related(
            "lead_unit", "person", "recommendation__component", "recommendation__evaluation__unit"
        ).prefetch_related("supporting_units", "person__other_posts")

    def for_table(self):
        """Loads what a row of the follow-up table prints, with `has_evidence`."""
        return self.for_check().with_evidence().prefetch_related("steps")

    def for_detail(self):
        """Loads what the page of one renaksi shows, but not the lists that may grow long (evidence, comments,
        decisions). Four queries, five with a person in charge."""
        return (
            self.for_check()
            .select_related("point", "submitted_by")
            .prefetch_related("steps", "quarterly_reports")
        )

    def with_evidence(self):
        """Annotates `has_evidence`: at least one piece that is not archived."""
        evidence = self.model._meta.get_field("evidence").related_model._base_manager
        current = evidence.filter(renaksi=OuterRef("pk"), is_archived=False)
        return self.annotate(has_evidence=Exists(current))

    def workable(self):
        return self.filter(status__in=WORKABLE)

    def overdue(self, on):
        """Returns the renaksi that the unit must still work on and whose due date is before `on`."""
        return self.filter(self.overdue_condition(on))

    @staticmethod
    def overdue_condition(on) -> Q:
        return Q(status__in=WORKABLE, due_date__lt=on)

    def was_returned(self):
        """Returns the renaksi that an evaluator returned at least once."""
        decisions = self.model._meta.get_field("decisions").related_model._base_manager
        returned = decisions.filter(renaksi=OuterRef("pk"), outcome="returned")
        return self.filter(Exists(returned))

    def tally(self):
        """Counts the renaksi: `countable`, `claimed` (Sudah) and `verified` (docs/design.md §2.3). One query."""
        return self.aggregate(**TALLY)


class DailyCountQuerySet(models.QuerySet):
    def visible_to(self, user):
        return daily_count_policy.filter(self, user, "view")


class OfEvaluationQuerySet(models.QuerySet):
    """For the letter and the old versions: a person who may see the evaluation may see them."""

    def visible_to(self, user):
        evaluations = self.model._meta.get_field("evaluation").related_model.objects
        return self.filter(evaluation__in=evaluations.visible_to(user))


class OfRenaksiQuerySet(models.QuerySet):
    """For steps, evidence and quarterly reports: a person who may see the renaksi may see them."""

    def visible_to(self, user):
        if renaksi_policy.allows_all(user, "view"):
            return self.all()
        renaksi = self.model._meta.get_field("renaksi").related_model.objects
        return self.filter(renaksi__in=renaksi.visible_to(user))


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Returns the user's own views and those shared in the user's unit."""
        shared = Q(is_shared=True, unit=user.unit_id) if user.unit_id else Q(pk__in=())
        return self.filter(Q(owner=user) | shared)
