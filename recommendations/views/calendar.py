"""The private calendar feed: due dates of what its owner may see and is not yet closed."""

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.models import NoticeChoices, Renaksi
from recommendations.services.notifications import name_of
from recommendations.transitions import CLOSED
from sakip.richtext import plain_text


@login_not_required
@require_safe
def calendar(request, key):
    """Opened by calendar programs, which cannot sign in: the long random key is the right to read."""
    from icalendar import Calendar  # takes as long to load as Django's models

    choices = get_object_or_404(
        NoticeChoices.objects.select_related("person"), calendar_key=key, person__is_active=True
    )
    feed = Calendar()
    feed.add("prodid", "-//Tindak Lanjut SAKIP//Batas waktu//ID")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", "Batas waktu SAKIP")
    now = timezone.now()
    for renaksi in _due(choices.person, timezone.localdate(now)):
        feed.add_component(_event(request, renaksi, now))
    response = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="batas-waktu-sakip.ics"'
    return response


def _due(person, today):
    span = (
        today - timedelta(days=366 * settings.CALENDAR_YEARS_BACK),
        today + timedelta(days=366 * settings.CALENDAR_YEARS_AHEAD),
    )
    seen = Q(pk__in=())
    for seat in person.seats:
        seen |= Q(pk__in=Renaksi.objects.visible_to(seat).values("pk"))
    items = Renaksi.objects.filter(seen).exclude(status__in=CLOSED)
    items = items.filter(due_date__range=span).order_by("due_date", "pk")
    return items.select_related("lead_unit", "recommendation__evaluation__unit")[
        : settings.CALENDAR_MAX_EVENTS
    ]


def _event(request, renaksi, now):
    from icalendar import Event

    address = request.build_absolute_uri(renaksi.get_absolute_url())
    event = Event()
    event.add("uid", f"renaksi-{renaksi.pk}@{request.get_host()}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", renaksi.due_date)
    event.add("summary", f"Batas waktu {name_of(renaksi)} · {renaksi.lead_unit}")
    event.add("description", f"{renaksi.get_status_display()}. {plain_text(renaksi.plan)}".strip())
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
