"""The letter of an LHE as a file, its revision, and what it said before."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.revisions import EvaluationLetterForm, EvaluationRevisionForm
from recommendations.models import Evaluation, EvaluationLetter, EvaluationRevision
from recommendations.permissions import evaluation_policy
from recommendations.services.letters import attach_letter
from recommendations.services.revisions import revise_evaluation
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.unsaved import keeps_typed
from sakip.uploads.joining import joins_parts
from sakip.uploads.serving import hand_out


def _find_editable(request, pk):
    rows = Evaluation.objects.visible_to(request.user).select_related("unit")
    evaluation = get_object_or_404(rows, pk=pk)
    require(evaluation_policy.check(request.user, "edit", evaluation))
    return evaluation


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
def letter_attach(request, pk):
    evaluation = _find_editable(request, pk)
    form = EvaluationLetterForm(*posted(request))
    if form.is_valid():
        cleaned = {"upload": form.cleaned_data["file"]}
        if kept := attempt(request, form, attach_letter, cleaned=cleaned, evaluation=evaluation):
            messages.success(request, f"Surat LHE “{kept}” dilampirkan.")
            return redirect(evaluation)
    context = {"form": form, "evaluation": evaluation, "letters": evaluation.letters.all()}
    return render(request, "recommendations/letter_form.html", context)


@require_safe
def letter_file(request, pk, number):
    """Hands out a letter to whoever sees its LHE."""
    rows = EvaluationLetter.objects.visible_to(request.user)
    letter = get_object_or_404(rows, evaluation=pk, number=number)
    return hand_out(
        letter.file, content_type=letter.content_type, name=letter.original_name, is_received=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@joins_parts
@keeps_typed(EvaluationRevisionForm)
def revision_create(request, pk):
    evaluation = _find_editable(request, pk)
    form = EvaluationRevisionForm(*posted(request), instance=copy(evaluation))
    if not form.is_valid():
        return _form_page(request, evaluation, form)
    try:
        if attempt(request, form, revise_evaluation, cleaned=form.given, evaluation=evaluation):
            text = "LHE revisi dicatat. Ubah nilai dan rekomendasinya menurut LHE revisi."
            messages.success(request, text)
            return redirect("recommendations:evaluation-scores", pk)
    except StaleEdit as conflict:
        data = again(request, version=conflict.current.version)
        form = EvaluationRevisionForm(data, instance=copy(conflict.current))
        return _form_page(request, evaluation, form, status=409, refusal=conflict)
    return _form_page(request, evaluation, form)


def _form_page(request, evaluation, form, *, status=200, **context):
    context |= {"form": form, "evaluation": evaluation}
    return render(request, "recommendations/revision_form.html", context, status=status)


@require_safe
def revision_detail(request, pk, number):
    rows = EvaluationRevision.objects.visible_to(request.user)
    rows = rows.select_related("evaluation__unit", "letter", "replaced_by")
    revision = get_object_or_404(rows, evaluation=pk, number=number)
    context = {"revision": revision, "evaluation": revision.evaluation}
    return render(request, "recommendations/revision_detail.html", context)
