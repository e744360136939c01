"""Settings pages of officials who sign, for coordinators within their reach."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sakip.forms.list_filters import OfUnitsFilter
from sakip.forms.officials import OfficialForm
from sakip.kept_filters import keeps_filters
from sakip.models import Official
from sakip.views.records import for_coordinators, record_page


@require_safe
@for_coordinators
@keeps_filters("pejabat", OfUnitsFilter.base_fields)
def official_list(request):
    officials = Official.objects.visible_to(request.user)
    filters = OfUnitsFilter(request.GET, user=request.user, rows=officials)
    today = timezone.localdate()
    for official in filters.rows:
        official.in_office_today = official.is_in_office(today)
    context = {"officials": filters.rows, "filters": filters}
    return render(request, "sakip/official_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def official_create(request):
    return record_page(request, OfficialForm, kind="official", noun="Pejabat")


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def official_edit(request, pk):
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=pk)
    return record_page(request, OfficialForm, kind="official", noun="Pejabat", record=official)
