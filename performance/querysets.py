"""Querysets of objectives, indicators and their figures."""

from django.db import models
from django.db.models import Prefetch, Q

from performance.permissions import indicator_policy, objective_policy

FIGURES = ("realisations", "quarters")


class ObjectiveQuerySet(models.QuerySet):
    def visible_to(self, user):
        return objective_policy.filter(self, user, "view")


class IndicatorQuerySet(models.QuerySet):
    def visible_to(self, user):
        return indicator_policy.filter(self, user, "view")

    def alive_between(self, first_year, last_year):
        """Indicators that apply (`year_from` to `year_to`, None is no limit) in at least one of these years."""
        return self.filter(
            Q(year_from__isnull=True) | Q(year_from__lte=last_year),
            Q(year_to__isnull=True) | Q(year_to__gte=first_year),
        )

    def others_with_code(self, indicator):
        """Other indicators of the same body with the same code in years in which `indicator` applies, too."""
        if not indicator.code:
            return self.none()
        same = self.filter(code__iexact=indicator.code, objective__unit=indicator.objective.unit_id)
        alive = same.alive_between(indicator.year_from or 0, indicator.year_to or 9999)
        return alive.exclude(pk=indicator.pk).select_related("objective")

    def without_quarter(self, year, quarter):
        """Indicators that need a figure of this quarter and have none, and no reason for it.

        Those published once a year and those on a text scale need none, nor does a year whose figure was
        entered by itself. The period of measurement may be longer than a quarter.
        """
        kinds, periods = self.model.Accumulation, self.model.Period
        longer = [periods.YEAR] if quarter % 2 == 0 else [periods.YEAR, periods.HALF]
        needing = self.filter(accumulation__in=[kinds.SUM, kinds.LATEST], scale="")
        needing = needing.exclude(period__in=longer)
        related = {name: self.model._meta.get_field(name).related_model for name in FIGURES}
        reported = related["quarters"]._base_manager.filter(year=year, quarter=quarter)
        reported = reported.exclude(value=None, text_value="", missing="")
        own = related["realisations"]._base_manager.filter(
            year=year, through_quarter=None, missing=""
        )
        return needing.exclude(pk__in=reported.values("indicator")).exclude(
            pk__in=own.values("indicator")
        )

    def with_years(self, first_year, last_year):
        """Loads realisations and targets of these years, both included, with two queries."""
        years = {"year__gte": first_year, "year__lte": last_year}
        related = [
            Prefetch(
                name,
                queryset=self.model._meta.get_field(name).related_model._base_manager.filter(
                    **years
                ),
            )
            for name in ("realisations", "targets")
        ]
        return self.prefetch_related(*related)


class OfIndicatorQuerySet(models.QuerySet):
    """Realisations, targets and quarters. People who see the indicator see them."""

    def visible_to(self, user):
        indicators = self.model._meta.get_field("indicator").related_model.objects
        return self.filter(indicator__in=indicators.visible_to(user))


class OfRealisationQuerySet(models.QuerySet):
    """Evidence of realisations. People who see the indicator see it."""

    def visible_to(self, user):
        realisations = self.model._meta.get_field("realisation").related_model.objects
        return self.filter(realisation__in=realisations.visible_to(user))
