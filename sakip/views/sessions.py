"""The own sessions: which devices are signed in, how long this one lasts, and what was sent too late."""

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sakip.selectors.sessions import devices_of
from sakip.services import sessions as services
from sakip.sign_in import sessions, unsent


@require_safe
def device_list(request):
    devices = devices_of(request.user, request.session.session_key)
    return render(request, "sakip/device_list.html", {"devices": devices})


@require_POST
def device_end(request, pk):
    if services.end_session(actor=request.user, pk=pk, at=timezone.now()):
        messages.success(request, "Perangkat itu sudah dikeluarkan.")
    return redirect("device-list")


@require_POST
def device_end_others(request):
    services.end_other_sessions(actor=request.user, at=timezone.now())
    sessions.keep(request)
    messages.success(request, "Semua perangkat lain sudah dikeluarkan.")
    return redirect("device-list")


@login_not_required  # also for somebody who may open nothing yet: a password or second factor is missing
def sign_out(request):
    """Also takes away what pages kept in the storage of this browser, such as figures not saved yet.

    Pages themselves are stored nowhere (`no-store`), and files of the program are not personal.
    """
    response = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


@require_safe
def session_state(request):
    """How many seconds are left. Asked without `X-Poll`, it counts as using the program."""
    return JsonResponse(
        {
            "left": request.session_left,
            "person": request.user.pk,
            "token": get_token(request),
        }
    )


@require_safe
def unsent_page(request):
    """Offers to send once more what came after the session had ended."""
    typed = unsent.of_person(request)
    if typed is None:
        return redirect("reports:home")
    address = request.build_absolute_uri(typed["path"])
    return render(request, "sakip/unsent.html", {"typed": typed, "address": address})
