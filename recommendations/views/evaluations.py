"""Evaluations: the list, one with its comparison, its scores, its follow-up table."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.evaluations import (
    EvaluationFilterForm,
    EvaluationForm,
    ScoreForm,
    ScoresForm,
    ScoresHeadForm,
)
from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from recommendations.rules.leaves import divided
from recommendations.rules.progress import Progress
from recommendations.rules.score_comparison import compare, figures
from recommendations.rules.score_sentences import sentences
from recommendations.selectors import one_evaluation
from recommendations.selectors.evaluation_list import listed
from recommendations.selectors.figures import KeptFigures
from recommendations.selectors.follow_up_leaf import FollowUpLeaf, follow_up_leaf
from recommendations.selectors.follow_up_table import (
    follow_up_lines,
    follow_up_rows,
    renamed_units,
)
from recommendations.selectors.listed_tables import EVALUATIONS
from recommendations.selectors.recommendation_lines import (
    recommendation_lines,
    recommendations_of,
    renamed_parts,
)
from recommendations.services import evaluations as services
from sakip.children import leaf_of, wants_all
from sakip.consistency.pages import findings_on
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.filling import offer_to_fill
from sakip.history.sentences import story_of
from sakip.kept_filters import keeps_filters
from sakip.roles import Role
from sakip.selectors.unit_tree import unit_tree
from sakip.table_settings import shown_to
from sakip.unsaved import keeps_typed
from sakip.views.deleting import delete_page


def _find(request, pk):
    if (evaluation := one_evaluation.seen(request.user, pk)) is None:
        raise Http404
    return evaluation


def _find_editable(request, pk):
    evaluation = _find(request, pk)
    require(evaluation_policy.check(request.user, "edit", evaluation))
    return evaluation


@require_safe
@keeps_filters("lhe", EvaluationFilterForm.base_fields)
def evaluation_list(request):
    evaluations = Evaluation.objects.visible_to(request.user)
    filters = EvaluationFilterForm(request.GET, evaluations, tree=unit_tree(request.user))
    shown = shown_to(request.user, EVALUATIONS)
    keys = filters.narrowed().values_list("pk", flat=True)
    page = Paginator(keys, shown.length).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": shown,
        "filters": filters,
        "rows": listed(list(page), request.user, timezone.localdate()),
        "can_create": evaluation_policy.check(request.user, "edit"),
        "is_partial": request.user.role == Role.OPERATOR,
    }
    return render(request, "recommendations/evaluation_list.html", context)


@require_safe
def evaluation_detail(request, pk):
    evaluation = _find(request, pk)
    earlier = one_evaluation.before(request.user, evaluation)
    comparison = compare(evaluation, earlier)
    found = recommendations_of(evaluation, request.user)
    leaf = leaf_of(found, request.GET, settings.PAGE_LENGTH)
    context = {
        "evaluation": evaluation,
        "comparison": comparison,
        "sentences": sentences(comparison),
        "findings": _findings(request.user, evaluation, earlier),
        "leaf": leaf,
        "rows": recommendation_lines(list(leaf), request.user),
        "renamed": renamed_parts(evaluation, request.user),
        "progress": _progress(request.user, evaluation),
        "can_edit": evaluation_policy.check(request.user, "edit", evaluation),
        "can_print": evaluation_policy.check(request.user, "print", evaluation),
        "letter": evaluation.letters.first(),
        "revisions": evaluation.revisions.select_related("replaced_by"),
        "is_partial": request.user.role == Role.OPERATOR,
        "history": story_of(evaluation),
    }
    return render(request, "recommendations/evaluation_detail.html", context)


def _progress(user, evaluation):
    kept = KeptFigures(user, today=timezone.localdate())
    return kept.progress([evaluation]).get(evaluation.pk, Progress())


def _findings(user, evaluation, earlier):
    """Also that the total of the year before is printed wrongly: the comparison is made with it."""
    also = (earlier, "total-differs") if earlier else None
    return findings_on(user, evaluation, timezone.localdate(), also=also)


@require_safe
def evaluation_follow_up(request, pk):
    evaluation = _find(request, pk)
    leaf, shown = _table(request, evaluation)
    context = {
        "evaluation": evaluation,
        "leaf": leaf,
        "rows": shown.rows,
        "renamed": shown.renamed,
        "noted": [row for row in shown.rows if row.note],
        "can_edit": evaluation_policy.check(request.user, "edit", evaluation),
        "is_partial": request.user.role == Role.OPERATOR,
    }
    return render(request, "recommendations/evaluation_follow_up.html", context)


def _table(request, evaluation):
    """A leaf of the table with its rows; all of them when the person asks for the whole table."""
    lines = follow_up_lines(evaluation, request.user)
    if wants_all(request.GET):
        rows = follow_up_rows(evaluation, request.user)
        shown = FollowUpLeaf(rows, renamed_units(evaluation, rows))
        return leaf_of([lines], request.GET, 1), shown
    leaf = leaf_of(divided(lines, settings.PAGE_LENGTH), request.GET, 1)
    return leaf, follow_up_leaf(evaluation, leaf[0], settings.PAGE_LENGTH)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(EvaluationForm)
def evaluation_create(request):
    require(evaluation_policy.check(request.user, "edit"))
    form = EvaluationForm(*posted(request), actor=request.user)
    if form.is_valid() and (evaluation := attempt(request, form, services.create_evaluation)):
        messages.success(request, "LHE disimpan. Isi nilai komponennya.")
        return redirect("recommendations:evaluation-scores", evaluation.pk)
    offer_to_fill(form, request, rubric=("recommendations:rubric-create", "rubrik"))
    return render(request, "recommendations/evaluation_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(EvaluationForm)
def evaluation_edit(request, pk):
    evaluation = _find_editable(request, pk)
    form = EvaluationForm(
        *posted(request), instance=_find_editable(request, pk), actor=request.user
    )
    target = {"evaluation": evaluation}
    try:
        if form.is_valid() and attempt(request, form, services.edit_evaluation, **target):
            messages.success(request, "LHE disimpan.")
            return redirect(evaluation)
    except StaleEdit as conflict:
        return _conflict(request, evaluation, conflict)
    context = {"form": form, "evaluation": evaluation}
    return render(request, "recommendations/evaluation_form.html", context)


def _conflict(request, evaluation, conflict):
    """409: shows the saved values beside the typed ones, which are kept. Saving again overwrites."""
    data = again(request, version=conflict.current.version)
    form = EvaluationForm(data, instance=conflict.current, actor=request.user)
    context = {"form": form, "evaluation": evaluation, "conflict": str(conflict)}
    context["saved"] = services.words_of(conflict.current)
    return render(request, "recommendations/evaluation_form.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_delete(request, pk):
    evaluation = _find_editable(request, pk)
    context = {"evaluation": evaluation, "figures": figures(evaluation)}
    context["scores"] = services.words_of_scores(evaluation)
    return delete_page(
        request,
        evaluation,
        "recommendations/evaluation_delete.html",
        context,
        require_deletable=services.require_deletable,
        delete=partial(services.delete_evaluation, evaluation=evaluation),
        told=f"{evaluation} dihapus.",
        to="recommendations:evaluation-list",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(ScoresHeadForm, ScoreForm)
def evaluation_scores(request, pk):
    evaluation = _find_editable(request, pk)
    form = ScoresForm(evaluation, posted(request)[0])
    try:
        if form.is_valid() and attempt(request, form, services.write_scores, evaluation=evaluation):
            messages.success(request, "Nilai disimpan.")
            return redirect(evaluation)
    except StaleEdit as conflict:
        return _scores_conflict(request, pk, conflict)
    return _scores_page(request, evaluation, form)


def _scores_conflict(request, pk, conflict):
    evaluation = _find_editable(request, pk)
    form = ScoresForm(evaluation, again(request, version=conflict.current.version))
    context = {"conflict": str(conflict), "saved": services.words_of_scores(evaluation)}
    return _scores_page(request, evaluation, form, status=409, **context)


def _scores_page(request, evaluation, form, *, status=200, **context):
    context |= {"evaluation": evaluation, "form": form.head, "formset": form.rows}
    return render(request, "recommendations/evaluation_scores.html", context, status=status)
