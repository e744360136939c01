"""Coordinators write the accounts of people. Every change adds one history entry.

A superuser can do the same in the admin site, with any role and reach.
"""

from copy import copy

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from sakip.models import User
from sakip.services.authority import check_appointment, check_evaluator, check_separation
from sakip.services.departures import require_handed_over
from sakip.services.records import lock_record, require_coordinator, write_record
from sakip.services.sessions import end_sessions


@transaction.atomic
def save_user(*, user, actor, at, version=None, **fields) -> User:
    """Writes these fields of an account. A new one has no password until the person accepts an invitation."""
    user = lock_record(user, version)
    before = copy(user)
    if user._state.adding:
        require_coordinator(actor)
        user.set_unusable_password()
    else:
        _require_manageable(actor, user)
    user = write_record(user, actor, at, fields)
    require_handed_over(before, user)
    check_reach_given(actor=actor, user=user, assigned_bodies=user.assigned_bodies.all())
    check_other_posts(user=user, assigned_bodies=user.assigned_bodies.all())
    if before.is_active and not user.is_active:
        end_sessions(user)  # else an old session would live again with the account
    return user  # a refusal above rolls back what was written


def check_other_posts(*, user, assigned_bodies):
    """Raises ValidationError when this post does not go with the other posts of the person."""
    others = [seat for seat in user.seats if seat is not user]
    if not others:
        return
    if (user.role, user.unit_id) in {(seat.role, seat.unit_id) for seat in others}:
        raise ValidationError({"unit": "Orang ini sudah memegang peran itu di unit itu."})
    present = (user.role, user.unit_id, frozenset(body.pk for body in assigned_bodies))
    check_separation([present, *(seat.duty() for seat in others)])


def _require_manageable(actor, user):
    if actor.is_superuser or User.objects.manageable_by(actor).filter(pk=user.pk).exists():
        return
    raise PermissionDenied("Akun ini di luar jangkauan Anda.")


def check_reach_given(*, actor, user, assigned_bodies, is_inside=None):
    """Raises ValidationError when the account would reach further than the coordinator `actor` may give.

    `user` is the account with its new fields, `assigned_bodies` are the bodies it would evaluate.
    `is_inside` as in `check_evaluator`.
    """
    check_evaluator(user=user, assigned_bodies=assigned_bodies, is_inside=is_inside)
    if not actor.is_superuser and actor.reach is not None:
        _check_within(actor, user)
        check_appointment(actor=actor, user=user, assigned_bodies=assigned_bodies)


def _check_within(actor, user):
    if user.unit_id not in actor.reach:
        raise ValidationError({"unit": "Pilih unit di bawah jangkauan Anda."})
    if user == actor and (user.role != actor.role or not user.is_active):
        raise ValidationError("Peran dan keaktifan akun sendiri diubah oleh koordinator lain.")
