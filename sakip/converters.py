"""Parts of addresses: what no year or quarter can be is an address that does not exist."""

from django.urls.converters import IntConverter


class YearConverter(IntConverter):
    """From 2000 to 2100, as the models demand."""

    regex = "20[0-9]{2}|2100"


class QuarterConverter(IntConverter):
    regex = "[1-4]"
