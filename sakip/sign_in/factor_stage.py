"""The step of signing in that asks for the second factor."""

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator

from sakip.sign_in.identity import PROVED
from sakip.sign_in.second_factor import has_factor

BEGAN_WITH = "sakip.account"
BEGIN_AGAIN = (
    "Akun ini berubah sesudah kata sandi ditulis, misalnya verifikasi dua langkahnya diatur ulang. Silakan "
    "masuk lagi dari awal."
)


class FactorStage(AuthenticateStage):
    """Passes people whom the identity provider has just asked."""

    def handle(self):
        is_proved = self.request.session.get(PROVED) == self.login.user.pk
        if settings.OIDC_MFA_VALUES and is_proved:
            return None, True
        self.state[BEGAN_WITH] = self.login.user.get_session_auth_hash()
        return super().handle()

    def is_stale(self) -> bool:
        """Whether the account is another one than when the password was given.

        What ends the sessions of a person (a new password, being switched off, a reset) ends a sign-in
        that waits for the code too.
        """
        present = self.login.user.get_session_auth_hash()
        is_same = constant_time_compare(self.state.get(BEGAN_WITH, ""), present)
        return not (is_same and has_factor(self.login.user))


@method_decorator(login_stage_required(FactorStage.key, "account_login"), name="dispatch")
class CodeView(AuthenticateView):
    def dispatch(self, request, *args, **kwargs):
        """allauth would lead to the sign-in page, which leads back here for as long as the stage waits."""
        if request._login_stage.is_stale():
            clear_login(request)
            messages.info(request, BEGIN_AGAIN)
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)


enter_code = CodeView.as_view()
