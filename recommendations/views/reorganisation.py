"""The guided reorganisation of a unit: choose, see what moves where, carry out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.reorganisation import DestinationsForm, ReorganisationForm
from recommendations.services.reorganisation import reorganise
from sakip.editing import StaleEdit
from sakip.forms.unit_choices import with_body
from sakip.models import Unit
from sakip.views.records import for_coordinators


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def unit_reorganise(request, pk):
    """GET with a choice shows a preview; POST carries it out."""
    unit = get_object_or_404(Unit.objects.editable_by(request.user).select_related("parent"), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET if request.GET else None
    form = ReorganisationForm(asked, unit=unit, user=request.user)
    if not form.is_valid():
        return _form_page(request, unit, form)
    held = form.arrangement.belongings(unit)
    posted = request.POST if request.method == "POST" else None
    places = DestinationsForm(posted, held=held, choices=form.successor_choices())
    if request.method == "POST" and _may_go(form, places):
        return _carried_out(request, unit, form, places)
    return _preview(request, unit, form, places)


def _may_go(form, places):
    """One successor takes everything, so nothing is asked about."""
    return (
        not form.arrangement.ends_the_unit
        or len(form.successor_choices()) == 1
        or places.is_valid()
    )


def _carried_out(request, unit, form, places):
    try:
        now = reorganise(
            unit=unit,
            arrangement=form.arrangement,
            destinations=places.destinations if places.is_valid() else None,
            actor=request.user,
            at=timezone.now(),
            seen=request.POST.get("seen", ""),
        )
    except StaleEdit as conflict:
        return _preview(request, unit, form, places, conflict=conflict, status=409)
    except ValidationError as error:
        form.add_service_errors(error)
        return _form_page(request, unit, form)
    messages.success(request, f"Reorganisasi dicatat: {', '.join(map(str, now))}.")
    return redirect("sakip:unit-list")


def _form_page(request, unit, form):
    context = {"unit": unit, "form": form, "former": _past_of(unit)}
    return render(request, "recommendations/reorganisation.html", context)


def _preview(request, unit, form, places, *, conflict="", status=200):
    context = {
        "unit": unit,
        "form": form,
        "places": places,
        "held": places.held,
        "plan": form.arrangement,
        "successors": form.successor_choices(),
        "where": with_body(unit),
        "conflict": str(conflict),
    }
    template = "recommendations/reorganisation_preview.html"
    return render(request, template, context, status=status)


def _past_of(unit):
    """Former names and places, and the units before and after this one."""
    return {
        "names": unit.former_names.select_related("parent"),
        "origins": unit.origins.select_related("predecessor"),
        "successions": unit.successions.select_related("successor"),
    }
