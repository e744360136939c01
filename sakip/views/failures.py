"""The pages of failures: of one that nobody foresaw, and of a form that is larger than the server reads."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from sakip.log_lines import request_id
from sakip.numbers import format_number

TOO_LARGE = {
    TooManyFieldsSent: (
        f"lebih dari {format_number(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, 0)} isian sekaligus",
        "Simpan sebagian dahulu: saring daftarnya atau kurangi barisnya, lalu lanjutkan dengan sisanya.",
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
    """Shows the first part of the id under which the failure stands in the log."""
    return HttpResponseServerError(
        render_to_string("500.html", {"code": request_id().partition("-")[0]})
    )


@requires_csrf_token
def bad_request(request, exception):
    """Says what was too much of a form, and that the browser still has what was typed."""
    found = TOO_LARGE.get(type(exception))
    if found is None:
        return defaults.bad_request(request, exception)
    context = dict(zip(("much", "advice"), found, strict=True))
    return render(request, "413.html", context, status=413)
