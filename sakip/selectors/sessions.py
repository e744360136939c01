"""The devices on which a person is signed in, in words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

# The first that occurs names the browser: most of them also name the older ones.
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]  # fmt: skip
SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")]  # fmt: skip
LATE = timedelta(minutes=10)  # the last use is known only so exactly


@dataclass(frozen=True)
class Device:
    pk: int
    name: str
    address: str
    since: datetime
    last_used: datetime
    is_this: bool


def devices_of(user, session_key) -> list[Device]:
    """This session first, then the others, last used first. Two queries.

    Sessions that have ended are left out, also those of a former password.
    """
    rows = list(UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at", "pk"))
    alive = _alive(user, [row.session_key for row in rows])
    idle = timezone.now() - timedelta(minutes=settings.SESSION_IDLE_MINUTES) - LATE
    devices = [
        Device(
            pk=row.pk,
            name=device_name(row.user_agent),
            address=row.ip,
            since=row.created_at,
            last_used=row.last_seen_at,
            is_this=row.session_key == session_key,
        )
        for row in rows
        if row.session_key in alive
    ]
    devices = [device for device in devices if device.is_this or device.last_used > idle]
    return sorted(devices, key=lambda device: not device.is_this)


def _alive(user, keys) -> set[str]:
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    present = user.get_session_auth_hash()
    return {one.pk for one in found if one.get_decoded().get(HASH_SESSION_KEY) == present}


def device_name(user_agent) -> str:
    """For example “Chrome di Windows”; what a browser says about itself is no proof."""
    browser = _named(BROWSERS, user_agent) or "Peramban lain"
    system = _named(SYSTEMS, user_agent)
    return f"{browser} di {system}" if system else browser


def _named(pairs, text):
    return next((name for sign, name in pairs if re.search(rf"\b{sign}\b", text)), "")
