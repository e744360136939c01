"""Read and print dates the Indonesian way: day before month, months by name (docs/design.md §2.8)."""

import re
from calendar import monthrange
from datetime import date, datetime

from django.utils import timezone

from sakip.numbers import MISSING
from sakip.text import one_line

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTH_NUMBERS = {
    spelling: number
    for number, spellings in enumerate(
        (
            "januari jan",
            "februari pebruari feb peb",
            "maret mar",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "agustus agu agt ags",
            "september sep sept",
            "oktober okt",
            "november nopember nov nop",
            "desember des",
        ),
        start=1,
    )
    for spelling in spellings.split()
}

YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0?[1-9]|1[0-2])-(?P<day>[0-9]{1,2})")
DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<dash>[/.-])(?P<month>[0-9]{1,2})(?P=dash)(?P<year>[0-9]{2}(?:[0-9]{2})?)"
)
NAMED_MONTH = re.compile(
    r"(?P<day>[0-9]{1,2})[ -](?P<month>[a-z]{3,10})\.?[ -](?P<year>[0-9]{2}(?:[0-9]{2})?)",
    re.IGNORECASE,
)
EXAMPLE = "31/12/2026 atau 31 Desember 2026"


class DateError(ValueError):
    """The text is not a date. The message is one Indonesian sentence that says what to write."""


def parse_date(value: str | date) -> date:
    """Read a date as people write it, or as a spreadsheet cell holds it; never month first."""
    if isinstance(value, date):
        return _local(value)
    if not isinstance(value, str):
        raise DateError(f"Isi bukan tanggal. Tulis misalnya {EXAMPLE}.")
    text = " ".join(one_line(value).split())
    if not text:
        raise DateError(f"Tanggal belum diisi. Tulis misalnya {EXAMPLE}.")
    match = YEAR_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text) or NAMED_MONTH.fullmatch(text)
    if not match:
        raise DateError(f"“{_short(text)}” bukan tanggal yang dikenal. Tulis misalnya {EXAMPLE}.")
    return _checked(text, match["day"], match["month"], match["year"])


def _checked(text: str, day_text: str, month_text: str, year_text: str) -> date:
    if len(year_text) == 2:
        raise DateError(f"Tahun pada “{text}” hanya dua angka. Tulis misalnya {EXAMPLE}.")
    day, month, year = int(day_text), _month_number(month_text), int(year_text)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateError(
            f"Tahun {year_text} tidak wajar. Tulis tahun {EARLIEST_YEAR} sampai {LATEST_YEAR}."
        )
    if month > 12 and 1 <= day <= 12 and month <= monthrange(year, day)[1]:
        swapped = f"{month}/{day}/{year}"
        raise DateError(f"“{text}” mendahulukan bulan. Tulis hari lebih dahulu: {swapped}.")
    if not 1 <= month <= 12:
        raise DateError(f"Bulan {month_text} pada “{text}” tidak ada. Tulis bulan 1 sampai 12.")
    last_day = monthrange(year, month)[1]
    if not 1 <= day <= last_day:
        name = f"{MONTHS[month - 1]} {year}"
        raise DateError(f"Tanggal {day} {name} tidak ada. Tulis hari 1 sampai {last_day}.")
    return date(year, month, day)


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if number := MONTH_NUMBERS.get(text.lower()):
        return number
    raise DateError(f"Bulan “{text}” tidak dikenal. Tulis misalnya {EXAMPLE}.")


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"


def _local(value: date) -> date:
    """The date of `value`; a datetime with a time zone is converted to local time first."""
    if not isinstance(value, datetime):
        return value
    return (timezone.localtime(value) if timezone.is_aware(value) else value).date()


def format_date(value: date | None) -> str:
    """Print `2 Oktober 2023`, or “-” for None."""
    if value is None:
        return MISSING
    day = _local(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_day(value: date) -> str:
    """Print `Kamis, 31 Desember 2026`."""
    return f"{DAYS[_local(value).weekday()]}, {format_date(value)}"


def format_datetime(value: datetime | None) -> str:
    """Print a datetime that has a time zone in local time: `2 Oktober 2023 10.42 WITA`."""
    if value is None:
        return MISSING
    here = timezone.localtime(value)
    return f"{format_date(here)} {here:%H.%M %Z}"


def time_of(at: datetime, today: date) -> str:
    """Returns the hour of a moment of today, of another day the date too: 10.42."""
    local = timezone.localtime(at)
    hour = f"{local:%H.%M}"
    return hour if local.date() == today else f"{format_date(local.date())} {hour}"
