"""The second factor (verifikasi dua langkah): who must have one, and how its secrets are kept.

django-allauth asks for it when somebody signs in. Secrets lie encrypted in the database, under a key
that is derived from SECRET_KEY: a copy of the database alone opens no account.
"""

import logging

import segno
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django_htmx.http import HttpResponseClientRedirect

from sakip import ciphers
from sakip.operations import figures
from sakip.roles import Role
from sakip.sign_in import rate_limits
from sakip.sign_in.identity import proved_factor
from sakip.text_fields import LineFormField

logger = logging.getLogger(__name__)

PURPOSE = "sakip.sign_in.second_factor"
MAIN_TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ROLES = {"evaluators": Role.EVALUATOR, "coordinators": Role.COORDINATOR}
# A code holds for one step of 30 seconds and one before and after; so long nobody may use it again.
CODE_SECONDS = 30 * (1 + 2 * settings.MFA_TOTP_TOLERANCE)
# The pages that set a factor up, and those on which a person may leave or choose another password.
SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "session-state",
}


def must_have_factor(user) -> bool:
    """Whether one of the posts of this person demands a second factor. At most one query."""
    required = set(settings.MFA_REQUIRED_FOR)
    if "everybody" in required or ("superusers" in required and user.is_superuser):
        return True
    roles = {ROLES[name] for name in required & ROLES.keys()}
    return bool(roles) and (user.role in roles or any(seat.role in roles for seat in user.seats))


def has_factor(user) -> bool:
    """Whether signing in asks for a second factor. Recovery codes alone are none. One query."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=MAIN_TYPES).exists()


class RequiredFactorMiddleware:
    """Leads whoever must have a second factor and has none to the page that sets it up, and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or not getattr(view, "login_required", True):
            return None
        request.lacks_factor = (
            must_have_factor(user) and not proved_factor(request) and not has_factor(user)
        )
        if not request.lacks_factor or request.resolver_match.view_name in SETTING_UP:
            return None
        answer = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        return answer(reverse("mfa_activate_totp"))


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": (
            "Kode pemulihan dibuat setelah aplikasi kode atau kunci keamanan ditambahkan."
        ),
        "incorrect_code": (
            "Kode ini salah atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu tulis lagi. "
            "Bila tetap salah, periksa jam ponsel Anda."
        ),
        "incorrect_key": "Kunci ini tidak dikenal, atau halaman ini terlalu lama terbuka. Coba sekali lagi.",
        "unreadable": (
            "Verifikasi dua langkah akun ini tidak dapat diperiksa. Minta koordinator Anda mengatur ulang."
        ),
    }

    def encrypt(self, text):
        return ciphers.encrypt(text, PURPOSE)

    def decrypt(self, encrypted_text):
        try:
            return ciphers.decrypt(encrypted_text, PURPOSE)
        except ciphers.WrongKey:
            logger.error(
                "A second factor was encrypted under another SECRET_KEY and cannot be read."
            )
            raise self.validation_error("unreadable") from None

    def get_totp_label(self, user):
        return user.username

    def build_totp_svg(self, url):
        return mark_safe(segno.make(url, error="m").svg_inline(scale=5, border=3))  # noqa: S308  drawn by segno

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Kunci {count + 1}"

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def _take(user, code):
    """Raises ValidationError when this person has used the code before."""
    key = f"sakip.totp:{user.pk}:{normalize_user_code(code)}"
    if not cache.add(key, True, CODE_SECONDS):
        raise get_adapter().validation_error("incorrect_code")


class _Once:
    """allauth forgets a used code after 30 seconds; with a tolerance it would still be good then."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.max_length = self.label, 40
        field.help_text = self.help_text
        field.widget.attrs.pop("placeholder")
        field.widget.attrs |= {"inputmode": "numeric", "maxlength": 40}

    label = "Kode"
    help_text = "Enam angka dari aplikasi. Tanpa ponsel, tulis satu kode pemulihan."

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            _take(self.user, code)
        return code


def _note_wrong(user, what):
    """As a wrong password is noted: a right password with wrong codes is the sign of a stolen one."""
    figures.SIGN_INS_FAILED.inc()
    address = get_account_adapter().get_client_ip(context.request)
    logger.warning("Wrong %s for person %s from %s.", what, user.pk, address)


class _Guessed(_Once):
    """A code that opens something may be tried only so often."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self):
        with rate_limits.code_try(context.request, self.user) as guess:
            try:
                code = super().clean_code()
            except ValidationError:
                _note_wrong(self.user, "code")
                raise
            guess.is_right = True
        return code


class FactorCodeForm(_Guessed, AuthenticateForm):
    pass


class FactorCodeAgainForm(_Guessed, ReauthenticateForm):
    pass


class AppForm(_Once, ActivateTOTPForm):
    """Shows that the app of the person makes the right codes, before they are asked for."""

    label = "Kode enam angka dari aplikasi"
    help_text = "Kode berganti setiap 30 detik. Tulis yang sedang tampil."
    authenticator = Authenticator(type=Authenticator.Type.TOTP)

    @property
    def grouped_secret(self):
        """The key in groups of four, to be typed."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


# What fido2 raises for an answer that no browser sends, besides what allauth expects of it.
MALFORMED = (ValidationError, TypeError, ValueError, KeyError, AttributeError)


class _GivenKey:
    """Says in words of its own that a key does not fit; allauth has one message for keys and codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"].label = "Kunci keamanan"

    def clean_credential(self):
        try:
            return super().clean_credential()
        except MALFORMED:
            _note_wrong(self.user, "key")
            raise get_adapter().validation_error("incorrect_key") from None


class GivenKeyForm(_GivenKey, AuthenticateWebAuthnForm):
    pass


class GivenKeyAgainForm(_GivenKey, ReauthenticateWebAuthnForm):
    pass


class KeyForm(AddWebAuthnForm):
    name = LineFormField(
        label="Nama kunci",
        required=False,
        max_length=60,
        help_text="Supaya Anda mengenalinya, misalnya “Laptop kantor”.",
    )

    def clean(self):
        try:
            return super().clean()
        except MALFORMED:
            raise get_adapter().validation_error("incorrect_key") from None
