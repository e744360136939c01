"""Invitations: a person chooses the own password through a link that works once and for a few days.

The link is never stored: it is a keyed hash of the account and of the moment of the invitation. A new
invitation has a new moment, so the old link is dead; choosing a password removes the moment.
"""

import base64
import uuid
from textwrap import wrap

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36
from django_tasks import task

from sakip import background
from sakip.errors import WrongState
from sakip.history.write import record, record_many
from sakip.models import User
from sakip.services.mail import send_to
from sakip.services.passwords import choose
from sakip.services.users import save_user

SALT = "sakip.invitation"
BYTES = 15  # 120 bits: 24 letters and digits, which can be typed from paper
DEAD = (
    "Tautan undangan ini sudah dipakai, kedaluwarsa, atau diganti. Minta yang baru kepada "
    "koordinator Anda."
)
INACTIVE = "Akun yang tidak aktif tidak dapat diundang. Aktifkan dahulu."


def token_of(user) -> str:
    """The secret part of the link of an invited person, for example `2f-abcd-efgh-…`."""
    moment = user.invited_at.isoformat()
    secret = salted_hmac(SALT, f"{user.pk}:{moment}:{user.password}", algorithm="sha256").digest()
    letters = base64.b32encode(secret[:BYTES]).decode().lower()
    return "-".join([int_to_base36(user.pk), *wrap(letters, 4)])


def path_of(user) -> str:
    return reverse("invitation-open", args=[token_of(user)])


def person_of(token: str, at) -> User | None:
    """The active person whose present invitation this is; None when it is dead. One query."""
    return _person_of(User.objects.all(), token, at)


def _person_of(people, token, at):
    try:
        pk = base36_to_int(token.partition("-")[0])
    except ValueError:
        return None
    user = people.filter(pk=pk, is_active=True).exclude(invited_at=None).first()
    if user is None or at >= user.invitation_ends:
        return None
    return user if constant_time_compare(token_of(user), token) else None


@transaction.atomic
def create_user(*, actor, at, **fields) -> User:
    """Makes the account and invites the person, unless the account is to stay inactive."""
    user = save_user(user=User(), actor=actor, at=at, **fields)
    return invite(people=[user], actor=actor, at=at)[0] if user.is_active else user


@transaction.atomic
def invite(*, people, actor, at) -> list[User]:
    """Takes the passwords of these people away, which ends their sessions, and invites them to choose one.

    Raises PermissionDenied beyond the reach of `actor`, ValidationError for an inactive account.
    """
    rows = User.objects.select_related("unit").select_for_update(of=("self",))
    held = list(rows.filter(pk__in=[user.pk for user in people]).order_by("name", "pk"))
    mine = set(User.objects.invitable_by(actor).filter(pk__in=[user.pk for user in held]))
    if set(held) - mine:
        raise PermissionDenied("Akun ini di luar jangkauan Anda.")
    if not all(user.is_active for user in held):
        raise ValidationError(INACTIVE)
    for user in held:
        user.set_unusable_password()
        user.invited_at = at
        user.version += 1
    User.objects.bulk_update(held, ["password", "invited_at", "version"], batch_size=200)
    entries = [("invite", user, ()) for user in held]
    record_many(actor=actor, at=at, batch=uuid.uuid4(), entries=entries)
    return held


def mail_later(people):
    """Sends the links by e-mail in the background; the links are made there and are not stored."""
    mail_invitations.enqueue([user.pk for user in people])
    transaction.on_commit(background.ensure)


@task()
def mail_invitations(ids: list[int]) -> None:
    mail(ids)


def mail(ids):
    """What the worker does. The history of the account tells of a mail that could not be sent."""
    people = User.objects.filter(pk__in=ids, is_active=True).exclude(email="")
    for user in people.exclude(invited_at=None).order_by("pk"):
        context = {"person": user, "address": f"{settings.SITE_URL}{path_of(user)}"}
        send_to(
            user,
            subject=render_to_string("emails/invitation_subject.txt", context).strip(),
            body=render_to_string("emails/invitation.txt", context),
            failure="invitation_not_mailed",
        )


@transaction.atomic
def accept(*, token, password, at) -> User:
    """Sets the password that the invited person chose. Raises WrongState when the link is dead."""
    user = _person_of(User.objects.select_for_update(), token, at)
    if user is None:
        raise WrongState(DEAD)
    choose(user, password, at=at)
    user.version += 1
    user.save(update_fields=["version"])
    record(actor=user, at=at, action="accept_invitation", target=user)
    return user
