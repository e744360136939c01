"""How people sign in. A coordinator makes each account; nobody can register alone."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django.conf import settings
from django.urls import reverse

from sakip.identity import CAME
from sakip.models import User
from sakip.numbers import in_words

logger = logging.getLogger(__name__)

WAIT = in_words(settings.SIGN_IN_WAIT_MINUTES)
CHOOSING_HELP = (
    f"Paling sedikit {settings.PASSWORD_MIN_LENGTH} karakter, bukan kata sandi yang umum dan tidak mirip nama Anda. "
    "Beberapa kata yang tidak berkaitan mudah diingat dan sulit ditebak."
)

WAYS = {
    "reauthenticate": "Pakai kata sandi",
    "mfa_reauthenticate": "Pakai kode dari aplikasi atau kode pemulihan",
    "mfa_reauthenticate:webauthn": "Pakai kunci keamanan",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini sudah dinonaktifkan. Hubungi koordinator Anda.",
        "enter_current_password": "Kata sandi sekarang salah.",
        "incorrect_password": "Kata sandi salah.",
        "invalid_password_reset": "Tautan ini sudah dipakai atau kedaluwarsa.",
        "rate_limited": "Terlalu banyak permintaan. Coba lagi beberapa menit lagi.",
        "too_many_login_attempts": f"Terlalu banyak percobaan yang gagal. Coba lagi {WAIT} menit lagi.",
        "username_password_mismatch": "Nama pengguna atau kata sandi salah.",
    }

    def is_open_for_signup(self, request):
        return False

    def set_password(self, user, password):
        """Saves only the password: a coordinator may change other fields at the same moment.

        An invitation is not needed any more.
        """
        user.set_password(password)
        user.invited_at = None
        user.save(update_fields=["password", "invited_at"])

    def post_login(self, request, user, **kwargs):
        logger.info("Person %s signed in.", user.pk)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request, **credentials):
        """Names the account by its key: what was typed as its name may be a password."""
        known = User.objects.filter(username=credentials.get("username", "")).first()
        whom = f"person {known.pk}" if known else "no known account"
        logger.warning("Wrong password for %s from %s.", whom, self.get_client_ip(request))
        super().authentication_failed(request, **credentials)

    def get_login_stages(self):
        """The second factor is not asked for when the identity provider did, and its word counts."""
        own = {"allauth.mfa.stages.AuthenticateStage": "sakip.factor_stage.FactorStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def get_logout_redirect_url(self, request):
        if request.session.get(CAME):
            return reverse("identity-signed-out")
        return super().get_logout_redirect_url(request)

    def get_reauthentication_methods(self, user):
        """The ways in which a person shows once more who they are, in our words."""
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS[way["id"]]} for way in ways]

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Shows no message after signing in or out, because the next page shows that it happened."""
        if message_template not in {
            "account/messages/logged_in.txt",
            "account/messages/logged_out.txt",
        }:
            super().add_message(request, level, message_template, *args, **kwargs)


class _PlainLabels:
    """Shows our labels above the fields instead of allauth's placeholders inside them."""

    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]
            field.label = label
            field.help_text = CHOOSING_HELP if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_PlainLabels, LoginForm):
    labels = {"login": "Nama pengguna", "password": "Kata sandi"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class PasswordChangeForm(_PlainLabels, ChangePasswordForm):
    labels = {
        "oldpassword": "Kata sandi sekarang",
        "password1": "Kata sandi baru",
        "password2": "Kata sandi baru, sekali lagi",
    }


class PasswordAgainForm(_PlainLabels, ReauthenticateForm):
    labels = {"password": "Kata sandi"}


class PasswordResetForm(_PlainLabels, ResetPasswordForm):
    labels = {"email": "Alamat pos-el"}


class PasswordResetKeyForm(_PlainLabels, ResetPasswordKeyForm):
    labels = {"password1": "Kata sandi baru", "password2": "Kata sandi baru, sekali lagi"}
