"""Querysets of objectives, indicators and their figures."""

from django.db import models
from django.db.models import Prefetch, Q

from performance.permissions import indicator_policy, objective_policy


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
    """Realisations and targets. People who see the indicator see them."""

    def visible_to(self, user):
        indicators = self.model._meta.get_field("indicator").related_model.objects
        return self.filter(indicator__in=indicators.visible_to(user))


class OfRealisationQuerySet(models.QuerySet):
    """Evidence of realisations. People who see the indicator see it."""

    def visible_to(self, user):
        realisations = self.model._meta.get_field("realisation").related_model.objects
        return self.filter(realisation__in=realisations.visible_to(user))
