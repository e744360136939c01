"""The renaksi list with its filters."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import SavedView
from recommendations.permissions import renaksi_policy
from recommendations.selectors.listed_tables import RENAKSI
from recommendations.selectors.renaksi_list import address
from recommendations.selectors.renaksi_rows import listed
from recommendations.services import extensions
from sakip.kept_filters import keeps_filters
from sakip.paging import page_of
from sakip.table_settings import shown_to


@require_safe
@keeps_filters("renaksi", FilterForm.base_fields)
def renaksi_list(request):
    """htmx gets the table region alone; it follows the filters while they change."""
    today = timezone.localdate()
    filters = FilterForm(request.GET, user=request.user)
    tree = filters.offered.tree
    shown = shown_to(request.user, RENAKSI)
    page = page_of(
        filters.walk(today),
        request.GET,
        read=lambda keys: listed(keys, request.user, today, tree),
        length=shown.length,
    )
    context = {"filters": filters, "page": page, "shown": shown}
    context["heads"] = filters.heads(shown.columns)
    context["can_plan"] = renaksi_policy.check(request.user, "plan")
    context["can_remind"] = renaksi_policy.check(request.user, "remind")
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "recommendations/renaksi_list_table.html", context)
        return push_url(response, address(filters.query))
    context["saved_views"] = SavedView.objects.visible_to(request.user).prefetch_related("owner")
    if context["can_plan"]:
        context["pending_count"] = extensions.pending(request.user, filters.offered.reached).count()
    return render(request, "recommendations/renaksi_list.html", context)
