"""The session of a request."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash


def keep(request):
    """Lets this session go on, under a new key, after all sessions of its person were ended."""
    request.user.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
