"""Signing in through the identity provider of the province (OpenID Connect). Off without OIDC_ISSUER."""

from django.core.exceptions import ImproperlyConfigured

from sakip import environment

OIDC_ISSUER = environment.read_issuer("OIDC_ISSUER")
OIDC_CLIENT_ID = environment.read_text("OIDC_CLIENT_ID").strip()
OIDC_CLIENT_SECRET = environment.read_secret("OIDC_CLIENT_SECRET")
OIDC_LABEL = environment.read_text("OIDC_LABEL", "akun provinsi").strip()  # "Masuk dengan …"
# Which field of the account tells whose it is, and the claim of the provider that holds it.
OIDC_MATCH = environment.read_choice("OIDC_MATCH", "username", ["username", "email", "nip"])
_CLAIMS = {"username": "preferred_username", "email": "email", "nip": "nip"}
OIDC_CLAIM = environment.read_text("OIDC_CLAIM", _CLAIMS[OIDC_MATCH]).strip()
OIDC_SCOPES = ["openid", "profile", "email", *environment.read_words("OIDC_MORE_SCOPES")]
# Values of the claims `amr` or `acr` with which the provider says that it asked for a second factor.
# Empty: what the provider asked for does not count, and the program asks itself.
OIDC_MFA_VALUES = environment.read_words("OIDC_MFA_VALUES")

if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured(
        "OIDC_ISSUER is set. Write OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too, as the identity provider "
        "gave them for this program."
    )

SOCIALACCOUNT_ADAPTER = "sakip.sign_in.identity.IdentityAdapter"
# A form may not lead to another site (security policy), so signing in there begins with a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds
