"""What a reader of some units reaches, for tables that repeat the body of a renaksi (`models.placing`)."""

from collections.abc import Collection

from django.db.models import Q

from recommendations.models import Evaluation
from recommendations.selectors import renaksi_sql


def beneath(units: Collection[int], key="renaksi") -> Q:
    """The rows whose `key` leads to a renaksi that `renaksi_policy` lets a reader of these units reach, as a
    condition that an index answers: those of the bodies among them, and of the few renaksi of other bodies that
    they lead or support.
    """
    evaluated = Evaluation.objects.order_by().filter(unit__in=units)
    bodies = set(evaluated.values_list("unit", flat=True).distinct())
    elsewhere = renaksi_sql.of_other_bodies(units, bodies)
    return Q(body__in=bodies) | Q(**{f"{key}__in": elsewhere})
