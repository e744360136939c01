"""Writes passwords: one that a person chose, and one that somebody else gave and that is temporary."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sakip.history.write import record
from sakip.models import FormerPassword, User

CHOSEN_FIELDS = ["password", "invited_at", "password_chosen_at", "password_is_temporary"]


@transaction.atomic
def choose(user, password, *, at):
    """Saves the password that this person chose. An invitation is not needed any more.

    Saves nothing else: a coordinator may change other fields at the same moment.
    """
    if settings.PASSWORDS_BY_BSSN and user.has_usable_password():
        FormerPassword.objects.create(person=user, password=user.password)
        _forget(user)
    user.set_password(password)
    user.invited_at, user.password_chosen_at, user.password_is_temporary = None, at, False
    user.save(update_fields=CHOSEN_FIELDS)


def _forget(user):
    rows = FormerPassword.objects.filter(person=user).order_by("-pk")
    kept = list(rows.values_list("pk", flat=True)[: settings.PASSWORDS_REMEMBERED])
    rows.exclude(pk__in=kept).delete()


@transaction.atomic
def mark_temporary(*, username):
    """Somebody has set this person's password at the command line: it opens only the page for a new one."""
    user = User.objects.select_for_update().get(username=username)
    user.password_is_temporary, user.password_chosen_at = True, None
    user.save(update_fields=["password_is_temporary", "password_chosen_at"])
    record(actor=None, at=timezone.now(), action="set_password", target=user)
