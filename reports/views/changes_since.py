"""What has changed since a person signed in before, or in the last days."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.selectors.changes_since import first_changes, page_of_changes
from sakip.sign_in.last_time import news_since, signed_in_before

DAYS = {"7": 7, "30": 30}
FIRST = 5  # on the first page


@require_safe
def changes_since(request):
    days = request.GET.get("hari", "")
    if days in DAYS:
        since = timezone.now() - timedelta(days=DAYS[days])
    else:
        days, since = "", news_since(request)
    page, records = page_of_changes(request.user, since, request.GET)
    context = {"since": since, "before": signed_in_before(request), "days": days}
    context |= {"page": page, "records": records, "choices": DAYS}
    return render(request, "reports/changes_since.html", context)


@require_safe
def changes_count(request):
    """How many records, and the first of them: loaded when the first page has shown this place.

    So what is one's own is no part of a page that is stored for a role.
    """
    since = news_since(request)
    count, records = first_changes(request.user, since, FIRST)
    context = {"count": count, "records": records, "since": since}
    return render(request, "reports/_changes_count.html", context)
