"""Read and print numbers the Indonesian way: decimal comma, thousands dot (docs/design.md §2.8).

The forms and the Excel import use the same parser, so a figure means the same in both.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from django.conf import settings

from sakip.text import one_line

MISSING = "-"
LONGEST_TEXT = 40
DECIMALS = settings.DEFAULT_DECIMALS
FEW = 20  # with fewer things, the decimals of a percentage say nothing
LIMIT = Decimal(10) ** 15
# Enough digits to round any quotient of two numbers below LIMIT without loss.
ROUNDING = Context(prec=100, rounding=ROUND_HALF_UP)

SIGN = r"(?P<sign>[+-]?)"
GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
AMBIGUOUS = re.compile(rf"{SIGN}(?P<number>[1-9][0-9]{{0,2}}\.[0-9]{{3}})")
WITH_COMMA = re.compile(rf"{SIGN}(?P<number>(?:[0-9]+|{GROUPED}),[0-9]+)")
WITHOUT_COMMA = re.compile(rf"{SIGN}(?P<number>{GROUPED})")
PLAIN = re.compile(rf"{SIGN}(?P<number>[0-9]+(?:\.[0-9]+)?)")
MINUS_SIGNS = str.maketrans("−–", "--")
SOFT_HYPHEN = "\u00ad"


class NumberError(ValueError):
    """The text is not a number. The message is one Indonesian sentence that says what to write."""


class AmbiguousNumber(NumberError):  # noqa: N818 - it is a number, with two readings
    """One dot before exactly three digits, as in 87.500: it can separate thousands or decimals.

    `readings` has both values, the one with thousands first. `suggestions` has the text to write for
    each of them.
    """

    def __init__(self, text: str, readings: tuple[Decimal, Decimal]):
        self.readings = readings
        self.suggestions = tuple(input_text(value) for value in readings)
        first, second = self.suggestions
        super().__init__(f"“{text}” dapat dibaca dua cara. Tulis {first} atau {second}.")


def parse_number(value: str | int | float | Decimal) -> Decimal:
    """Read a number as people write it, or as a spreadsheet cell holds it.

    Raises AmbiguousNumber for `87.500`, and NumberError for any text that is not a number.
    """
    number = _from_text(value) if isinstance(value, str) else _from_cell(value)
    if number.copy_abs() >= LIMIT:
        raise NumberError("Angka terlalu besar. Tulis paling banyak 15 angka di depan koma.")
    return number


def seen(text: str) -> str:
    """`text` as its reader sees it, on one line. A soft hyphen stays: some programs show it as a minus."""
    return text if SOFT_HYPHEN in text else one_line(text)


def _from_cell(value: object) -> Decimal:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if number.is_finite():
            return number
    raise NumberError("Isi bukan angka. Tulis angka saja, misalnya 87,5.")


def _from_text(value: str) -> Decimal:
    text = seen(value).removesuffix("%").rstrip().translate(MINUS_SIGNS)
    if not text:
        raise NumberError("Angka belum diisi. Tulis angka, misalnya 87,5.")
    if len(text) > LONGEST_TEXT:
        raise NumberError(f"Angka terlalu panjang. Tulis paling banyak {LONGEST_TEXT} tanda.")
    if match := AMBIGUOUS.fullmatch(text):
        raise AmbiguousNumber(text, (_thousands(match), _decimals(match)))
    if match := WITH_COMMA.fullmatch(text) or WITHOUT_COMMA.fullmatch(text):
        return _thousands(match)
    if match := PLAIN.fullmatch(text):
        return _decimals(match)
    raise NumberError(f"“{text}” bukan angka yang dikenal. Tulis misalnya 87,5 atau 1.234,56.")


def _thousands(match: re.Match) -> Decimal:
    """Reads the match with dots as thousands separators and a comma before the decimals."""
    return Decimal(match["sign"] + match["number"].replace(".", "").replace(",", "."))


def _decimals(match: re.Match) -> Decimal:
    """Reads the match with the dot before the decimals."""
    return Decimal(match["sign"] + match["number"])


def round_half_up(value: Decimal, places: int = DECIMALS) -> Decimal:
    """Round halves away from zero, as the printed tables do. Call it once, when a figure is shown."""
    return value.quantize(Decimal(1).scaleb(-places), context=ROUNDING)


def format_number(
    value: Decimal | int | None, places: int = DECIMALS, *, signed: bool = False
) -> str:
    """Print `1.234,50`. None is printed as “-”; zero never has a sign."""
    if value is None:
        return MISSING
    rounded = round_half_up(Decimal(value), places)
    sign = "" if rounded == 0 else "-" if rounded < 0 else "+" if signed else ""
    return sign + f"{rounded.copy_abs():,f}".translate(str.maketrans(",.", ".,"))


def share_places(count: int) -> int:
    """Decimals of a percentage of so many things: none under 20, where one of them is five points or more."""
    return 0 if count < FEW else DECIMALS


def own_places(value: Decimal | int, at_least: int = 0) -> int:
    """How many decimals the value has, without zeros at the end; never fewer than `at_least`."""
    return max(at_least, len(f"{Decimal(value):f}".partition(".")[2].rstrip("0")))


def exact_number(value: Decimal | int | None, places: int = DECIMALS, **options) -> str:
    """Like `format_number`, with all decimals that the value has: a sentence about two figures never
    shows them equal when they are not."""
    if value is None:
        return MISSING
    return format_number(value, own_places(value, places), **options)


def places_apart(one: Decimal, other: Decimal, places: int = DECIMALS, most: int = 8) -> int:
    """So many decimals that two different figures look different."""
    while places < most and one != other:
        if round_half_up(one, places) != round_half_up(other, places):
            break
        places += 1
    return places


def input_text(value: Decimal | int | float, places: int = 0) -> str:
    """The exact value as text for an input: no thousands dots, at least `places` decimals, no other zeros."""
    whole, _, decimals = f"{Decimal(str(value)):f}".partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    return f"{whole},{decimals}" if decimals else whole


def movement(change: Decimal | int, unchanged: str = "tetap") -> str:
    """The direction of a change: “naik”, “turun”, or `unchanged` for zero."""
    return "naik" if change > 0 else "turun" if change < 0 else unchanged


def list_letter(number: int) -> str:
    """Letter of a list item: 1 is a, 26 is z, 27 is aa."""
    if number < 1:
        raise ValueError("a list is lettered from 1")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def position(letters: str) -> int:
    """The reverse of `list_letter`: a is 1, aa is 27. Capital letters are read as small letters."""
    number = 0
    for sign in letters.lower():
        if not "a" <= sign <= "z":
            raise ValueError("a list is lettered from a to z")
        number = number * 26 + ord(sign) - ord("a") + 1
    return number


ROMAN_DIGITS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


LAST_ROMAN = 3999


def roman(number: int) -> str:
    """Roman numeral of a section or quarter, 1 to 3999."""
    if not 1 <= number <= LAST_ROMAN:
        raise ValueError(f"roman numerals run from 1 to {LAST_ROMAN}")
    numeral = ""
    for value, digits in ROMAN_DIGITS:
        count, number = divmod(number, value)
        numeral += digits * count
    return numeral


WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
WORD_STEPS = ((1_000_000, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))


def in_words(number: int) -> str:
    """A count in Indonesian words, 0 to 999.999.999: 17 is tujuh belas, 1.205 seribu dua ratus lima."""
    if not 0 <= number < 10**9:
        raise ValueError("only counts from 0 to 999.999.999 are spelt out")
    if number < 12:
        return WORDS[number]
    if number < 20:
        return f"{WORDS[number - 10]} belas"
    size, name = next(step for step in WORD_STEPS if step[0] <= number)
    count, rest = divmod(number, size)
    words = f"se{name}" if count == 1 and size < 1_000_000 else f"{in_words(count)} {name}"
    return f"{words} {in_words(rest)}" if rest else words


def counted(number: int) -> str:
    """A count as official letters write it: 3 (tiga)."""
    return f"{format_number(number, 0)} ({in_words(number)})"
