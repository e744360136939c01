"""Signing in through the province's identity provider (OpenID Connect), for accounts that exist.

django-allauth carries the exchange (state, PKCE). It trusts a token that it fetched itself; here its
signature, issuer, audience, age and nonce are checked all the same, because a government network has
proxies that open TLS.
"""

import base64
import hashlib
import logging
import re

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from sakip.services import identities

logger = logging.getLogger(__name__)

PROVIDER = "provinsi"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
# Whoever has none would be one person with all others who have none. The column holds 191 characters.
SUBJECT = re.compile(r"[!-~]{1,100}")
LEEWAY = 60  # seconds by which two clocks may differ
LOG_LENGTH = 200  # characters of what the provider answered
# In the session: who came through the provider, and whom it asked for a second factor.
CAME, PROVED = "sakip.sign_in.identity", "sakip.sign_in.identity.factor"

CANCELLED = "Anda membatalkan masuk dengan {label}."
FAILED = (
    "Jawaban dari {label} tidak dapat dipercaya atau sudah kedaluwarsa, jadi tidak dipakai. Coba sekali "
    "lagi dari halaman masuk."
)
AWAY = "{label} sedang tidak dapat dihubungi. Coba lagi sebentar lagi, atau pakai kata sandi."


def is_on() -> bool:
    return bool(settings.OIDC_ISSUER)


def proved_factor(request) -> bool:
    """Whether the provider asked the signed-in person for a second factor, and its word counts."""
    return bool(settings.OIDC_MFA_VALUES) and request.session.get(PROVED) == request.user.pk


def refusal(request, reason, status=403):
    """The page that says why signing in through the provider failed."""
    words = reason.format(label=settings.OIDC_LABEL)
    context = {"reason": words[0].upper() + words[1:]}
    return render(request, "account/identity_refused.html", context, status=status)


class ProvinceProvider(OpenIDConnectProvider):
    pkce_enabled_default = True

    def get_oauth2_adapter(self, request):
        return ProvinceAdapter(request)

    @cached_property
    def pkce(self):
        return super().get_pkce_params()

    def get_pkce_params(self):
        return dict(self.pkce)

    def get_redirect_from_request_kwargs(self, request):
        """Takes nothing from the address but where to go afterwards: not the scope, not the process."""
        kwargs = super().get_redirect_from_request_kwargs(request)
        nonce = {"nonce": nonce_of(self.pkce["code_verifier"])}
        return kwargs | {"process": "login", "scope": settings.OIDC_SCOPES, "auth_params": nonce}

    def extract_uid(self, data):
        return f"{settings.OIDC_ISSUER}#{data['id_token']['sub']}"

    def extract_extra_data(self, data):
        """Nothing of what the provider tells about a person is stored."""
        return {}

    def sociallogin_from_response(self, request, response):
        login = super().sociallogin_from_response(request, response)
        login.signed = response["id_token"]
        login.claims = response.get("userinfo", {}) | login.signed
        return login


def _app():
    """The settings in allauth's form; the tables that it has for them stay empty."""
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER,
        name=settings.OIDC_LABEL,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_ISSUER},
    )


class ProvinceAdapter(OpenIDConnectOAuth2Adapter):
    def __init__(self, request):
        super().__init__(request, PROVIDER)
        self.verifier = None

    def get_provider(self):
        return ProvinceProvider(self.request, app=_app())

    @property
    def openid_config(self):
        try:
            config = super().openid_config
        except AttributeError as error:  # of what is no JSON object
            raise OAuth2Error("The provider does not describe itself.") from error
        if not all(isinstance(config.get(name), str) for name in NEEDED):
            raise OAuth2Error("The provider does not tell where its pages are.")
        if config.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("The provider calls itself by another issuer than OIDC_ISSUER.")
        return config

    def get_callback_url(self, request, app):
        return build_absolute_uri(request, reverse("identity-callback"))

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        self.verifier = pkce_code_verifier
        data = _record(super().get_access_token_data(request, app, client, pkce_code_verifier))
        return {name: data[name] for name in ("access_token", "id_token") if name in data}

    def complete_login(self, request, app, token, **kwargs):
        """Reads the identity from the signed token; what the provider tells besides must fit to it."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The provider sent no id_token.")
        claims = self._decode_id_token(app, kwargs["response"]["id_token"])
        data = {"id_token": claims}
        if self.openid_config.get("userinfo_endpoint"):
            data["userinfo"] = _record(self._fetch_user_info(token.token))
            if data["userinfo"].get("sub") != claims["sub"]:
                raise OAuth2Error("The userinfo is about somebody else.")
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app, id_token):
        import jwt  # with all of X.509; most installations have no provider

        try:
            claims = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"Invalid id_token: {error}") from error
        if not SUBJECT.fullmatch(claims["sub"]):
            raise OAuth2Error("The id_token names nobody.")
        has_others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if has_others else app.client_id) != app.client_id:
            raise OAuth2Error("The id_token was made for another client.")
        if not self.verifier or claims.get("nonce") != nonce_of(self.verifier):
            raise OAuth2Error("The id_token answers another request.")
        return claims

    def _key_of(self, id_token):
        import jwt

        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(_record(answer.json())).keys
        if wanted := jwt.get_unverified_header(id_token).get("kid"):
            keys = [key for key in keys if key.key_id == wanted]
        if len(keys) != 1:  # only a provider with one key may leave its name out
            raise OAuth2Error("The id_token is signed by an unknown key.")
        return keys[0]


def _record(answer) -> dict:
    if not isinstance(answer, dict):
        raise OAuth2Error("The provider sent something else than a JSON object.")
    return answer


def nonce_of(verifier) -> str:
    """Ties the token to this sign-in: from the secret of PKCE, which never leaves the session."""
    digest = hashlib.sha256(f"nonce:{verifier}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class IdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def list_apps(self, request, provider=None, client_id=None):
        return [_app()] if is_on() else []

    def get_requests_session(self):
        """The addresses of the provider are known; one that leads elsewhere is not followed."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request, sociallogin):
        """Finds the account, links it the first time, and notes what the provider proved."""
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(
                HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
            )
        account, claims = sociallogin.account, sociallogin.claims
        try:
            if not sociallogin.is_existing:
                person = identities.find_person(claims)
                account = identities.link(
                    person=person, provider=PROVIDER, uid=account.uid, at=timezone.now()
                )
            identities.require_welcome(account.user)
        except ValidationError as error:
            logger.warning("Sign-in through the identity provider refused: %s", error.code)
            raise ImmediateHttpResponse(refusal(request, error.message)) from None
        sociallogin.account, sociallogin.user = account, account.user
        sociallogin.token = (
            None  # else it would lie in the session until the second factor is shown
        )
        request.session[CAME] = True
        if identities.is_proof(sociallogin.signed):
            request.session[PROVED] = account.user.pk

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        told = str(exception)[:LOG_LENGTH]
        logger.warning("Sign-in through the identity provider failed: %s %s", error, told)
        is_away = isinstance(exception, OSError)  # requests' own errors are of this kind
        reason = CANCELLED if error == "cancelled" else AWAY if is_away else FAILED
        status = 503 if is_away else 403
        raise ImmediateHttpResponse(refusal(request, reason, status=status))
