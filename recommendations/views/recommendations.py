"""Recommendations of an evaluation and the notes on them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.recommendations import (
    NoteForm,
    PhotoForm,
    PhotoFormSet,
    PointForm,
    PointFormSet,
    RecommendationForm,
)
from recommendations.models import Evaluation, Note, NotePhoto, Recommendation, Renaksi
from recommendations.permissions import evaluation_policy, recommendation_policy
from recommendations.selectors.follow_up_leaf import leaf_rows, seen_recommendation
from recommendations.services import recommendations as services
from sakip.children import leaf_of
from sakip.consistency.pages import findings_on
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.history.sentences import story_of
from sakip.roles import Role
from sakip.unsaved import keeps_typed
from sakip.uploads.check import CONTENT_TYPES
from sakip.uploads.joining import joins_parts
from sakip.uploads.serving import hand_out


def _find_editable(request, pk):
    visible = Recommendation.objects.visible_to(request.user)
    recommendation = get_object_or_404(
        visible.select_related("component", "evaluation__unit"), pk=pk
    )
    require(recommendation_policy.check(request.user, "edit", recommendation))
    return recommendation


@require_safe
def recommendation_detail(request, pk):
    if (recommendation := seen_recommendation(request.user, pk)) is None:
        raise Http404
    leaf = _leaf(request, recommendation)
    shown = leaf_rows(
        recommendation.evaluation, [recommendation], list(leaf), {pk: leaf.paginator.count}
    )
    context = {
        "recommendation": recommendation,
        "row": shown.rows[0],
        "leaf": leaf,
        "renamed": shown.renamed,
        "repeated_by": recommendation.repeated_by.select_related("evaluation", "component"),
        "can_edit": recommendation_policy.check(request.user, "edit", recommendation),
        "can_delete": recommendation.renaksi_count == 0,
        "is_partial": request.user.role == Role.OPERATOR,
        "findings": findings_on(request.user, recommendation, timezone.localdate()),
        "history": story_of(recommendation),
    }
    return render(request, "recommendations/recommendation_detail.html", context)


def _leaf(request, recommendation):
    """The keys of some of its renaksi, of those that the person may see."""
    renaksi = Renaksi.objects.visible_to(request.user).filter(recommendation=recommendation)
    keys = renaksi.order_by("position").values_list("pk", flat=True)
    return leaf_of(list(keys), request.GET, settings.PAGE_LENGTH)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(RecommendationForm, PointForm)
def recommendation_create(request, pk):
    evaluations = Evaluation.objects.visible_to(request.user).select_related("unit")
    evaluation = get_object_or_404(evaluations, pk=pk)
    require(evaluation_policy.check(request.user, "edit", evaluation))
    empty = Recommendation(evaluation=evaluation)
    initial = {"number": services.next_number(evaluation)}
    form = RecommendationForm(*posted(request), instance=empty, initial=initial)
    formset = PointFormSet.of(empty, *posted(request)[:1])
    if all([form.is_valid(), formset.is_valid()]):
        new = {"evaluation": evaluation, "points": formset.parts}
        if saved := attempt(request, form, services.create_recommendation, **new):
            messages.success(request, f"{saved.named_for(request.user)} ditambahkan.")
            return redirect(saved)
    return _form_page(request, form, formset, evaluation=evaluation)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(RecommendationForm, PointForm)
def recommendation_edit(request, pk):
    recommendation = _find_editable(request, pk)
    form = RecommendationForm(*posted(request), instance=_find_editable(request, pk))
    formset = PointFormSet.of(recommendation, *posted(request)[:1])
    if all([form.is_valid(), formset.is_valid()]):
        target = {"recommendation": recommendation, "points": formset.parts}
        try:
            saved = attempt(request, form, services.edit_recommendation, **target)
        except StaleEdit as conflict:
            return _conflict_page(request, conflict)
        if saved:
            messages.success(request, f"{saved.named_for(request.user)} disimpan.")
            return redirect(saved)
    return _form_page(request, form, formset, recommendation=recommendation)


def _form_page(request, form, formset, *, status=200, **context):
    context |= {"form": form, "formset": formset}
    context.setdefault("evaluation", form.instance.evaluation)
    return render(request, "recommendations/recommendation_form.html", context, status=status)


def _conflict_page(request, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    current = conflict.current
    data = again(request, version=current.version)
    form = RecommendationForm(data, instance=_find_editable(request, current.pk))
    formset = PointFormSet.of(current, data)
    context = {"recommendation": current, "saved_points": current.points.all()}
    return _form_page(request, form, formset, status=409, conflict=str(conflict), **context)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_delete(request, pk):
    recommendation = _find_editable(request, pk)
    services.require_deletable(recommendation, request.user)
    if request.method != "POST":
        context = {"recommendation": recommendation}
        return render(request, "recommendations/recommendation_delete.html", context)
    name = recommendation.named_for(request.user)
    services.delete_recommendation(
        recommendation=recommendation, actor=request.user, at=timezone.now()
    )
    messages.success(request, f"{name} dihapus. Nomornya tidak dipakai ulang.")
    return redirect(recommendation.evaluation)


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
@keeps_typed(NoteForm, PhotoForm)
def note_edit(request, pk):
    recommendation = _find_editable(request, pk)
    note = Note.objects.filter(recommendation=recommendation).first()
    initial = {"text": note.text if note else "", "seen": services.digest_of_note(note)}
    form = NoteForm(*posted(request), initial=initial)
    formset = PhotoFormSet.of(note, *posted(request))
    if all([form.is_valid(), formset.is_valid()]):
        target = {"recommendation": recommendation, "photos": formset.parts}
        try:
            saved = attempt(request, form, services.write_note, **target)
        except StaleEdit as conflict:
            return _note_conflict(request, recommendation, conflict)
        if saved:
            messages.success(request, f"Catatan {recommendation.named_for(request.user)} disimpan.")
            return redirect(recommendation)
    return _note_page(request, recommendation, form, formset)


def _note_page(request, recommendation, form, formset, *, status=200, **context):
    context |= {"recommendation": recommendation, "form": form, "formset": formset}
    return render(request, "recommendations/note_form.html", context, status=status)


def _note_conflict(request, recommendation, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    note = conflict.current
    data = again(request, seen=services.digest_of_note(note))
    form, formset = NoteForm(data), PhotoFormSet.of(note, data)
    context = {"saved": note, "conflict": str(conflict)}
    return _note_page(request, recommendation, form, formset, status=409, **context)


@require_safe
def note_photo(request, pk):
    """Hands out a photo to whoever sees its recommendation."""
    visible = Recommendation.objects.visible_to(request.user)
    photos = NotePhoto.objects.filter(note__recommendation__in=visible).exclude(image="")
    photo = get_object_or_404(photos, pk=pk)
    extension = photo.image.name.rpartition(".")[2].lower()
    return hand_out(
        photo.image, content_type=CONTENT_TYPES[extension], name=f"gambar-{pk}.{extension}"
    )
