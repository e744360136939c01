"""The tokens of one's own account: listed, made, revoked."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from api.forms.tokens import TokenForm
from api.models import ApiToken
from api.services import tokens as services
from sakip.editing import attempt, made_once, posted


@require_safe
def token_list(request):
    at = timezone.now()
    rows = [
        {
            "token": token,
            "is_alive": token.is_alive(at),
            "seat": next((one for one in request.user.seats if one.post_code == token.post), None),
        }
        for token in ApiToken.objects.filter(person=request.user.pk)
    ]
    return render(request, "api/token_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def token_create(request):
    """Shows the token once, in the answer to the form; caches do not keep the page."""
    form = TokenForm(posted(request)[0])
    if form.is_valid() and (made := attempt(request, form, services.make_token)):
        made_once(request, "api:token-list")
        token, text = made
        return render(request, "api/token_made.html", {"token": token, "text": text})
    return render(request, "api/token_form.html", {"form": form})


@require_POST
def token_revoke(request, pk):
    token = get_object_or_404(ApiToken, person=request.user.pk, pk=pk)
    services.revoke_token(token=token, actor=request.user, at=timezone.now())
    messages.success(
        request, f"Token “{token.name}” dicabut. Program yang memakainya tidak dapat membaca lagi."
    )
    return redirect("api:token-list")
