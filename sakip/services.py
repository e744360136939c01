"""What coordinators do with units, people, officials and letterheads. Every change leaves one history entry."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string

from sakip.history import record as record_history
from sakip.models import Unit, User
from sakip.permissions import Role

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no signs that look alike


def random_password() -> str:
    """Sixteen signs in groups of four: about 79 bits, easy to copy by hand."""
    return "-".join(get_random_string(4, READABLE) for _ in range(4))


@transaction.atomic
def save_record(*, record, actor, changes=()):
    """Writes a unit, an official or a letterhead; ValidationError when it breaks a rule."""
    action = "create" if record._state.adding else "edit"
    record.full_clean()
    record.save()
    if changes or action == "create":
        record_history(actor=actor, action=action, target=record, changes=changes)
    return record


@transaction.atomic
def save_user(*, user, actor, assigned_bodies=(), changes=(), password=None) -> User:
    """Writes an account; `password` is needed for a new one only."""
    check_reach_given(actor=actor, user=user, assigned_bodies=assigned_bodies)
    if password is not None:
        user.set_password(password)
    save_record(record=user, actor=actor, changes=changes)
    user.assigned_bodies.set(assigned_bodies)
    return user


@transaction.atomic
def give_password(*, user, actor, password) -> User:
    """A password from the coordinator's hand; ends the person's sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record_history(actor=actor, action="set_password", target=user)
    return user


def check_reach_given(*, actor, user, assigned_bodies):
    """ValidationError when the account would reach further than the coordinator who gives it."""
    if actor.reach is None:
        return
    if user.unit_id not in actor.reach:
        raise ValidationError({"unit": "Pilih unit di bawah jangkauan Anda."})
    if user == actor and (user.role != actor.role or not user.is_active):
        raise ValidationError("Peran dan keaktifan akun sendiri diubah oleh koordinator lain.")
    if user.role == Role.EVALUATOR:
        bodies = {unit.pk for unit in assigned_bodies}
        everything = not bodies and Unit.objects.exclude(pk__in=actor.reach).exists()
        if everything or bodies - actor.reach:
            message = "Pilih perangkat daerah yang dievaluasi, di bawah jangkauan Anda."
            raise ValidationError({"assigned_bodies": message})
