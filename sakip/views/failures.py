"""The pages of failures: of the program itself, of what it stands on (`sakip.operations.outages`), of a form too large."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseServerError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from sakip import problems
from sakip.numbers import format_number, in_words
from sakip.operations.log_lines import request_id
from sakip.operations.outages import Outage, outage_of
from sakip.sign_in import unsent

FAILED = "Program gagal menjawab. Beri tahu pengelola program ini, dengan kodenya."
AWAY = "Coba lagi {} lagi."
SAFE = ("GET", "HEAD", "OPTIONS")
TOO_LARGE = {
    TooManyFieldsSent: (
        f"lebih dari {format_number(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, 0)} isian sekaligus",
        "Simpan sebagian dahulu: persempit daftarnya dengan saringan atau kurangi barisnya, lalu lanjutkan dengan sisanya.",
    ),
    TooManyFilesSent: (
        f"lebih dari {settings.DATA_UPLOAD_MAX_NUMBER_FILES} berkas sekaligus",
        f"Unggah paling banyak {settings.DATA_UPLOAD_MAX_NUMBER_FILES} berkas sekali jalan.",
    ),
    RequestDataTooBig: (
        f"lebih dari {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} MB teks sekaligus",
        "Pendekkan teksnya, atau lampirkan sebagai berkas.",
    ),
}


@requires_csrf_token
def server_error(request):
    """Shows the first part of the id under which the failure stands in the log.

    Django calls this while it handles the exception.
    """
    if outage := outage_of(sys.exception()):
        return outage_page(request, outage)
    if problems.is_asked(request):
        return problems.problem(500, FAILED, code=_code())
    context = {"code": _code(), **_typed(request)}
    return HttpResponseServerError(render_to_string("500.html", context))


@requires_csrf_token
def bad_request(request, exception):
    """Says what was too much of a form, and that the browser still has what was typed.

    Django calls a session that could not be stored a bad request too; the database may be to blame.
    """
    if outage := outage_of(exception):
        return outage_page(request, outage)
    if found := TOO_LARGE.get(type(exception)):
        context = dict(zip(("much", "advice"), found, strict=True))
        return render(request, "413.html", context, status=413)
    return defaults.bad_request(request, exception)


def outage_page(request, outage: Outage) -> HttpResponse:
    """503 or 507: as a whole page, for htmx as a fragment. Asks neither database nor session."""
    headers = {"Retry-After": str(outage.wait)}
    if problems.is_asked(request):
        detail = AWAY.format(_in_words(outage.wait))
        return problems.problem(outage.status, detail, headers=headers, code=_code())
    is_fragment = "HX-Request" in request.headers
    context = {
        "outage": outage,
        "is_read": request.method in SAFE,
        "wait": _in_words(outage.wait),
        "code": _code(),
        **({} if is_fragment else _typed(request)),
    }
    template = "components/_outage.html" if is_fragment else "503.html"
    return HttpResponse(
        render_to_string(template, context),
        status=outage.status,
        headers=headers,
    )


def _typed(request) -> dict:
    """What was sent, for a button that sends it once more: the page before it may be gone."""
    if not hasattr(request, "htmx"):  # it failed before anybody could tell whose form it is
        return {}
    return {"typed": unsent.read(request), "csrf_token": get_token(request)}


def _in_words(seconds):
    minutes, rest = divmod(seconds, 60)
    return f"{in_words(seconds)} detik" if rest else f"{in_words(minutes)} menit"


def _code():
    return request_id().partition("-")[0]
