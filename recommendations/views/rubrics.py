"""Rubrics: what an evaluation is scored by."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.follow_up_bands import BandFormSet, CriterionForm
from recommendations.forms.rubrics import RubricCopyForm, RubricForm, WeightFormSet
from recommendations.models import Evaluation, Rubric
from recommendations.permissions import rubric_policy
from recommendations.rules.follow_up_bands import bands_of
from recommendations.services import rubrics as services
from recommendations.services.follow_up_bands import save_follow_up_bands, words_of_bands
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.filling import way_back
from sakip.history.sentences import story_of


def _visible(request):
    rows = Rubric.objects.visible_to(request.user).select_related("unit", "replaces")
    return rows.prefetch_related("weights__component")


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
    newer = Rubric.objects.filter(replaces=rubric).first()
    context = {
        "rubric": rubric,
        "bands": bands_of(rubric),
        "can_edit": newer is None and rubric_policy.check(request.user, "edit", rubric),
        "can_copy": rubric_policy.check(request.user, "copy", rubric),
        "newer": newer,
        "is_fixed": services.is_fixed(rubric),
        "evaluations": Evaluation.objects.visible_to(request.user)
        .filter(rubric=rubric)
        .select_related("unit"),
        "history": story_of(rubric),
    }
    return render(request, "recommendations/rubric_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_create(request):
    require(rubric_policy.check(request.user, "edit"))
    data = posted(request)[0]
    form, formset = RubricForm(data, actor=request.user), WeightFormSet.of(None, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        weights = formset.weights
        if saved := attempt(request, form, services.create_rubric, weights=weights):
            messages.success(request, "Rubrik disimpan.")
            return redirect(way_back(request) or saved)
    return _form_page(request, None, form, formset)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_edit(request, pk):
    rubric = _find_editable(request, pk)
    data = posted(request)[0]
    form, formset = _forms(request, rubric, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        target = {"rubric": rubric, "weights": formset.weights}
        try:
            if saved := attempt(request, form, services.edit_rubric, **target):
                return _saved(request, rubric, saved, "Rubrik disimpan.")
        except StaleEdit as conflict:
            return _conflict(request, conflict)
    return _form_page(request, rubric, form, formset)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_copy(request, pk):
    rubric = get_object_or_404(_visible(request), pk=pk)
    require(rubric_policy.check(request.user, "copy", rubric))
    initial = {"name": f"{rubric} (salinan)"}
    form = RubricCopyForm(posted(request)[0], actor=request.user, initial=initial)
    if form.is_valid() and (made := attempt(request, form, services.copy_rubric, rubric=rubric)):
        messages.success(request, "Salinan dibuat. Ubah isinya di sini; rubrik asalnya tetap.")
        return redirect(made)
    context = {"form": form, "rubric": rubric}
    return render(request, "recommendations/rubric_copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_bands_edit(request, pk):
    rubric = _find_editable(request, pk)
    data = posted(request)[0]
    form, formset = CriterionForm(data, instance=copy(rubric)), BandFormSet.of(rubric, data)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        target = {"rubric": rubric, "bands": formset.bands}
        try:
            if saved := attempt(request, form, save_follow_up_bands, **target):
                return _saved(request, rubric, saved, "Pita kriteria tindak lanjut disimpan.")
        except StaleEdit as conflict:
            return _bands_conflict(request, conflict)
    return _bands_page(request, rubric, form, formset)


def _find_editable(request, pk):
    rubric = get_object_or_404(_visible(request), pk=pk)
    services.require_editable(rubric, request.user)
    return rubric


def _saved(request, rubric, saved, sentence):
    if saved.pk != rubric.pk:
        sentence = f"{saved} dibuat. LHE yang sudah dinilai tetap memakai {rubric}."
    messages.success(request, sentence)
    return redirect(way_back(request) or saved)


def _bands_conflict(request, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    rubric = conflict.current
    data = again(request, version=rubric.version)
    form, formset = CriterionForm(data, instance=copy(rubric)), BandFormSet.of(rubric, data)
    context = {"conflict": str(conflict), "saved": words_of_bands(rubric)}
    return _bands_page(request, rubric, form, formset, status=409, **context)


def _bands_page(request, rubric, form, formset, *, status=200, **context):
    context |= {"form": form, "formset": formset, "rubric": rubric}
    context["is_fixed"] = services.is_fixed(rubric)
    return render(request, "recommendations/rubric_bands.html", context, status=status)


def _forms(request, rubric, data):
    """The form writes into its instance, while the page still names the rubric as it is."""
    form = RubricForm(data, instance=copy(rubric), actor=request.user)
    return form, WeightFormSet.of(rubric, data)


def _conflict(request, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    rubric = conflict.current
    form, formset = _forms(request, rubric, again(request, version=rubric.version))
    context = {"conflict": str(conflict), "saved": services.words_of_rubric(rubric)}
    return _form_page(request, rubric, form, formset, status=409, **context)


def _form_page(request, rubric, form, formset, *, status=200, **context):
    context |= {"form": form, "formset": formset, "rubric": rubric}
    context["is_fixed"] = rubric is not None and services.is_fixed(rubric)
    return render(request, "recommendations/rubric_form.html", context, status=status)
