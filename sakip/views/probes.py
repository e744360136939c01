"""Two addresses for the machine's own watchmen. A stranger learns whether it works and the version, no reason."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from sakip import __version__
from sakip.operations import readiness

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@login_not_required
@require_safe
def alive(request):
    """The process answers; nothing else is asked. When it does not, it should be started again."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers=HEADERS)


@login_not_required
@require_safe
def ready(request):
    """Everything works that a person needs. The log tells what does not."""
    is_ready = readiness.is_ready()
    said = {"ok": is_ready, "version": __version__}
    return JsonResponse(said, status=200 if is_ready else 503, headers=HEADERS)


PROBES = {"/healthz": alive, "/siap": ready}
