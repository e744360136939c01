"""Ends the sessions of a person. Whoever was signed in elsewhere has to sign in again."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import F

from sakip.history.write import record
from sakip.models import User


def end_sessions(user):
    """Ends every session of the person for good: what was signed in before never comes back.

    The caller writes the history of what it does to the person.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    _forget(UserSession.objects.filter(user_id=user.pk))


@transaction.atomic
def end_session(*, actor, pk, at) -> bool:
    """Ends one session of `actor`; False when it has ended already."""
    rows = UserSession.objects.filter(user_id=actor.pk, pk=pk)
    if not rows.exists():
        return False
    _forget(rows)
    record(actor=actor, at=at, action="end_session", target=actor)
    return True


def _forget(rows):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in rows.values_list("session_key", flat=True):
        store.delete(key)
    rows.delete()
