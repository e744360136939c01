"""The home page: for every role the work that waits."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.services import extensions
from recommendations.work import work_count, work_of
from reports import selectors
from reports.definitions import consistency
from sakip.permissions import Role
from sakip.richtext import RichTextInput


@require_safe
def home(request):
    today = timezone.localdate()
    context = {"today": today, "role": request.user.role}
    if build := BUILDERS.get(request.user.role):
        context |= build(request.user, today)
    return render(request, "reports/home.html", context)


def _operator(user, today):
    year = today.year - 1  # the latest whole year
    work = work_of(user, today=today)
    return {
        "work": work,
        "editor": RichTextInput().media,
        "work_count": work_count(user),
        "shown_count": sum(len(items) for items in work.values()),
        "unreported": selectors.unreported_indicators(user, year),
        "unreported_year": year,
        "summaries": selectors.latest_evaluations(user),
    }


def _evaluator(user, today):
    count, queue = selectors.review_queue(user, today=today)
    return {
        "queue": queue,
        "queue_count": count,
        "summaries": selectors.latest_evaluations(user),
    }


def _coordinator(user, today):
    summaries = selectors.latest_evaluations(user)
    late_count, late = selectors.overdue(user, today=today)
    return {
        "summaries": summaries,
        "progress": selectors.whole(summaries),
        "statuses": selectors.status_counts(user, summaries),
        "late": late,
        "late_count": late_count,
        "finding_count": len(consistency.find(user, on=today).waiting),
        "extension_count": extensions.pending(user).count(),
    }


def _leader(user, today):
    summaries = selectors.latest_evaluations(user)
    late_count, late = selectors.overdue(user, today=today)
    return {
        "summaries": summaries,
        "progress": selectors.whole(summaries),
        "units": selectors.progress_by_unit(user, summaries, today=today),
        "late": late,
        "late_count": late_count,
    }


BUILDERS = {
    Role.OPERATOR: _operator,
    Role.EVALUATOR: _evaluator,
    Role.COORDINATOR: _coordinator,
    Role.LEADER: _leader,
}
