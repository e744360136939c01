"""Counts what a computer may do only so often, where signing in (which allauth counts) is not it."""

from time import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render

from sakip.numbers import in_words


class Limit:
    """`most` times within so many `minutes`, per address of the network, for all server processes together."""

    def __init__(self, name, *, most, minutes):
        self.name, self.most, self.minutes = name, most, minutes

    def is_reached(self, request) -> bool:
        return len(self._times(request)) >= self.most

    def count(self, request):
        """Each time is kept by itself: a number that is counted up loses the end of its time."""
        times = [*self._times(request), time()]
        cache.set(self._key(request), times, self.minutes * 60)

    def refusal(self, request):
        """429, which says for how long."""
        wait = f"{in_words(self.minutes)} menit"
        return render(request, "429.html", {"wait": wait}, status=429)

    def _times(self, request):
        begin = time() - self.minutes * 60
        return [moment for moment in cache.get(self._key(request), ()) if moment > begin]

    def _key(self, request):
        return f"limit:{self.name}:{get_adapter().get_client_ip(request)}"
