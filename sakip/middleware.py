"""Middleware for every page: security headers, caching, and answers to special errors."""

import re
import time
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.functional import empty
from django_htmx.http import HttpResponseClientRedirect
from django_structlog.middlewares import RequestMiddleware

from sakip import problems
from sakip.errors import WrongState
from sakip.operations import figures
from sakip.operations.outages import outage_of
from sakip.sign_in.rate_limits import BROWSER_COOKIE
from sakip.views.probes import PROBES

logger = structlog.get_logger(__name__)
REFUSED = (403, 404, 409, 413, 429)
LONG_WORD = re.compile(r"[^/]{16,}")


class RequestLogMiddleware(RequestMiddleware):
    """Writes one line for each answer, and one with the traceback for each failure.

    It comes first, so that the duration is that of everything.
    """

    def prepare(self, request):
        request.began = time.monotonic()
        super().prepare(request)

    def handle_response(self, request, response):
        figures.count_answer(request, response, time.monotonic() - request.began)
        self._add_duration(request)
        if response.status_code in REFUSED:
            self._add_record(request)
        super().handle_response(request, response)

    def _process_exception(self, request, exception):
        """This failure needs no traceback: its cause is not in the program, and an outage has many."""
        self._add_duration(request)
        outage = outage_of(exception)
        figures.FAILURES.labels(outage.kind if outage else "program").inc()
        if outage is None:
            super()._process_exception(request, exception)
            return
        request._raised_exception = exception
        self.bind_user_id(request)
        logger.error(
            "request_failed",
            code=outage.status,
            request=self.format_request(request),
            outage=outage.kind,
            reason=f"{type(exception).__name__}: {exception}".strip(),
        )

    @staticmethod
    def bind_user_id(request):
        """Names the person when the request has asked who it is. Does not ask now: the database may be away."""
        user = getattr(request, "user", None)
        if user is not None and getattr(user, "_wrapped", None) is not empty:
            structlog.contextvars.bind_contextvars(user_id=user.pk)

    @staticmethod
    def _add_duration(request):
        passed = round((time.monotonic() - request.began) * 1000)
        structlog.contextvars.bind_contextvars(duration_ms=passed)

    @staticmethod
    def _add_record(request):
        """Which record a refused page is about, and what the page does. Words of the path may be secrets."""
        if match := request.resolver_match:
            keys = {name: key for name, key in match.kwargs.items() if isinstance(key, int)}
            structlog.contextvars.bind_contextvars(refused=match.view_name, **keys)

    @staticmethod
    def format_request(request):
        """Method and path. Leaves out the query, which may hold names, and words of the path, which may be keys."""
        path = request.path
        # An answer that comes before the page was found, such as the way to HTTPS, has no match yet.
        match = request.resolver_match or _match(request.path_info)
        if match is None:  # perhaps a key with a stop behind it, from a mail
            return f"{request.method} {LONG_WORD.sub('<…>', path)}"
        # The longest first: a short word may also stand within a secret one, which would then not be found.
        words = {value: name for name, value in match.kwargs.items() if isinstance(value, str)}
        found = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
        if found:
            path = re.sub(found, lambda part: f"<{words[part[0]]}>", path)
        return f"{request.method} {path}"


def _match(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


class ActorLogMiddleware:
    """Names the person in every line that the view writes. It comes after the one that asks who it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        RequestLogMiddleware.bind_user_id(request)


class ProbeMiddleware:
    """Answers a probe of the machine before everything else.

    It speaks plain HTTP to a local address without a name, and comes so often that it would fill the log.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if probe := PROBES.get(request.path_info):
            return probe(request)
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Adds headers for which Django has no setting. It comes before WhiteNoise, to cover static files.

    Together with the opener policy they keep every page in a process of its own (COEP): it loads nothing
    from elsewhere, and a page of another site loads nothing from here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response


class CompressedPagesMiddleware(GZipMiddleware):
    """Compresses pages and what the API answers, and nothing else: files are compressed already, or are sent
    piece by piece.

    The length of a compressed page can tell a secret in it to whoever makes the page repeat a guess many
    times (BREACH). The only secret in our pages is the token against forged requests, which is masked anew
    in every answer; Django adds bytes of random length; and no other site can ask for our pages in a
    person's name, because the session cookie is SameSite=Lax (docs/ancaman.md).
    """

    def process_response(self, request, response):
        is_page = response.get("Content-Type", "").startswith(("text/html", "application/json"))
        if response.streaming or not is_page:
            return response
        return super().process_response(request, response)


class PrivatePagesMiddleware:
    """Forbids caching of pages, so that the next person at the same computer cannot go back to them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class UnreadableMiddleware:
    """Answers 400 when a query string or a cookie contains the character NUL.

    PostgreSQL refuses this character, and nobody types it. Posted data is not checked here: the form
    does that, names the field and keeps what was typed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if any("\0" in text for text in (*asked, *request.COOKIES.values())):
            if problems.is_asked(request):
                return problems.problem(400, "Alamat ini berisi karakter NUL.")
            return render(request, "400.html", status=400)
        return self.get_response(request)


class LenientSessionMiddleware(SessionMiddleware):
    """Shows a page although its session cannot be stored now; what is sent is still refused (503)."""

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            if request.method not in ("GET", "HEAD") or (outage := outage_of(error)) is None:
                raise
            logger.warning("The session was not stored.", outage=outage.kind)
            return response


class WrongStateMiddleware:
    """Answers a WrongState with 409 and its message: as a whole page, for htmx only as a fragment."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, WrongState):
            template = "components/_refusal.html" if request.htmx else "409.html"
            return render(request, template, {"reason": str(exception)}, status=409)
        return None


class TriesMiddleware:
    """Answers 429 where `sakip.sign_in.rate_limits` has refused a try, and marks a browser in which somebody signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if seconds := getattr(request, "retry_after", 0):
            response.status_code = 429
            response.headers["Retry-After"] = str(seconds)
        if browser := getattr(request, "new_browser", ""):
            response.set_cookie(
                BROWSER_COOKIE,
                browser,
                max_age=timedelta(days=settings.KNOWN_PLACE_DAYS),
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response


class OtherPostMiddleware:
    """Offers another post of the same person when only that post opens the page, as a link in a mail may.

    The view itself is asked, in the name of the other post. What it writes, for example who has an item
    open, is taken back: the person has not opened the page yet.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        asks = request.method == "GET" and not request.htmx and request.user.is_authenticated
        if not asks or not isinstance(exception, Http404 | PermissionDenied):
            return None
        user, match = request.user, request.resolver_match
        for seat in user.seats[1:]:
            request.user = seat
            try:
                with transaction.atomic():
                    opens = match.func(request, *match.args, **match.kwargs).status_code < 400
                    transaction.set_rollback(True)
            except (Http404, PermissionDenied, WrongState):
                opens = False
            finally:
                request.user = user
            if opens:
                return render(request, "sakip/other_post.html", {"seat": seat}, status=403)
        return None


class HtmxLoginMiddleware:
    """Makes htmx open the sign-in page when the session has ended, instead of inserting it into the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.htmx and self._asks_to_sign_in(response):
            here = urlsplit(request.htmx.current_url_abs_path or "/")
            target = urlencode({"next": here.path + (f"?{here.query}" if here.query else "")})
            return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{target}")
        return response

    @staticmethod
    def _asks_to_sign_in(response: HttpResponse) -> bool:
        target = urlsplit(response.headers.get("Location", "")).path
        return response.status_code == 302 and target == resolve_url(settings.LOGIN_URL)
