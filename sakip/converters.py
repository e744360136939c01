"""Parts of addresses and forms: what no key, year or quarter can be does not exist."""

from django.urls.converters import IntConverter


class YearConverter(IntConverter):
    """From 2000 to 2100, as the models demand."""

    regex = "20[0-9]{2}|2100"


class QuarterConverter(IntConverter):
    regex = "[1-4]"


def is_key(text: str) -> bool:
    """Whether what a browser sent may be the key of a record; a database fails on anything else."""
    return text.isascii() and text.isdigit() and len(text) < 19
