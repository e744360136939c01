"""Counts what a computer may do only so often, where signing in (which allauth counts) is not it."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache


class Limit:
    """`most` times within `seconds`, per address of the network, for all server processes together."""

    def __init__(self, name, *, most, seconds):
        self.name, self.most, self.seconds = name, most, seconds

    def is_reached(self, request) -> bool:
        return cache.get(self._key(request), 0) >= self.most

    def count(self, request):
        key = self._key(request)
        if cache.add(key, 1, self.seconds):
            return
        try:
            cache.incr(key)
        except ValueError:  # it has just run out
            cache.set(key, 1, self.seconds)

    def _key(self, request):
        return f"limit:{self.name}:{get_adapter().get_client_ip(request)}"
