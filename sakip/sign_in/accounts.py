"""How people sign in. A coordinator makes each account; nobody can register alone."""

import logging

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    UserTokenForm,
)
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from sakip.models import User
from sakip.operations import figures
from sakip.services import password_resets, passwords
from sakip.sign_in import last_time, rate_limits
from sakip.sign_in.identity import CAME
from sakip.sign_in.passwords import has_expired

logger = logging.getLogger(__name__)

CHOOSING_HELP = f"Paling sedikit {settings.PASSWORD_MIN_LENGTH} karakter, "
if settings.PASSWORDS_BY_BSSN:
    CHOOSING_HELP += "dengan huruf kecil, huruf besar, angka, dan tanda baca atau spasi, "
CHOOSING_HELP += (
    "bukan kata sandi yang umum, nama Anda, atau nama kantor. Beberapa kata yang tidak berkaitan mudah diingat "
    "dan sulit ditebak. Boleh ditempel dari pengelola kata sandi."
)
# The pages that stay open to somebody who must choose a new password first.
CHOOSING = {"account_change_password", "account_reauthenticate", "session-state"}

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
        "username_password_mismatch": "Nama pengguna atau kata sandi salah.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """The sender's own address when fewer proxies stand before the program than TRUSTED_PROXIES says.

        Such a request did not come by the way that the settings describe, so nothing that it says of
        itself is believed; the page is answered all the same.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            logger.error("X-Forwarded-For names fewer addresses than TRUSTED_PROXIES says.")
            return request.META["REMOTE_ADDR"]

    def set_password(self, user, password):
        """For a password that the person chose: by a link, or on the page that changes it."""
        passwords.choose(user, password, at=timezone.now())
        if context.request:  # none where a command sets it
            rate_limits.know_place(context.request, user)

    def authenticate(self, request, **credentials):
        """For every page that asks for a password."""
        with rate_limits.password_try(request, credentials.get("username", "")) as guess:
            user = super().authenticate(request, **credentials)
            guess.is_right = user is not None
        return user

    def get_password_change_redirect_url(self, request):
        return reverse("reports:home")

    def login(self, request, user):
        """Signing in writes the new time over the last one, which is kept for what has changed since."""
        before = user.last_login
        super().login(request, user)
        last_time.remember(request, before)

    def post_login(self, request, user, **kwargs):
        logger.info("Person %s signed in from %s.", user.pk, self.get_client_ip(request))
        rate_limits.know_place(request, user)
        return super().post_login(request, user, **kwargs)

    def respond_user_inactive(self, request, user):
        where = self.get_client_ip(request)
        logger.warning("Person %s is not active, refused from %s.", user.pk, where)
        return super().respond_user_inactive(request, user)

    def authentication_failed(self, request, **credentials):
        """Names the account by its key: what was typed as its name may be a password."""
        known = User.objects.filter(username=credentials.get("username", "")).first()
        whom = f"person {known.pk}" if known else "no known account"
        figures.SIGN_INS_FAILED.inc()
        logger.warning("Wrong password for %s from %s.", whom, self.get_client_ip(request))
        super().authentication_failed(request, **credentials)

    def get_login_stages(self):
        """The second factor is not asked for when the identity provider did, and its word counts."""
        own = {"allauth.mfa.stages.AuthenticateStage": "sakip.sign_in.factor_stage.FactorStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def get_logout_redirect_url(self, request):
        if request.session.get(CAME):
            return reverse("identity-signed-out")
        return super().get_logout_redirect_url(request)

    def is_reauthentication_required(self, **kwargs):
        """Whoever must set up a first factor has just given the password, to sign in: that counts as again."""
        request = context.request
        if getattr(request, "lacks_factor", False):
            for given in get_authentication_records(request, request.user):
                given["reauthenticated"] = True
            request.session.modified = True
        return super().is_reauthentication_required(**kwargs)

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


class OwnPasswordMiddleware:
    """Leads whoever has a temporary or an old password to the page for a new one, and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or not getattr(view, "login_required", True):
            return None
        request.must_choose_password = user.password_is_temporary or has_expired(user)
        if not request.must_choose_password or request.resolver_match.view_name in CHOOSING:
            return None
        answer = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        return answer(reverse("account_change_password"))


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
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }

    @transaction.atomic
    def login(self, request, redirect_url=None):
        """Session, time and place are one write: with SQLite a room full of people waits for each of them."""
        return super().login(request, redirect_url)


class PasswordChangeForm(_PlainLabels, ChangePasswordForm):
    labels = {
        "oldpassword": "Kata sandi sekarang",
        "password1": "Kata sandi baru",
        "password2": "Kata sandi baru, sekali lagi",
    }

    def clean_oldpassword(self):
        """Counts a wrong password like one at the sign-in page."""
        password, adapter = self.cleaned_data["oldpassword"], get_adapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("enter_current_password")
        return password


class PasswordAgainForm(_PlainLabels, ReauthenticateForm):
    labels = {"password": "Kata sandi"}


class PasswordResetForm(_PlainLabels, ResetPasswordForm):
    labels = {"email": "Alamat surel"}

    def clean_email(self):
        rate_limits.count_reset_request(context.request, self.cleaned_data["email"])
        return super().clean_email()

    def save(self, request, **kwargs):
        password_resets.ask(self.users)
        return self.cleaned_data["email"]


class PasswordResetKeyForm(_PlainLabels, ResetPasswordKeyForm):
    labels = {"password1": "Kata sandi baru", "password2": "Kata sandi baru, sekali lagi"}


class PasswordResetLinkForm(UserTokenForm):
    """A link that was mailed before the account was deactivated opens nothing."""

    def clean(self):
        given = super().clean()
        if not self.reset_user.is_active:
            raise get_adapter().validation_error("invalid_password_reset")
        return given
