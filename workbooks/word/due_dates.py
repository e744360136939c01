"""Reads a due date as tables write it: a day, or a month, quarter or year, of which the last day counts."""

import calendar
import re
from datetime import date

from sakip.dates import DateError, parse_date

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
QUARTER = re.compile(r"(?:triwulan|tw|trw)\.? ?(iv|i{1,3}|[1-4]) (?:tahun )?(20[0-9]{2})")
YEAR = re.compile(r"(?:akhir )?(?:tahun )?(20[0-9]{2})")
MONTH = re.compile(r"(?:akhir )?(?:bulan )?([a-z]+) (20[0-9]{2})")


def parse(said: str) -> date | None:
    """None for what names no day and no year, such as “Triwulan IV”."""
    words = " ".join(said.casefold().strip(" .;,").split())
    if match := QUARTER.fullmatch(words):
        return _last_day(int(match[2]), 3 * QUARTERS[match[1]])
    if match := YEAR.fullmatch(words):
        return _last_day(int(match[1]), 12)
    try:
        if match := MONTH.fullmatch(words):
            first = parse_date(f"1 {match[1]} {match[2]}")
            return _last_day(first.year, first.month)
        return parse_date(said.strip(" .;,"))
    except DateError:
        return None


def _last_day(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])
