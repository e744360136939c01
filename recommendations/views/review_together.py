"""Several items of the queue that are alike: read side by side, ticked one by one, decided at once."""

from collections import Counter

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from recommendations.forms.review import BulkDecisionForm, QueueForm
from recommendations.models import Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.selectors import review_order, review_queue
from recommendations.services import presence
from recommendations.services.bulk_review import decide_many, must_be_alone
from sakip.converters import key_of
from sakip.editing import posted
from sakip.errors import require
from sakip.unsaved import keeps_typed

MOST = 50  # items on one page
NAMED = 10  # of the decided items, in the message
DONE = {"accept": "diterima", "return": "dikembalikan kepada unit"}


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(BulkDecisionForm)
def review_together(request):
    """The queue links here with the ticked items; the POST sends those that were checked on this page."""
    require(renaksi_policy.check(request.user, "accept"))
    asked = request.POST if request.method == "POST" else request.GET
    filters = QueueForm(QueryDict(asked.get("saringan", "").lstrip("?")), user=request.user)
    keys = _keys(asked.getlist("tampil") or asked.getlist("renaksi"))
    if request.method != "POST":
        return _page(request, filters, keys, BulkDecisionForm(posted(request)[0], rows=[]))
    # Also what waits no longer: the person is told what became of it.
    shown = Renaksi.objects.visible_to(request.user).filter(pk__in=keys)
    form = BulkDecisionForm(asked, rows=list(review_queue.for_bulk(shown)))
    if not form.is_valid():
        return _page(request, filters, keys, form)
    action, words = form.cleaned_data.pop("decision"), form.cleaned_data
    who = {"actor": request.user, "at": timezone.now()}
    outcome = decide_many(items=form.items, action=action, **who, **words)
    _tell(request, outcome.done, action)
    if outcome.refused:
        context = {"refused": outcome.refused, "deed": DONE[action], "status": 409}
        return _page(request, filters, keys, form, **context)
    return redirect(reverse("recommendations:review-list") + filters.query)


def _keys(texts):
    """The first MOST different keys."""
    return list(dict.fromkeys(pk for pk in map(key_of, texts) if pk is not None))[:MOST]


def _page(request, filters, keys, form, status=200, **context):
    waiting = review_queue.queue(request.user).filter(pk__in=keys)
    rows = list(review_order.ordered(review_queue.for_bulk(waiting), filters.order))
    presence.mark(rows, request.user, timezone.now())
    context |= {
        "form": form,
        "filters": filters,
        "rows": [(row, must_be_alone(row)) for row in rows],
    }
    context["bodies"] = Counter(row.recommendation.evaluation.unit for row in rows).items()
    context["gone"] = len(keys) - len(rows) if request.method == "GET" else 0
    return render(request, "recommendations/review_together.html", context, status=status)


def _tell(request, done, action):
    """How many were decided, with links to the first of them."""
    if not done:
        return
    names = format_html_join(", ", '<a href="{}">{}</a>', (_named(row) for row in done[:NAMED]))
    more = f", dan {len(done) - NAMED} lainnya" if len(done) > NAMED else ""
    text = format_html("{} {}: {}{}.", len(done), DONE[action], names, more)
    messages.success(request, text)


def _named(renaksi):
    evaluation = renaksi.recommendation.evaluation
    return renaksi.get_absolute_url(), f"{renaksi}, {evaluation.unit} {evaluation.performance_year}"
