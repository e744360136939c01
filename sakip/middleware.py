"""Answers and headers that hold for every page."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from sakip.errors import WrongState


class SecurityHeadersMiddleware:
    """A header Django has no setting for; stands before WhiteNoise, so static files carry it too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PrivatePagesMiddleware:
    """Keeps pages out of every cache: the next person at the same computer may not page back to them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class UnreadableMiddleware:
    """Answers 400 to the character NUL in a question or a cookie: no database takes it, and nobody types it.

    What is sent with a form is left to the form, which names the field and keeps what was typed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if any("\0" in text for text in (*asked, *request.COOKIES.values())):
            return render(request, "400.html", status=400)
        return self.get_response(request)


class WrongStateMiddleware:
    """Answers 409 with the reason in words; to htmx, which puts it into a page, without a page around."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, WrongState):
            template = "components/_refusal.html" if request.htmx else "409.html"
            return render(request, template, {"reason": str(exception)}, status=409)
        return None


class HtmxLoginMiddleware:
    """When the session has ended, htmx must open the sign-in page, not put it into a part of this one."""

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
