"""Rubrics: what an evaluation is scored by."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.follow_up_criterion import bands_of
from recommendations.forms.evaluations import RubricForm, WeightFormSet
from recommendations.forms.follow_up_bands import BandFormSet, CriterionForm
from recommendations.models import Evaluation, Rubric
from recommendations.permissions import rubric_policy
from recommendations.services.evaluations import save_rubric
from recommendations.services.follow_up_bands import save_follow_up_bands
from sakip.editing import attempt
from sakip.errors import require
from sakip.sentences import story_of


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
    data = request.POST if request.method == "POST" else None
    form, formset = CriterionForm(data, instance=copy(rubric)), BandFormSet.of(rubric, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        bands = formset.bands
        if attempt(request, form, save_follow_up_bands, rubric=rubric, bands=bands):
            messages.success(request, "Pita kriteria tindak lanjut disimpan.")
            return redirect(rubric)
    context = {"form": form, "formset": formset, "rubric": rubric}
    return render(request, "recommendations/rubric_bands.html", context)


def _form_page(request, rubric):
    data = request.POST if request.method == "POST" else None
    form, formset = RubricForm(data, instance=_copy(rubric)), WeightFormSet.of(rubric, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        weights = formset.weights
        if saved := attempt(request, form, save_rubric, rubric=rubric, weights=weights):
            messages.success(request, "Rubrik disimpan.")
            return redirect(saved)
    context = {"form": form, "formset": formset, "rubric": rubric}
    return render(request, "recommendations/rubric_form.html", context)


def _copy(rubric):
    """The form writes into its instance, while the page still names the rubric as it is."""
    return copy(rubric) if rubric else None
