"""Indicator tables, objectives, indicators and the figures of one year."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from performance.forms.indicators import (
    IndicatorForm,
    ObjectiveForm,
    RealisationForm,
    SourceFormSet,
    TargetForm,
)
from performance.models import YEARS, FigureEvidence, Indicator, Objective, Realisation, Target
from performance.permissions import indicator_policy, objective_policy
from performance.rules import consistency, sentences
from performance.rules.lifetime import require_alive
from performance.rules.typed_figures import Plan
from performance.selectors import charts, entry_grid, indicator_tables
from performance.services import indicators as services
from performance.views.chosen_year import selected
from sakip.consistency.outcome import sort_out
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.history.sentences import story_of
from sakip.writing import said

form_methods = require_http_methods(["GET", "HEAD", "POST"])
FIRST_YEAR, LAST_YEAR = (validator.limit_value for validator in YEARS)


@require_safe
def indicator_table(request):
    user, chosen = request.user, selected(request)
    unit = chosen.unit
    tables = indicator_tables.indicator_tables(user, chosen.year, unit) if unit else []
    context = vars(chosen) | {
        "tables": tables,
        "has_rows": any(table.rows for table in tables),
        "writable": _writable(user, tables),
        "may_create": objective_policy.check(user, "edit"),
    }
    return render(request, "performance/indicator_table.html", context)


def _writable(user, tables):
    """Ids of the indicators whose figure of the year this person may enter."""
    return {
        cell.indicator.pk
        for one in entry_grid.grids_of(tables, user)
        for cell in one.cells
        if cell.is_open and cell.what == entry_grid.REALISATION and cell.year == one.table.year
    }


@require_safe
def objective_detail(request, pk):
    objective = _objective(request, pk)
    indicators = objective.indicators.visible_to(request.user).select_related("owner_unit")
    context = {
        "objective": objective,
        "indicators": indicators.order_by("number"),
        "sources": objective.sources.order_by("-year"),
        "may_edit": objective_policy.check(request.user, "edit", objective),
        "history": story_of(objective),
    }
    return render(request, "performance/objective_detail.html", context)


@form_methods
def objective_create(request):
    require(objective_policy.check(request.user, "edit"))
    return _objective_page(request, None)


@form_methods
def objective_edit(request, pk):
    objective = _objective(request, pk)
    require(objective_policy.check(request.user, "edit", objective))
    return _objective_page(request, objective)


def _objective_page(request, objective):
    data = posted(request)[0]
    form = ObjectiveForm(data, instance=copy(objective), user=request.user)
    formset = SourceFormSet.of(objective, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        target = {"objective": objective, "sources": formset.sources}
        try:
            if saved := attempt(request, form, services.save_objective, **target):
                messages.success(request, f"{saved} disimpan.")
                return redirect(saved)
        except StaleEdit as conflict:
            return _objective_conflict(request, conflict)
    context = {"form": form, "formset": formset, "objective": objective}
    return render(request, "performance/objective_form.html", context)


def _objective_conflict(request, conflict):
    """409: what is saved now beside what was typed. Typing is kept; saving again overwrites."""
    objective = conflict.current
    data = again(request, version=objective.version)
    form = ObjectiveForm(data, instance=copy(objective), user=request.user)
    formset = SourceFormSet.of(objective, data)
    context = {"form": form, "formset": formset, "objective": objective}
    context |= {"conflict": str(conflict), "saved": services.objective_words(objective)}
    return render(request, "performance/objective_form.html", context, status=409)


@require_safe
def indicator_detail(request, pk):
    indicator = _indicator(request, pk)
    rows = indicator_tables.indicator_years(indicator, timezone.localdate().year)
    told = next((row for row in rows if not row.current.is_empty), None)
    context = {
        "indicator": indicator,
        "rows": rows,
        "told": told and sentences.sentence(told),
        "outdated": told and sentences.is_outdated(told) and told.current.realisation.sentence,
        "is_worse": told is not None and told.direction == "worse",
        "chart": charts.years_chart(rows) if rows else None,
        "locked": services.locked_years(indicator),
        "smart": indicator.smart_marks.all(),
        "evidence": FigureEvidence.objects.filter(
            realisation__indicator=indicator, is_archived=False
        )
        .select_related("realisation", "uploaded_by")
        .order_by("-realisation__year", "pk"),
        "parts": indicator.parts.order_by("number"),
        "may_edit": indicator_policy.check(request.user, "edit", indicator),
        "may_realise": indicator_policy.check(request.user, "realise", indicator),
        "findings": sort_out(consistency.of_indicator(indicator)),
        "history": story_of(indicator),
    }
    return render(request, "performance/indicator_detail.html", context)


@form_methods
def indicator_create(request, pk):
    objective = _objective(request, pk)
    require(objective_policy.check(request.user, "edit", objective))
    last = objective.indicators.aggregate(last=Max("number"))["last"] or 0
    indicator = Indicator(objective=objective, number=last + 1)
    return _indicator_page(
        request, indicator, partial(services.create_indicator, objective=objective)
    )


@form_methods
def indicator_edit(request, pk):
    indicator = _indicator(request, pk)
    require(indicator_policy.check(request.user, "edit", indicator))
    return _indicator_page(
        request, indicator, partial(services.edit_indicator, indicator=indicator)
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
    """409: what is saved now beside what was typed. Typing is kept; saving again overwrites."""
    indicator = conflict.current
    data = again(request, version=indicator.version)
    form = IndicatorForm(data, instance=copy(indicator), user=request.user)
    saved = said(indicator, IndicatorForm._meta.fields)
    context = {"form": form, "indicator": indicator, "objective": indicator.objective}
    context |= {"conflict": str(conflict), "saved": saved}
    return render(request, "performance/indicator_form.html", context, status=409)


@form_methods
def realisation_edit(request, pk, year):
    indicator = _indicator(request, pk)
    require(indicator_policy.check(request.user, "realise", indicator))
    require_alive(indicator, year)
    services.require_unlocked(indicator, year)
    data = posted(request)[0]
    form, target_form = forms = _year_forms(request, indicator, year, data)
    if all(one is None or one.is_valid() for one in forms):
        try:
            if _save_year(request, indicator, year, form, target_form):
                messages.success(request, f"Angka tahun {year} disimpan.")
                return redirect(indicator)
        except StaleEdit as conflict:
            return _conflict_page(request, indicator, year, conflict)
    return _year_page(request, indicator, year, forms)


def _year_forms(request, indicator, year, data):
    """The forms of realisation and target, the latter None for those who may not plan."""
    may_plan = bool(indicator_policy.check(request.user, "edit", indicator))
    figures = {row.year: row for row in indicator.realisations.all()}
    stored = figures.get(year) or Realisation(indicator=indicator, year=year)
    plans_only = bool(may_plan and not stored.pk and data and data.get("target-value"))
    form = RealisationForm(
        data,
        instance=stored,
        base=figures[year - 1].value if year - 1 in figures else None,
        may_plan=may_plan,
        empty_permitted=plans_only,
        use_required_attribute=False,
    )
    if not may_plan:
        return form, None
    targets = {row.year: row for row in indicator.targets.all()}
    target = targets.get(year) or Target(indicator=indicator, year=year)
    return form, TargetForm(data, instance=target)


def _save_year(request, indicator, year, form, target_form):
    cleaned = {"version": form.cleaned_data.get("version", 0), "realisation": form.figures}
    if target_form:
        cleaned |= {"target": target_form.planned, "target_seen": target_form.cleaned_data["seen"]}
    target = {"indicator": indicator, "year": year}
    return attempt(request, form, services.write_year, cleaned=cleaned, **target)


def _year_page(request, indicator, year, forms, status=200, **context):
    form, target_form = forms
    row = indicator_tables.indicator_row(_indicator(request, indicator.pk), [year - 1, year])
    context |= {
        "indicator": indicator,
        "year": year,
        "form": form,
        "target_form": target_form,
        "row": row,
        "offer": "" if row.current.is_empty else sentences.offered(row),
    }
    return render(request, "performance/realisation_form.html", context, status=status)


def _conflict_page(request, indicator, year, conflict):
    """409 with what is stored now beside what was typed; saving again replaces it."""
    indicator, current = _indicator(request, indicator.pk), conflict.current
    target = next((row for row in indicator.targets.all() if row.year == year), None)
    now = {"version": current.version if current else 0}
    now["target-seen"] = services.digest_of_target(target)
    forms = _year_forms(request, indicator, year, again(request, **now))
    stored = indicator_tables.filled_fields(current) if current else []
    stored += [("Target", str(Plan.of(target)))] if target else []
    return _year_page(request, indicator, year, forms, status=409, stored=stored)


def _objective(request, pk):
    rows = Objective.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk)


def _indicator(request, pk):
    """An indicator the person may see, with what the policy and the table of its years read."""
    rows = Indicator.objects.visible_to(request.user).with_years(FIRST_YEAR, LAST_YEAR)
    return get_object_or_404(rows.select_related("objective__unit", "owner_unit", "parent"), pk=pk)
