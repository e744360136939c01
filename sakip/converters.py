"""Reads keys, years and quarters in addresses and forms. An address with an impossible one gets 404."""

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.urls.converters import IntConverter

LONGEST_KEY = 18  # digits; both databases can store such a number


def key_of(text: str) -> int | None:
    """The primary key written in an address or a form; None when no record can have such a key."""
    text = str(text)
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if is_number else None


def addresses_of(view_name: str) -> Callable[[int], str]:
    """Makes the addresses of the records of a long list: to resolve each takes longer than the rest of its row."""
    page = _page(view_name, get_urlconf(), get_script_prefix())
    return lambda key: page.replace("/0/", f"/{key}/")


def address_of(view_name: str, key: int) -> str:
    """The address of one record, which a page may show fifty times."""
    return addresses_of(view_name)(key)


@lru_cache(maxsize=64)
def _page(view_name, urlconf, prefix):
    return reverse(view_name, args=[0])


class YearConverter(IntConverter):
    """A year from 2000 to 2100, the range that the models accept."""

    regex = "20[0-9]{2}|2100"


class QuarterConverter(IntConverter):
    regex = "[1-4]"
