"""How the program reads a number or a date that somebody types, told before it is saved."""

from collections.abc import Callable
from typing import NamedTuple

from sakip.dates import DateError, format_day, parse_date
from sakip.numbers import AmbiguousNumber, NumberError, exact_number, parse_number


class Echo(NamedTuple):
    """`reading` is the value in words. Without one, `choices` are the texts to choose from, or `refusal` says
    what to write instead."""

    reading: str = ""
    choices: tuple[str, ...] = ()
    refusal: str = ""


def echo_number(text: str) -> Echo:
    try:
        return Echo(exact_number(parse_number(text), 0))
    except AmbiguousNumber as error:
        return Echo(choices=error.suggestions)
    except NumberError as error:
        return Echo(refusal=str(error))


def echo_date(text: str) -> Echo:
    try:
        return Echo(format_day(parse_date(text)))
    except DateError as error:
        return Echo(refusal=str(error))


KINDS: dict[str, Callable[[str], Echo]] = {"angka": echo_number, "tanggal": echo_date}
