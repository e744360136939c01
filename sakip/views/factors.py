"""Pages of the second factor: of the own account, and the reset by a coordinator."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormView

from sakip.models import User
from sakip.roles import Role
from sakip.selectors import factors as selectors
from sakip.services import factors as services
from sakip.services.authority import require_factor_reset
from sakip.services.records import require_coordinator
from sakip.sign_in import sessions
from sakip.sign_in.second_factor import must_have_factor

Type = Authenticator.Type


@require_safe
def factor_list(request):
    found = selectors.of_person(request.user)
    context = {
        "factors": found,
        "is_required": must_have_factor(request.user),
        "reset": None if found else selectors.last_reset(request.user),
    }
    return render(request, "mfa/index.html", context)


class _Noted:
    """Writes the change into the history, and ends the other sessions of the person."""

    action = "add_factor"
    factor = Type.TOTP
    http_method_names = ["get", "head", "post"]

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            user, at = self.request.user, timezone.now()
            services.note_change(user=user, action=self.action, factor=self.factor, at=at)
            sessions.keep(self.request)
        return response


class AddApp(_Noted, ActivateTOTPView):
    def get_context_data(self, **kwargs):
        """Who must have a factor comes here first, and learns here who took the last one away."""
        reset = selectors.last_reset(self.request.user) if self.request.lacks_factor else None
        return super().get_context_data(**kwargs, reset=reset)


class AddKey(_Noted, AddWebAuthnView):
    factor = Type.WEBAUTHN


class RemoveApp(_Noted, DeactivateTOTPView):
    action = "remove_factor"


class RemoveKey(_Noted, RemoveWebAuthnView):
    action, factor = "remove_factor", Type.WEBAUTHN
    success_url = reverse_lazy("mfa_index")


class RenewCodes(_Noted, GenerateRecoveryCodesView):
    action, factor = "renew_codes", Type.RECOVERY_CODES

    def get_context_data(self, **kwargs):
        """Without the number of codes left: nobody needs the old ones to be readable."""
        return FormView.get_context_data(self, **kwargs)


add_app, remove_app = AddApp.as_view(), RemoveApp.as_view()
add_key, remove_key = AddKey.as_view(), RemoveKey.as_view()
renew_codes = RenewCodes.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def factor_reset(request, pk):
    """For a person who lost the phone: the next sign-in asks for the password alone."""
    require_coordinator(request.user)
    person = get_object_or_404(User.objects.invitable_by(request.user), pk=pk)
    require_factor_reset(actor=request.user, person=person)
    if request.method == "POST":
        return _reset(request, person)
    return render(request, "sakip/factor_reset.html", {"person": person})


@reauthentication_required
def _reset(request, person):
    services.reset_factors(person=person, actor=request.user, at=timezone.now())
    messages.success(request, f"Verifikasi dua langkah {person} sudah diatur ulang.")
    is_coordinator = request.user.role == Role.COORDINATOR
    return redirect("sakip:user-edit" if is_coordinator else "admin:sakip_user_change", person.pk)
