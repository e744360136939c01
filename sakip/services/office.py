"""The beginning of an empty installation."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sakip.models import Unit, User
from sakip.roles import Role
from sakip.services.records import save_record
from sakip.services.users import save_user


@transaction.atomic
def begin_office(*, actor, at, unit=None, **province) -> User:
    """Makes a superuser without role the coordinator of `unit`.

    Without a unit, first writes the province with the fields `name`, `code` and `head_title`.
    """
    if not actor.is_superuser or actor.role:
        raise PermissionDenied("Hanya untuk administrator yang belum mempunyai peran.")
    if unit is None:
        new = Unit(kind=Unit.Kind.PROVINCE)
        unit = save_record(record=new, actor=actor, at=at, **province)
    person = User.objects.get(pk=actor.pk)
    return save_user(user=person, actor=actor, at=at, role=Role.COORDINATOR, unit=unit)
