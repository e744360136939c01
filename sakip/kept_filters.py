"""The filters of a list stay for the session: whoever comes back from a record, or through the menu, finds the
list as it was left. A cookie holds them, signed for one person; nothing is written by reading a list."""

from functools import wraps

from django.conf import settings
from django.core.signing import BadSignature
from django.shortcuts import redirect
from django.utils.http import urlencode

WITHOUT = "bersih"  # parameter: show everything, and forget
LONGEST = 1_500  # characters; a longer question is not kept
PREFIX = "saringan_"


def keeps_filters(name: str, fields):
    """For the view of a list. `fields` are the parameters that are filters, in their order.

    The cookie is sent to this address and those below it only.
    """

    def decorate(view):
        @wraps(view)
        def shown(request, *args, **kwargs):
            cookie = _cookie(name)
            if WITHOUT in request.GET:
                return _forget(redirect(request.path), request, cookie)
            if not request.GET and not request.htmx and (query := _kept(request, cookie)):
                return redirect(f"{request.path}?{query}")
            response = view(request, *args, **kwargs)
            query = urlencode([(one, request.GET[one]) for one in fields if request.GET.get(one)])
            if query and len(query) <= LONGEST:
                return _keep(response, request, cookie, query)
            return _forget(response, request, cookie) if cookie in request.COOKIES else response

        return shown

    return decorate


def are_kept(request, name: str) -> bool:
    """Whether the list `name` was left with filters; only for pages below its address."""
    return _cookie(name) in request.COOKIES


def _cookie(name):
    """Behind TLS a browser takes a cookie of such a name from TLS alone; `__Host-` would allow no path."""
    return f"{'__Secure-' if settings.SESSION_COOKIE_SECURE else ''}{PREFIX}{name}"


def _salt(request):
    return f"saringan:{request.user.pk}"


def _kept(request, cookie):
    try:
        return request.get_signed_cookie(cookie, default="", salt=_salt(request))
    except BadSignature:  # of another person at the same machine
        return ""


def _keep(response, request, cookie, query):
    response.set_signed_cookie(
        cookie,
        query,
        salt=_salt(request),
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _forget(response, request, cookie):
    response.delete_cookie(cookie, path=request.path, samesite="Lax")
    return response
