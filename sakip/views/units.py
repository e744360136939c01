"""Settings pages of units, for coordinators within their reach."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from sakip.forms.units import UnitForm
from sakip.models import Unit
from sakip.selectors.units import unit_page
from sakip.views.records import for_coordinators, record_page


@require_safe
@for_coordinators
def unit_list(request):
    page, rows = unit_page(request.user, request.GET.get("page"))
    return render(request, "sakip/unit_list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def unit_create(request):
    return record_page(request, UnitForm, kind="unit", noun="Unit")


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def unit_edit(request, pk):
    unit = get_object_or_404(Unit.objects.editable_by(request.user), pk=pk)
    return record_page(request, UnitForm, kind="unit", noun="Unit", record=unit)
