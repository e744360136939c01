"""Parts of addresses and forms: what no key, year or quarter can be does not exist."""

from django.urls.converters import IntConverter

LONGEST_KEY = 18  # digits: what both databases can hold


def key_of(text: str) -> int | None:
    """The key of a record that an address or a form names; None for what no record can have."""
    text = str(text)
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if is_number else None


class YearConverter(IntConverter):
    """From 2000 to 2100, as the models demand."""

    regex = "20[0-9]{2}|2100"


class QuarterConverter(IntConverter):
    regex = "[1-4]"
