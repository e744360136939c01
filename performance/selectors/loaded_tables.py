"""Loads what the tables of indicators show, by questions that are put together once (`sakip/prepared.py`)."""

from collections import defaultdict
from functools import lru_cache

from django.db.models import Model

from performance.models import Indicator, ObjectiveSource, Realisation, Target
from performance.permissions import indicator_policy
from sakip.prepared import Prepared, attach


def load(objectives, years, user, only):
    """Gives the objectives all that their tables show, by questions that are put together once."""
    by_key, asked = {one.pk: one for one in objectives}, _questions(years[0], years[-1])
    found = []
    for indicator in asked[Indicator]([*by_key]):
        indicator.objective = by_key[indicator.objective_id]
        is_wanted = only is None or indicator.pk in only
        if is_wanted and indicator_policy.check(user, "view", indicator):
            found.append(indicator)
    _attach(by_key.values(), "indicators", found, "objective")
    _attach(by_key.values(), "sources", asked[ObjectiveSource]([*by_key]), "objective")
    keys = [indicator.pk for indicator in found]
    for name, model in (("realisations", Realisation), ("targets", Target)):
        _attach(found, name, asked[model](keys), "indicator")


def _attach(records, name, rows, back):
    of_each = defaultdict(list)
    for row in rows:
        of_each[getattr(row, f"{back}_id")].append(row)
    for record in records:
        attach(record, name, of_each[record.pk], back)


@lru_cache(maxsize=16)
def _questions(first, last) -> dict[type[Model], Prepared]:
    """What a table of these years shows of objectives or indicators, by their keys."""
    years, alive = (first, last), Indicator.objects.alive_between(last, last)
    return {
        Indicator: Prepared(
            lambda keys: (
                alive.filter(objective__in=keys).select_related("owner_unit").order_by("number")
            )
        ),
        ObjectiveSource: Prepared(
            lambda keys: ObjectiveSource.objects.filter(objective__in=keys, year=last)
        ),
        Realisation: Prepared(
            lambda keys: Realisation.objects.filter(indicator__in=keys, year__range=years)
        ),
        Target: Prepared(lambda keys: Target.objects.filter(indicator__in=keys, year__range=years)),
    }
