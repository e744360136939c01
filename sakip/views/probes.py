"""Two addresses for the machine's own watchmen. A stranger learns no more than “ok” or “not ok”."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from sakip.operations import readiness


@login_not_required
@require_safe
def alive(request):
    """The process answers; nothing else is asked. When it does not, it should be started again."""
    return _said(True)


@login_not_required
@require_safe
def ready(request):
    """Everything works that a person needs. The log tells what does not."""
    return _said(readiness.is_ready())


PROBES = {"/healthz": alive, "/siap": ready}


def _said(is_ok):
    return HttpResponse(
        "ok\n" if is_ok else "not ok\n",
        status=200 if is_ok else 503,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
