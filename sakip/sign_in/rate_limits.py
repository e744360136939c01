"""How often something may be tried. The rule about passwords, for every page that asks for one:

A wrong password counts; the right one costs nothing, so a room full of people who sign in locks nobody.
A name that nobody has counts like any other. What may be tried depends on the place:

1. A browser in which this person has signed in before (it has a cookie) has counts of its own: 5 wrong
   passwords in 15 minutes and 25 a day. Nothing that others do, there or elsewhere, shuts it out.
2. Elsewhere, 5 in 15 minutes for one account from one network address; 25 a day for one account from all
   addresses together; 30 an hour from one address for all accounts together.
3. Of those 25 and 30, the last ten are kept for accounts at an address from which they have signed in
   before. So strangers who guess one account from everywhere do not shut out its owner at the office,
   and strangers who try many accounts from the office's address do not shut out those who work there.

Whoever sets a new password through a link has shown who they are: browser and address are known then.
A period begins with the first try in it. Who must wait gets status 429, the header Retry-After, and a
sentence with the real waiting time. All counts are in the database (`sakip/services/tries.py`): when it
is away or locked the page fails as every other page does, and never speaks of too many tries.
"""

import ipaddress
import math
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import get_user_by_username  # as signing in finds the account
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string

from sakip.numbers import in_words
from sakip.services import tries
from sakip.services.tries import Bucket, hashed

DAY, HOUR = 24 * 60, 60
BROWSER_COOKIE = "__Host-peramban" if settings.HTTPS else "peramban"


class TooManyTries(ValidationError):
    """Shown on the form. Its page has status 429, because `of` noted on the request how long to wait."""

    def __init__(self, wait: timedelta, advice=""):
        text = f"Terlalu banyak percobaan. Coba lagi {waiting_time(wait)} lagi.{advice}"
        super().__init__(text, code="too_many_tries")

    @classmethod
    def of(cls, request, until, advice=""):
        wait = until - timezone.now()
        request.retry_after = max(math.ceil(wait.total_seconds()), 1)
        return cls(wait, advice)


def waiting_time(wait: timedelta) -> str:
    """Rounded up: "sepuluh menit", from two hours on "dua jam"."""
    minutes = max(math.ceil(wait.total_seconds() / 60), 1)
    if minutes < 2 * HOUR:
        return f"{in_words(minutes)} menit"
    return f"{in_words(math.ceil(minutes / HOUR))} jam"


class Try:
    """A try that is being made: `with password_try(…) as guess: guess.is_right = …`.

    Counts it on entering, or raises TooManyTries. A ValidationError ends it as wrong; after any other error
    it is undecided and counts for a minute.
    """

    def __init__(self, request, buckets, advice=""):
        self.request, self.buckets, self.advice = request, buckets, advice
        self.is_right = False

    def __enter__(self):
        try:
            tries.take(self.buckets)
        except tries.Full as full:
            raise TooManyTries.of(self.request, full.until, self.advice) from None
        return self

    def __exit__(self, kind, error, trace):
        if kind is None or issubclass(kind, ValidationError):
            tries.settle(self.buckets, is_right=self.is_right)


def password_try(request, username) -> Try:
    """For whatever checks a password, also an API: the module says what is counted."""
    person = get_user_by_username(username)
    who = ("person", person.pk) if person else ("name", username.casefold())
    advice = "" if request.user.is_authenticated else " Bila lupa, buat kata sandi baru."
    return Try(request, _password_buckets(request, person, who), advice)


def _password_buckets(request, person, who):
    short = settings.SIGN_IN_ATTEMPTS, settings.SIGN_IN_WAIT_MINUTES
    address, browser = _address_place(request), _browser_place(request)
    known = tries.known_places(person, [address, browser])
    if browser in known:
        return [
            Bucket(hashed("browser", *who, browser), *short),
            Bucket(hashed("browser-day", *who, browser), settings.GUESSES_PER_ACCOUNT, DAY),
        ]
    kept = 0 if address in known else settings.GUESSES_KEPT
    return [
        Bucket(hashed("here", *who, address), *short),
        Bucket(hashed("account", *who), settings.GUESSES_PER_ACCOUNT - kept, DAY),
        Bucket(hashed("address", address), settings.GUESSES_PER_ADDRESS - kept, HOUR),
    ]


def code_try(request, person) -> Try:
    """For a code of the second factor or a recovery code, after the right password.

    Only who has the password can use these up. 30 a day of a million codes: a hit in about 90 years.
    """
    short = settings.SIGN_IN_ATTEMPTS, settings.SIGN_IN_WAIT_MINUTES
    buckets = [
        Bucket(hashed("code", person.pk, _address_place(request)), *short),
        Bucket(hashed("code-day", person.pk), settings.CODES_PER_ACCOUNT, DAY),
    ]
    return Try(request, buckets)


def count_reset_request(request, email):
    """Counts every request for a mail with a link, for known and unknown addresses alike."""
    buckets = [
        Bucket(hashed("reset", email.upper().casefold()), settings.RESETS_PER_MAILBOX, HOUR),
        Bucket(hashed("reset-here", _address_place(request)), settings.RESETS_PER_ADDRESS, HOUR),
    ]
    with Try(request, buckets):
        pass


def know_place(request, person):
    """This person has signed in here, or has set a password through a link."""
    if not _browser_of(request):
        request.new_browser = get_random_string(32)
    places = [_address_place(request), _browser_place(request)]
    tries.remember_places(person=person, places=places, at=timezone.now())


def _browser_of(request) -> str:
    return getattr(request, "new_browser", "") or request.COOKIES.get(BROWSER_COOKIE, "")


def _browser_place(request):
    return hashed("place-browser", _browser_of(request))


def _address_place(request):
    return hashed("place-address", client_network(request))


def client_network(request) -> str:
    """The address of the client; of IPv6 the network of 64 bits, which one household or office has whole."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped or ipaddress.ip_network((address, 64), strict=False).network_address)


class Limit:
    """Allows `most` times within `minutes` per network address. All server processes count together."""

    def __init__(self, name, *, most, minutes):
        self.name, self.most, self.minutes = name, most, minutes

    def is_reached(self, request) -> bool:
        return tries.full_until(self._bucket(request)) is not None

    def count(self, request):
        with Try(request, [Bucket(self._bucket(request).key, 10**9, self.minutes)]):
            pass

    def refusal(self, request):
        """A page with status 429 that says how long to wait."""
        until = tries.full_until(self._bucket(request)) or timezone.now()
        wait = until - timezone.now()
        request.retry_after = max(math.ceil(wait.total_seconds()), 1)
        return render(request, "429.html", {"wait": waiting_time(wait)}, status=429)

    def _bucket(self, request):
        return Bucket(hashed(self.name, client_network(request)), self.most, self.minutes)
