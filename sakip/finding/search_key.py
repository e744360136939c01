"""Whether the key “/” leads to the search, in this browser."""

from django.conf import settings

KEY_OFF = "mati"


def key_is_on(request) -> bool:
    return request.COOKIES.get(settings.SEARCH_KEY_COOKIE_NAME) != KEY_OFF
