"""How long a session lasts: since signing in (SESSION_HOURS), and since it was last used (SESSION_IDLE_MINUTES).

When it began stands in the session. When it was last used stands in a signed cookie beside it, so that
reading a page writes nothing into the database; without the cookie it counts as used when it began.
What a page asks by itself (`X-Poll`) is no use: a page left open must not keep its person signed in.
"""

import time
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout, update_session_auth_hash
from django.contrib.sessions.backends import db
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from sakip import unsaved
from sakip.numbers import in_words
from sakip.services.sessions import note_seen
from sakip.sign_in import unsent

BEGAN = "sakip.began"
EVERY = (
    60  # seconds after which a use is noted again; so much later than announced a session may end
)
NOTED_EVERY = 5 * 60  # seconds: how exactly the list of devices knows the last use
IDLE = (
    f"Anda dikeluarkan karena program tidak dipakai selama {settings.SESSION_IDLE_MINUTES} menit. "
    "Silakan masuk lagi."
)
TOO_LONG = (
    f"Anda dikeluarkan karena sudah masuk selama {in_words(settings.SESSION_HOURS)} jam. "
    "Silakan masuk lagi."
)


class SessionStore(db.SessionStore):
    """Notes when somebody signs in. A new key for the same session, as after a new password, changes nothing."""

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if key == SESSION_KEY:
            super().__setitem__(BEGAN, int(time.time()))


def keep(request):
    """Lets this session go on, under a new key, after all sessions of its person were ended."""
    request.user.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)


class SessionEndMiddleware:
    """Ends a session that is too old or was not used, and keeps what was sent with it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self._silent(request) or self.get_response(request)
        now, key = time.time(), request.session.session_key
        began = request.session.get(BEGAN, 0)
        seen = _seen(request, key) or began
        if reason := why_ended(began=began, seen=seen, now=now):
            has_unsent = self._end(request, key, reason)
            if has_unsent:
                return _to_unsent(request)
            return self._silent(request) or self.get_response(request)
        used = seen if is_poll(request) else now
        request.session_left = seconds_left(began=began, seen=used, now=now)
        response = self.get_response(request)
        if request.user.is_authenticated and not is_poll(request):
            self._note(request, response, key, seen, now)
        return response

    @staticmethod
    def _silent(request):
        """No page at all for what a page asks by itself: it would replace one with somebody's words on it."""
        return HttpResponse(status=204) if is_poll(request) else None

    @staticmethod
    def _end(request, key, reason):
        typed, person = unsent.read(request), request.user
        if typed and (form := unsaved.of_form(request, request.path_info)):
            form.keep()
        logout(request)
        UserSession.objects.filter(session_key=key).delete()
        if not is_poll(request):
            messages.info(request, reason)
        if typed:
            unsent.remember(request, typed, person)
        return bool(typed)

    @staticmethod
    def _note(request, response, key, seen, now):
        has_new_key = request.session.session_key != key
        if now - seen < EVERY and not has_new_key:
            return
        response.set_cookie(
            settings.SEEN_COOKIE_NAME,
            _signer(request.session.session_key).sign(str(int(now))),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
        if int(now // NOTED_EVERY) != int(seen // NOTED_EVERY):
            note_seen(request.session.session_key)


def _to_unsent(request):
    """To sign in, and from there to what was sent."""
    answer = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    target = urlencode({"next": reverse("unsent")})
    return answer(f"{resolve_url(settings.LOGIN_URL)}?{target}")


def is_poll(request) -> bool:
    return "X-Poll" in request.headers


def why_ended(*, began, seen, now) -> str:
    """The sentence for the person; empty while the session goes on."""
    if now - began >= settings.SESSION_HOURS * 3600:
        return TOO_LONG
    if now - seen >= settings.SESSION_IDLE_MINUTES * 60 + EVERY:
        return IDLE
    return ""


def seconds_left(*, began, seen, now) -> int:
    ends = min(began + settings.SESSION_HOURS * 3600, seen + settings.SESSION_IDLE_MINUTES * 60)
    return max(0, int(ends - now))


def _seen(request, key) -> int:
    """When this session was last used; 0 when the cookie is missing or of another session."""
    try:
        return int(_signer(key).unsign(request.COOKIES.get(settings.SEEN_COOKIE_NAME, "")))
    except BadSignature:
        return 0


def _signer(key):
    return Signer(salt=f"sakip.seen:{key}")
