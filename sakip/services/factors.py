"""The second factors of a person: what the history tells of them, and the way back after a lost phone.

django-allauth stores the factors (`allauth.mfa`); its views and ours call these functions.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.template.loader import render_to_string
from django_tasks import task

from sakip import background
from sakip.errors import WrongState
from sakip.history.write import record
from sakip.models import User
from sakip.services.authority import require_factor_reset
from sakip.services.mail import send_to
from sakip.services.sessions import end_sessions

NOTHING_TO_RESET = (
    "Akun ini tidak memakai verifikasi dua langkah. Tidak ada yang perlu diatur ulang."
)
NAMES = {
    Authenticator.Type.TOTP: "Aplikasi kode",
    Authenticator.Type.WEBAUTHN: "Kunci keamanan",
    Authenticator.Type.RECOVERY_CODES: "Kode pemulihan",
}


@transaction.atomic
def note_change(*, user, action, factor, at):
    """Writes what the person did with an own factor into the history, and ends the other sessions.

    Somebody may be signed in elsewhere with a stolen password alone. The caller keeps its own session
    by `sessions.keep`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    words = ("", NAMES[factor]) if action == "add_factor" else (NAMES[factor], "")
    record(actor=user, at=at, action=action, target=user, changes=[("factor", *words)])
    end_sessions(user)


@transaction.atomic
def reset_factors(*, person, actor, at) -> User:
    """Takes every second factor off a person who lost them, ends the sessions, and tells the person.

    Raises PermissionDenied beyond the reach of `actor`, WrongState when there is none.
    """
    require_factor_reset(actor=actor, person=person)
    person = User.objects.select_for_update().get(pk=person.pk)
    held = Authenticator.objects.filter(user_id=person.pk)
    changes = [("factor", NAMES[factor.type], "") for factor in held.order_by("pk")]
    if not changes:
        raise WrongState(NOTHING_TO_RESET)
    held.delete()
    end_sessions(person)
    record(actor=actor, at=at, action="reset_factors", target=person, changes=changes)
    mail_reset.enqueue(person.pk, str(actor), at.isoformat())
    transaction.on_commit(background.ensure)
    return person


@task()
def mail_reset(pk: int, by: str, at: str) -> None:
    tell_reset(pk, by, at)


def tell_reset(pk, by, at):
    """What the worker does. The person also reads it on the page of the factors, from the history."""
    user = User.objects.filter(pk=pk, is_active=True).exclude(email="").first()
    if user is None:
        return
    context = {"person": user, "by": by, "at": datetime.fromisoformat(at)}
    send_to(
        user,
        subject=render_to_string("emails/factors_reset_subject.txt", context).strip(),
        body=render_to_string("emails/factors_reset.txt", context),
        failure="factors_reset_not_mailed",
    )
