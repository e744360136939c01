"""Coordinators write the accounts of people. Every change adds one history entry.

A superuser can do the same in the admin site, with any role and reach.
"""

from copy import copy

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string

from sakip.history.write import record as record_history
from sakip.models import Unit, User
from sakip.roles import Role
from sakip.services.departures import require_handed_over
from sakip.services.records import lock_record, require_coordinator, write_record

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without characters that look alike


def random_password() -> str:
    """Sixteen characters in groups of four: about 79 bits, and easy to copy by hand."""
    return "-".join(get_random_string(4, READABLE) for _ in range(4))


@transaction.atomic
def save_user(*, user, actor, at, version=None, password=None, **fields) -> User:
    """Writes these fields of an account. Only a new account needs a `password`."""
    user = lock_record(user, version)
    before = copy(user)
    if user._state.adding:
        require_coordinator(actor)
    else:
        _require_manageable(actor, user)
    if password is not None:
        user.set_password(password)
    user = write_record(user, actor, at, fields)
    require_handed_over(before, user)
    check_reach_given(actor=actor, user=user, assigned_bodies=user.assigned_bodies.all())
    return user  # a refusal above rolls back what was written


@transaction.atomic
def give_password(*, user, actor, at, password) -> User:
    """Sets the password and so ends the person's sessions. None makes signing in impossible."""
    user = lock_record(user)
    _require_manageable(actor, user)
    user.set_password(password)
    user.version += 1
    user.save(update_fields=["password", "version"])
    record_history(actor=actor, at=at, action="set_password", target=user)
    return user


def _require_manageable(actor, user):
    if actor.is_superuser or User.objects.manageable_by(actor).filter(pk=user.pk).exists():
        return
    raise PermissionDenied("Akun ini di luar jangkauan Anda.")


def check_reach_given(*, actor, user, assigned_bodies):
    """Raises ValidationError when the account would reach further than the coordinator `actor`.

    `user` is the account with its new fields, `assigned_bodies` are the bodies it would evaluate.
    """
    check_evaluator(user=user, assigned_bodies=assigned_bodies)
    if not actor.is_superuser and actor.reach is not None:
        _check_within(actor, user, {unit.pk for unit in assigned_bodies})


def check_evaluator(*, user, assigned_bodies):
    """Raises ValidationError when bodies are assigned to another role, or besides `evaluates_all`."""
    if assigned_bodies and user.role != Role.EVALUATOR:
        raise ValidationError({"assigned_bodies": "Hanya untuk evaluator. Kosongkan."})
    if assigned_bodies and user.evaluates_all:
        message = "Pilih salah satu: semua perangkat daerah, atau yang disebut satu per satu."
        raise ValidationError({"assigned_bodies": message})


def _check_within(actor, user, bodies):
    if user.unit_id not in actor.reach:
        raise ValidationError({"unit": "Pilih unit di bawah jangkauan Anda."})
    if user == actor and (user.role != actor.role or not user.is_active):
        raise ValidationError("Peran dan keaktifan akun sendiri diubah oleh koordinator lain.")
    if user.evaluates_all and Unit.objects.exclude(pk__in=actor.reach).exists():
        message = (
            "Hanya yang menjangkau seluruh provinsi yang memberikannya. Pilih perangkat daerahnya."
        )
        raise ValidationError({"evaluates_all": message})
    if bodies - actor.reach:
        message = "Pilih perangkat daerah yang dievaluasi, di bawah jangkauan Anda."
        raise ValidationError({"assigned_bodies": message})
