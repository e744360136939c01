"""What a browser asks for to install the program, and the page that it shows without a connection.

All three are for anybody: a browser asks for them without the session, and they hold nothing but words of ours.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sakip import installing


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request):
    described = installing.manifest(static)
    return JsonResponse(described, content_type="application/manifest+json")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The service worker. It stands at the root, because it may speak only for addresses below its own."""
    script = "text/javascript; charset=utf-8"
    return render(request, "sakip/service_worker.js", content_type=script)


@login_not_required
@require_safe
def offline(request):
    return render(request, "sakip/offline.html")
