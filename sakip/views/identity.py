"""Signing in and out through the identity provider of the province."""

import logging
from urllib.parse import urlencode

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from requests import RequestException

from sakip.sign_in import identity

logger = logging.getLogger(__name__)


def _when_on(view):
    """404 while no provider is set; a page in words when it cannot be reached."""

    @require_safe
    @login_not_required
    def guarded(request):
        if not identity.is_on():
            raise Http404
        try:
            return view(request)
        except RequestException as error:
            logger.warning("The identity provider cannot be reached: %s", error)
            return identity.refusal(request, identity.AWAY, status=503)
        except OAuth2Error as error:
            logger.warning("The identity provider answers wrongly: %s", error)
            return identity.refusal(request, identity.FAILED)

    return guarded


@_when_on
def sign_in(request):
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return OAuth2LoginView.adapter_view(identity.ProvinceAdapter(request))(request)


@_when_on
def come_back(request):
    return OAuth2CallbackView.adapter_view(identity.ProvinceAdapter(request))(request)


@_when_on
def signed_out(request):
    return render(request, "account/identity_signed_out.html", {"label": settings.OIDC_LABEL})


@_when_on
def sign_out(request):
    """From the page above by a link: a form may not lead to another site (security policy)."""
    config = identity.ProvinceAdapter(request).openid_config
    if "end_session_endpoint" not in config:
        return redirect("account_login")
    back = build_absolute_uri(request, reverse("account_login"))
    query = {"client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back}
    return redirect(f"{config['end_session_endpoint']}?{urlencode(query)}")
