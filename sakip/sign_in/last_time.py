"""When a person signed in before this time: what has changed since is news to them."""

from datetime import datetime, timedelta

from django.utils import timezone

BEFORE = "sakip.before"
WITHOUT = timedelta(days=7)  # so far back looks who signs in for the first time


def remember(request, moment: datetime | None):
    """Keeps in the session when its person had signed in before; None for the first time."""
    request.session[BEFORE] = moment.isoformat() if moment else ""


def signed_in_before(request) -> datetime | None:
    """None when this is the first time, or a session older than this program."""
    text = request.session.get(BEFORE, "")
    return datetime.fromisoformat(text) if text else None


def news_since(request) -> datetime:
    return signed_in_before(request) or timezone.now() - WITHOUT
