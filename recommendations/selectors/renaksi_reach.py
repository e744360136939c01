"""What a reader of some units reaches, for tables that repeat the body of a renaksi (`models.placing`)."""

from collections.abc import Collection

from django.db.models import Q

from recommendations.models import Evaluation
from recommendations.selectors import renaksi_sql


def beneath(units: Collection[int]) -> Q:
    """The rows that `renaksi_policy` lets a reader of these units reach, as a condition that an index answers:
    those of the bodies among them, and of the few renaksi of other bodies that they lead or support.
    """
    evaluated = Evaluation.objects.order_by().filter(unit__in=units)
    bodies = set(evaluated.values_list("unit", flat=True).distinct())
    return Q(body__in=bodies) | Q(renaksi__in=renaksi_sql.of_other_bodies(units, bodies))
