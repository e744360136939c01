"""The pages of failures: of the program itself, and of what it stands on (`sakip.outages`)."""

import sys

from django.http import HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from sakip.log_lines import request_id
from sakip.numbers import in_words
from sakip.outages import Outage, outage_of

SAFE = ("GET", "HEAD", "OPTIONS")


@requires_csrf_token
def server_error(request):
    """Shows the first part of the id under which the failure stands in the log.

    Django calls this while it handles the exception.
    """
    if outage := outage_of(sys.exception()):
        return outage_page(request, outage)
    return HttpResponseServerError(render_to_string("500.html", {"code": _code()}))


def bad_request(request, exception):
    """Django calls a session that could not be stored a bad request; the database may be to blame."""
    if outage := outage_of(exception):
        return outage_page(request, outage)
    return defaults.bad_request(request, exception)


def outage_page(request, outage: Outage) -> HttpResponse:
    """503 or 507: as a whole page, for htmx as a fragment. Asks neither database nor session."""
    is_fragment = "HX-Request" in request.headers
    context = {
        "outage": outage,
        "is_read": request.method in SAFE,
        "wait": _in_words(outage.wait),
        "code": _code(),
    }
    template = "components/_outage.html" if is_fragment else "503.html"
    return HttpResponse(
        render_to_string(template, context),
        status=outage.status,
        headers={"Retry-After": str(outage.wait)},
    )


def _in_words(seconds):
    minutes, rest = divmod(seconds, 60)
    return f"{in_words(seconds)} detik" if rest else f"{in_words(minutes)} menit"


def _code():
    return request_id().partition("-")[0]
