"""Limits how often one network address may do something. allauth limits sign-ins itself."""

from time import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render

from sakip.numbers import in_words


class Limit:
    """Allows `most` times within `minutes` per network address. All server processes count together."""

    def __init__(self, name, *, most, minutes):
        self.name, self.most, self.minutes = name, most, minutes

    def is_reached(self, request) -> bool:
        return len(self._times(request)) >= self.most

    def count(self, request):
        """Stores the time of each attempt: with only a number, old attempts could not expire one by one."""
        times = [*self._times(request), time()]
        cache.set(self._key(request), times, self.minutes * 60)

    def refusal(self, request):
        """A page with status 429 that says how many minutes to wait."""
        wait = f"{in_words(self.minutes)} menit"
        return render(request, "429.html", {"wait": wait}, status=429)

    def _times(self, request):
        begin = time() - self.minutes * 60
        return [moment for moment in cache.get(self._key(request), ()) if moment > begin]

    def _key(self, request):
        return f"limit:{self.name}:{get_adapter().get_client_ip(request)}"
