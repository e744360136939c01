"""Pages of indicators."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from performance.forms.indicators import IndicatorForm
from performance.models import YEARS, FigureEvidence, Indicator
from performance.permissions import indicator_policy, objective_policy
from performance.rules import sentences
from performance.selectors import charts, indicator_tables
from performance.selectors.locked_years import locked_years
from performance.services import indicators as services
from performance.views.objectives import visible_objective
from sakip.consistency.pages import findings_on
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.history.sentences import story_of
from sakip.unsaved import keeps_typed
from sakip.views.deleting import delete_page
from sakip.writing import said

FIRST_YEAR, LAST_YEAR = (validator.limit_value for validator in YEARS)


@require_safe
def indicator_detail(request, pk):
    indicator = visible_indicator(request.user, pk)
    rows = indicator_tables.indicator_years(indicator, timezone.localdate().year)
    told = next((row for row in rows if not row.current.is_empty), None)
    context = {
        "indicator": indicator,
        "rows": rows,
        "plan": told or (rows[0] if rows else None),
        "quarters": indicator.quarters.order_by("-year", "quarter"),
        "told": told and sentences.sentence(told),
        "outdated": told and sentences.is_outdated(told) and told.current.realisation.sentence,
        "is_worse": told is not None and told.direction == "worse",
        "chart": charts.years_chart(rows) if rows else None,
        "locked": locked_years(indicator),
        "smart": indicator.smart_marks.all(),
        "evidence": _evidence_of(indicator),
        "parts": indicator.parts.order_by("number"),
        "may_edit": indicator_policy.check(request.user, "edit", indicator),
        "may_realise": indicator_policy.check(request.user, "realise", indicator),
        "findings": findings_on(request.user, indicator, timezone.localdate()),
        "history": story_of(indicator),
    }
    return render(request, "performance/indicator_detail.html", context)


def _evidence_of(indicator):
    rows = FigureEvidence.objects.filter(realisation__indicator=indicator, is_archived=False)
    return rows.select_related("realisation", "uploaded_by").order_by("-realisation__year", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(IndicatorForm)
def indicator_create(request, pk):
    objective = visible_objective(request.user, pk)
    require(objective_policy.check(request.user, "edit", objective))
    last = objective.indicators.aggregate(last=Max("number"))["last"] or 0
    indicator = Indicator(objective=objective, number=last + 1)
    return _indicator_page(
        request, indicator, partial(services.create_indicator, objective=objective)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(IndicatorForm)
def indicator_edit(request, pk):
    indicator = visible_indicator(request.user, pk)
    require(indicator_policy.check(request.user, "edit", indicator))
    return _indicator_page(
        request, indicator, partial(services.edit_indicator, indicator=indicator)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_delete(request, pk):
    indicator = visible_indicator(request.user, pk)
    context = {"record": indicator, "objective": indicator.objective, "indicator": indicator}
    return delete_page(
        request,
        indicator,
        "performance/record_delete.html",
        context | {"lines": said(indicator, ["measure", "owner_unit"])},
        require_deletable=services.require_deletable,
        delete=partial(services.delete_indicator, indicator=indicator),
        told=f"Indikator “{indicator}” dihapus.",
        to=indicator.objective,
    )


def _indicator_page(request, indicator, service):
    form = IndicatorForm(*posted(request), instance=copy(indicator), user=request.user)
    try:
        if form.is_valid() and (saved := attempt(request, form, service)):
            messages.success(request, f"Indikator “{saved}” disimpan.")
            return redirect(saved)
    except StaleEdit as conflict:
        return _indicator_conflict(request, conflict)
    context = {"form": form, "indicator": indicator, "objective": indicator.objective}
    return render(request, "performance/indicator_form.html", context)


def _indicator_conflict(request, conflict):
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites."""
    indicator = conflict.current
    data = again(request, version=indicator.version)
    form = IndicatorForm(data, instance=copy(indicator), user=request.user)
    saved = said(indicator, IndicatorForm._meta.fields)
    context = {"form": form, "indicator": indicator, "objective": indicator.objective}
    context |= {"conflict": str(conflict), "saved": saved}
    return render(request, "performance/indicator_form.html", context, status=409)


def visible_indicator(user, pk):
    """An indicator that the user may see, else 404. Loads what the policy and the table of years need."""
    rows = Indicator.objects.visible_to(user).with_years(FIRST_YEAR, LAST_YEAR)
    return get_object_or_404(rows.select_related("objective__unit", "owner_unit", "parent"), pk=pk)
