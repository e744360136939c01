"""How many requests a token may make in a time.

All server processes count together, but not each request: a process takes a handful from the common count
and uses it up. So a program that reads much writes little.
"""

import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from sakip.services import tries
from sakip.services.tries import Bucket, hashed

HANDFUL = 20


@dataclass
class _Hand:
    left: int
    ends: float


_hands: dict[int, _Hand] = {}


def use_one(token) -> int:
    """Counts a request; returns the seconds to wait when there is none left, else 0."""
    now = time.time()
    hand = _hands.get(token.pk)
    if hand is None or hand.left < 1 or hand.ends <= now:
        bucket = _bucket(token)
        try:
            tries.take([bucket])
            tries.settle([bucket], is_right=False)  # it counts
        except tries.Full as full:
            return max(math.ceil((full.until - timezone.now()).total_seconds()), 1)
        hand = _hands[token.pk] = _Hand(HANDFUL, now + settings.API_MINUTES * 60)
    hand.left -= 1
    return 0


def _bucket(token):
    return Bucket(hashed("api", token.pk), settings.API_REQUESTS // HANDFUL, settings.API_MINUTES)
