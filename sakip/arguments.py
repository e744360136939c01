"""Reads numbers and days of a command line; None is an option that was not given, and nothing else is.

Whatever cannot be meant is refused in a sentence that names the option. Values come as text from a
shell and as they are from `call_command`, hence no `type=` of argparse, which reads only the former.
"""

import re
from datetime import date

from django.core.management.base import CommandError

from sakip.dates import DateError, parse_date

WHOLE = re.compile(r"-?[0-9]{1,18}")


def whole(option: str, value, *, low: int = 1, high: int | None = None) -> int | None:
    """A whole number from `low` to `high`, both included; None for `high` is no end."""
    if value is None:
        return None
    text = str(value).strip()
    if WHOLE.fullmatch(text) and low <= int(text) and (high is None or int(text) <= high):
        return int(text)
    span = f"mulai dari {low}" if high is None else f"dari {low} sampai {high}"
    raise CommandError(f"{option}: tulis bilangan bulat {span}, bukan “{text}”.")


def day(option: str, value: str | date | None) -> date | None:
    if value is None:
        return None
    try:
        return parse_date(value)
    except DateError as error:
        raise CommandError(f"{option}: {error}") from error
