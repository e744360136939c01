"""What an evaluator has decided so far, with figures."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from recommendations.forms.own_decisions import OwnDecisionsForm
from recommendations.permissions import renaksi_policy
from recommendations.selectors import own_decisions
from recommendations.selectors.decision_rows import decided
from sakip.errors import require
from sakip.paging import page_of


@require_safe
def decision_list(request):
    require(renaksi_policy.check(request.user, "accept"))
    filters = OwnDecisionsForm(request.GET, user=request.user)
    rows = filters.rows()
    page = page_of(
        rows,
        request.GET,
        order=own_decisions.LATEST_FIRST,
        read=lambda keys: decided(keys, request.user),
    )
    context = {"filters": filters, "page": page, "figures": own_decisions.figures(rows)}
    return render(request, "recommendations/decision_list.html", context)
