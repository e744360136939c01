"""Which quarters are closed, body by body, and the two buttons that change it."""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recommendations.forms.quarter_closing import QuarterYearForm
from recommendations.models import Evaluation, QuarterClosing, QuarterlyReport
from recommendations.permissions import evaluation_policy, quarter_policy
from recommendations.services import quarter_closing as services
from sakip.errors import require
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell
from sakip.models import Unit

TOLD = 30  # the page lists so many closings and reopenings


@require_safe
def quarter_list(request):
    require(quarter_policy.check(request.user, "close"))
    form = QuarterYearForm(request.GET)
    year = form.cleaned_data["tahun"] if form.is_valid() else timezone.localdate().year
    bodies = list(_bodies(request.user))
    history = HistoryEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Unit),
        action__in=["close_quarter", "reopen_quarter"],
        object_id__in=[body.pk for body in bodies],
    )
    context = {
        "year": year,
        "bodies": _quarters_of(bodies, year),
        "told": [(entry.at, tell(entry)) for entry in history.select_related("actor")[:TOLD]],
    }
    return render(request, "recommendations/quarter_list.html", context)


def _bodies(user):
    evaluations = evaluation_policy.filter(Evaluation.objects.all(), user, "edit")
    return Unit.objects.filter(pk__in=evaluations.values("unit")).order_by("name")


def _quarters_of(bodies, year):
    """Pairs of a body and its four quarters as (number, how many reports, closing or None). Two queries."""
    closings = QuarterClosing.objects.filter(unit__in=bodies, year=year)
    closed = {(row.unit_id, row.quarter): row for row in closings.select_related("closed_by")}
    path = "renaksi__body"
    reports = QuarterlyReport.objects.filter(**{f"{path}__in": bodies}, year=year).order_by()
    counts = {
        (unit, quarter): count
        for unit, quarter, count in reports.values_list(path, "quarter").annotate(Count("pk"))
    }
    return [
        (body, [(q, counts.get((body.pk, q), 0), closed.get((body.pk, q))) for q in (1, 2, 3, 4)])
        for body in bodies
    ]


@require_POST
def close(request, pk, year, quarter):
    return _change(request, pk, year, quarter, services.close_quarter, "ditutup")


@require_POST
def reopen(request, pk, year, quarter):
    return _change(request, pk, year, quarter, services.reopen_quarter, "dibuka kembali")


def _change(request, pk, year, quarter, service, word):
    require(quarter_policy.check(request.user, "close"))
    unit = get_object_or_404(_bodies(request.user), pk=pk)
    service(unit=unit, year=year, quarter=quarter, actor=request.user, at=timezone.now())
    messages.success(request, f"{services.name_of(year, quarter)} {unit} {word}.")
    return redirect(f"{reverse('recommendations:quarter-list')}?tahun={year}")
