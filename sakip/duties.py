"""What a unit or a person still has to do. It must move before the unit or the person goes.

This app knows neither renaksi nor indicators. Each app that gives work to units and people registers
functions that count it (`<app>/selectors/duties.py`, imported by its AppConfig).
"""

from collections.abc import Callable

UNIT: list[Callable] = []
PERSON: list[Callable] = []


def register(*, of_unit: Callable | None = None, of_person: Callable | None = None):
    """Each function returns pairs of a count and an Indonesian noun.

    It takes a unit; or a person and the units where the person will be, none for one who leaves.
    """
    UNIT.extend(filter(None, [of_unit]))
    PERSON.extend(filter(None, [of_person]))


def of_unit(unit) -> list[str]:
    """For example ["3 rencana aksi yang belum selesai", "1 indikator yang masih berlaku"]."""
    return _counted(UNIT, unit)


def of_person(person, units=()) -> list[str]:
    return _counted(PERSON, person, units)


def _counted(counters, *subject):
    pairs = (pair for counter in counters for pair in counter(*subject))
    return [f"{count} {noun}" for count, noun in pairs if count]


def listed(duties: list[str]) -> str:
    """The duties as a part of a sentence: “1 pengguna aktif dan 2 indikator”."""
    *first, last = duties
    return f"{', '.join(first)} dan {last}" if first else last
