"""The step of signing in that asks for the second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.conf import settings

from sakip.sign_in.identity import PROVED


class FactorStage(AuthenticateStage):
    """Passes people whom the identity provider has just asked."""

    def handle(self):
        is_proved = self.request.session.get(PROVED) == self.login.user.pk
        if settings.OIDC_MFA_VALUES and is_proved:
            return None, True
        return super().handle()
