"""Ends the sessions of a person. Whoever was signed in elsewhere has to sign in again."""

import logging
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from sakip.history.write import record
from sakip.models import User

logger = logging.getLogger(__name__)


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
    record(actor=actor, at=at, action="end_session", target=User.objects.get(pk=actor.pk))
    return True


def _forget(rows):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in rows.values_list("session_key", flat=True):
        store.delete(key)
    rows.delete()


@transaction.atomic
def end_other_sessions(*, actor, at):
    """Ends every session of the person. The caller lets the present one go on (`sessions.keep`)."""
    end_sessions(actor)
    record(actor=actor, at=at, action="end_other_sessions", target=User.objects.get(pk=actor.pk))


def note_seen(key):
    """Notes for the list of devices that the session was used. Never waits: no page depends on it."""
    rows = UserSession.objects.filter(session_key=key)
    is_sqlite = connection.vendor == "sqlite"
    try:
        if is_sqlite:  # there a writer waits for every other one
            _wait(0)
        rows.update(last_seen_at=timezone.now())
    except OperationalError as error:
        logger.info("The last use of a session was not noted: %s", error)
    finally:
        if is_sqlite:
            _wait(settings.DATABASES["default"]["OPTIONS"]["timeout"])


def _wait(seconds):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
