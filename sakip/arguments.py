"""Reads numbers and days from a command line. None means only that the option was not given.

A wrong value is refused with a sentence that names the option. We do not use `type=` of argparse: it
converts only text from a shell, not the values that `call_command` passes.
"""

import re
from datetime import date

from django.core.management.base import CommandError

from sakip.dates import DateError, parse_date

WHOLE = re.compile(r"-?[0-9]{1,18}")


def whole(option: str, value, *, low: int = 1, high: int | None = None) -> int | None:
    """A whole number from `low` to `high`, both included; without `high` there is no upper limit."""
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
