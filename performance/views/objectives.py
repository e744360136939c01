"""Pages of objectives."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from performance.forms.objectives import ObjectiveForm, SourceFormSet
from performance.models import Objective
from performance.permissions import objective_policy
from performance.services import objectives as services
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.history.sentences import story_of
from sakip.views.deleting import delete_page


@require_safe
def objective_detail(request, pk):
    objective = visible_objective(request.user, pk)
    indicators = objective.indicators.visible_to(request.user).select_related("owner_unit")
    context = {
        "objective": objective,
        "indicators": indicators.order_by("number"),
        "sources": objective.sources.order_by("-year"),
        "may_edit": objective_policy.check(request.user, "edit", objective),
        "history": story_of(objective),
    }
    return render(request, "performance/objective_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_create(request):
    require(objective_policy.check(request.user, "edit"))
    return _objective_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request, pk):
    objective = visible_objective(request.user, pk)
    require(objective_policy.check(request.user, "edit", objective))
    return _objective_page(request, objective)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_delete(request, pk):
    objective = visible_objective(request.user, pk)
    context = {"record": objective, "objective": objective}
    return delete_page(
        request,
        objective,
        "performance/record_delete.html",
        context | {"lines": services.objective_words(objective)},
        require_deletable=services.require_deletable,
        delete=partial(services.delete_objective, objective=objective),
        told=f"{objective} dihapus.",
        to="performance:indicator-table",
    )


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
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites."""
    objective = conflict.current
    data = again(request, version=objective.version)
    form = ObjectiveForm(data, instance=copy(objective), user=request.user)
    formset = SourceFormSet.of(objective, data)
    context = {"form": form, "formset": formset, "objective": objective}
    context |= {"conflict": str(conflict), "saved": services.objective_words(objective)}
    return render(request, "performance/objective_form.html", context, status=409)


def visible_objective(user, pk):
    rows = Objective.objects.visible_to(user).select_related("unit")
    return get_object_or_404(rows, pk=pk)
