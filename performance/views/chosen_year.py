"""Finds the body and the year that a page of indicators shows."""

from dataclasses import dataclass
from operator import attrgetter

from django.http import Http404
from django.utils import timezone

from performance.forms.chosen_year import YearForm
from performance.models import Objective
from performance.selectors import indicator_tables
from sakip.forms.unit_choices import told_apart
from sakip.models import Unit
from sakip.selectors.unit_tree import unit_tree


@dataclass(frozen=True)
class Selection:
    """The chosen body and year. `unit` is None when the user may see no objective.

    `form` has the error when the requested year is wrong. `units` are the names to choose from, by key.
    """

    form: YearForm
    year: int
    unit: Unit | None
    units: dict[int, str]


def selected(request) -> Selection:
    """The body and year in the query string (`unit`, `tahun`), else the user's body and its latest year."""
    user = request.user
    tree, rows = unit_tree(user), Objective.objects.visible_to(user).order_by()
    keys = set(rows.values_list("unit", flat=True).distinct())
    units = [unit for pk, unit in tree.units.items() if pk in keys]
    unit = _chosen_unit(request, units)
    form = YearForm(request.GET if "tahun" in request.GET else None)
    year = form.cleaned_data["tahun"] if form.is_valid() else _latest_year(user, unit)
    return Selection(form, year, unit, told_apart(units, attrgetter("name"), tree))


def _chosen_unit(request, units):
    """The requested body, else the user's own, else the first one; None when there is none.

    Raises Http404 when the user may not see the requested body.
    """
    if asked := request.GET.get("unit"):
        for unit in units:
            if str(unit.pk) == asked:
                return unit
        raise Http404("Perangkat daerah ini tidak ada.")
    own = (unit for unit in units if unit.pk in request.user.lineage)
    return next(own, units[0] if units else None)


def _latest_year(user, unit):
    return indicator_tables.latest_year(user, unit) or timezone.localdate().year
