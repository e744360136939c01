"""Rubrics: what an evaluation is scored by."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.evaluations import RubricForm, WeightFormSet
from recommendations.forms.follow_up_bands import BandFormSet, CriterionForm
from recommendations.models import Evaluation, Rubric
from recommendations.permissions import rubric_policy
from recommendations.rules.follow_up_bands import bands_of
from recommendations.services.evaluations import save_rubric, words_of_rubric
from recommendations.services.follow_up_bands import save_follow_up_bands, words_of_bands
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.filling import way_back
from sakip.history.sentences import story_of


def _visible(request):
    return Rubric.objects.visible_to(request.user).prefetch_related("weights__component")


@require_safe
def rubric_list(request):
    context = {
        "rubrics": _visible(request),
        "can_edit": rubric_policy.check(request.user, "edit"),
    }
    return render(request, "recommendations/rubric_list.html", context)


@require_safe
def rubric_detail(request, pk):
    rubric = get_object_or_404(_visible(request), pk=pk)
    context = {
        "rubric": rubric,
        "bands": bands_of(rubric),
        "can_edit": rubric_policy.check(request.user, "edit", rubric),
        "evaluations": Evaluation.objects.visible_to(request.user)
        .filter(rubric=rubric)
        .select_related("unit"),
        "history": story_of(rubric),
    }
    return render(request, "recommendations/rubric_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_create(request):
    require(rubric_policy.check(request.user, "edit"))
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_edit(request, pk):
    rubric = get_object_or_404(_visible(request), pk=pk)
    require(rubric_policy.check(request.user, "edit", rubric))
    return _form_page(request, rubric)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_bands_edit(request, pk):
    rubric = get_object_or_404(_visible(request), pk=pk)
    require(rubric_policy.check(request.user, "edit", rubric))
    data = posted(request)[0]
    form, formset = CriterionForm(data, instance=copy(rubric)), BandFormSet.of(rubric, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        target = {"rubric": rubric, "bands": formset.bands}
        try:
            if attempt(request, form, save_follow_up_bands, **target):
                messages.success(request, "Pita kriteria tindak lanjut disimpan.")
                return redirect(rubric)
        except StaleEdit as conflict:
            return _bands_conflict(request, conflict)
    return _bands_page(request, rubric, form, formset)


def _bands_conflict(request, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    rubric = conflict.current
    data = again(request, version=rubric.version)
    form, formset = CriterionForm(data, instance=copy(rubric)), BandFormSet.of(rubric, data)
    context = {"conflict": str(conflict), "saved": words_of_bands(rubric)}
    return _bands_page(request, rubric, form, formset, status=409, **context)


def _bands_page(request, rubric, form, formset, *, status=200, **context):
    context |= {"form": form, "formset": formset, "rubric": rubric}
    return render(request, "recommendations/rubric_bands.html", context, status=status)


def _form_page(request, rubric):
    data = posted(request)[0]
    form, formset = RubricForm(data, instance=_copy(rubric)), WeightFormSet.of(rubric, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        weights = formset.weights
        try:
            if saved := attempt(request, form, save_rubric, rubric=rubric, weights=weights):
                messages.success(request, "Rubrik disimpan.")
                return redirect(way_back(request) or saved)
        except StaleEdit as conflict:
            return _conflict(request, conflict)
    context = {"form": form, "formset": formset, "rubric": rubric}
    return render(request, "recommendations/rubric_form.html", context)


def _conflict(request, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    rubric = conflict.current
    data = again(request, version=rubric.version)
    form, formset = RubricForm(data, instance=_copy(rubric)), WeightFormSet.of(rubric, data)
    context = {"form": form, "formset": formset, "rubric": rubric, "conflict": str(conflict)}
    context["saved"] = words_of_rubric(rubric)
    return render(request, "recommendations/rubric_form.html", context, status=409)


def _copy(rubric):
    """The form writes into its instance, while the page still names the rubric as it is."""
    return copy(rubric) if rubric else None
