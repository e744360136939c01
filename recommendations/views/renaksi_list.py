"""The renaksi list with its filters."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import SavedView
from recommendations.permissions import renaksi_policy
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors.renaksi_list import COLUMNS, address
from recommendations.services import extensions


@require_safe
def renaksi_list(request):
    """htmx gets the table region alone; it follows the filters while they change."""
    today = timezone.localdate()
    filters = FilterForm(request.GET, user=request.user)
    rows = filters.rows(today).for_check().with_evidence()
    page = Paginator(rows, settings.PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "columns": COLUMNS,
        "rows": [(row, STATUS_WORDS[row.status].tone, row.is_overdue(today)) for row in page],
        "can_plan": renaksi_policy.check(request.user, "plan"),
        "can_remind": renaksi_policy.check(request.user, "remind"),
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "recommendations/renaksi_list_table.html", context)
        return push_url(response, address(filters.query))
    context["saved_views"] = SavedView.objects.visible_to(request.user).select_related("owner")
    if context["can_plan"]:
        context["pending_count"] = extensions.pending(request.user).count()
    return render(request, "recommendations/renaksi_list.html", context)
