"""Settings pages of units, for coordinators within their reach."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from sakip.forms.units import UnitForm
from sakip.models import Unit
from sakip.selectors.unit_names import FormerNames
from sakip.views.records import for_coordinators, record_page


@require_safe
@for_coordinators
def unit_list(request):
    units = Unit.objects.editable_by(request.user).values("pk")
    active_people = Count("people", filter=Q(people__is_active=True), distinct=True)
    active_people += Count(
        "other_posts", filter=Q(other_posts__person__is_active=True), distinct=True
    )
    people = dict(
        Unit.objects.annotate(people_count=active_people).values_list("pk", "people_count")
    )
    tree = list(Unit.objects.filter(pk__in=units).with_tree_fields())
    top = min((unit.tree_depth for unit in tree), default=0)
    former = FormerNames()
    rows = [
        {
            "unit": unit,
            "people": people[unit.pk],
            "depth": min(unit.tree_depth - top, 3),
            "former": former.of(unit),
        }
        for unit in tree
    ]
    return render(request, "sakip/unit_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def unit_create(request):
    return record_page(request, UnitForm, kind="unit", noun="Unit")


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def unit_edit(request, pk):
    unit = get_object_or_404(Unit.objects.editable_by(request.user), pk=pk)
    return record_page(request, UnitForm, kind="unit", noun="Unit", record=unit)
