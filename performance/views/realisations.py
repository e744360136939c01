"""The page with the form of a realisation and its target."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from performance.forms.realisations import RealisationForm, TargetForm
from performance.models import Realisation, Target
from performance.permissions import indicator_policy
from performance.rules import sentences
from performance.rules.lifetime import require_alive
from performance.rules.typed_figures import PlannedTarget
from performance.selectors import indicator_tables
from performance.selectors.locked_years import require_unlocked
from performance.services.realisations import digest_of_target, write_year
from performance.views.indicators import visible_indicator
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.unsaved import keeps_typed


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(RealisationForm, TargetForm)
def realisation_edit(request, pk, year):
    indicator = visible_indicator(request.user, pk)
    require(indicator_policy.check(request.user, "realise", indicator))
    require_alive(indicator, year)
    require_unlocked(indicator, year)
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
    """The forms of the realisation and of the target; the second is None without the right to plan."""
    may_plan = bool(indicator_policy.check(request.user, "edit", indicator))
    figures = {row.year: row for row in indicator.realisations.all()}
    stored = figures.get(year) or Realisation(indicator=indicator, year=year)
    planned = data and (data.get("target-value") or data.get("target-text_value"))
    plans_only = bool(may_plan and not stored.pk and planned)
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
    return attempt(request, form, write_year, cleaned=cleaned, **target)


def _year_page(request, indicator, year, forms, status=200, **context):
    form, target_form = forms
    row = indicator_tables.indicator_row(
        visible_indicator(request.user, indicator.pk), [year - 1, year]
    )
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
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites."""
    indicator, current = visible_indicator(request.user, indicator.pk), conflict.current
    target = next((row for row in indicator.targets.all() if row.year == year), None)
    now = {"version": current.version if current else 0}
    now["target-seen"] = digest_of_target(target)
    forms = _year_forms(request, indicator, year, again(request, **now))
    stored = indicator_tables.filled_fields(current) if current else []
    stored += [("Target", str(PlannedTarget.of(target)))] if target else []
    return _year_page(request, indicator, year, forms, status=409, stored=stored)
