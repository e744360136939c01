"""The kinds of workbook cells: how a cell is read, compared and written.

Each kind is a widget of django-import-export with three more methods. The program compares the
*value*; `text()` formats it for people and fingerprints, `cell()` for a spreadsheet, `stored()` for
the database.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from import_export.widgets import Widget

from sakip.dates import DateError, format_date, parse_date
from sakip.numbers import NumberError, input_text, list_letter, parse_number, position
from sakip.richtext import LONGEST_RICH, as_paragraphs, plain_text, require_fitting
from sakip.spreadsheets import EXACT_DIGITS, fitting
from sakip.text import LONGEST, NUL, one_line, several_lines

LETTERS = re.compile(r"\(?([a-z]{1,3})[.)]?")
YES, NO = "Ya", "Tidak"
YES_WORDS = frozenset({"ya", "y", "yes", "true", "1", "benar", "v", "✓"})
NO_WORDS = frozenset({"tidak", "t", "n", "no", "false", "0", "salah", "-", ""})


class Percent(float):
    """What a cell shows as a percentage: 87.5 for 87,5 %, although the file has 0.875."""

    def __str__(self):
        return f"{input_text(float(self))} %"


def shown(value) -> str:
    """The value of a cell as people see it in their sheet."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Percent) or not isinstance(value, float | Decimal):
        return "" if value is None else str(value)
    return input_text(round(value, 9))


def _is_empty(value):
    return value is None or (isinstance(value, str) and one_line(value) in ("", "-"))


class TextWidget(Widget):
    """One line. Numbers that a spreadsheet made of a text (a NIP, a letter number) are read back as text."""

    hint = "Teks."
    is_shared = False  # Says that a value stands in many rows and looks the same in each.

    def __init__(self, limit=None, upper=False):
        super().__init__()
        self.limit, self.upper = limit, upper

    def clean(self, value, row=None, **kwargs):
        text = self.normal(self._words(value))
        if "\0" in text:
            raise ValueError(NUL)
        if self.limit and len(text) > self.limit:
            raise ValueError(
                f"Terlalu panjang ({len(text)} huruf). Tulis paling banyak {self.limit}."
            )
        return text

    def normal(self, text: str) -> str:
        """Returns the text without superfluous spaces, so that these make no difference."""
        return self._spaced(one_line(text))

    def _spaced(self, line):
        if "  " in line:
            line = " ".join(line.split())
        return line.upper() if self.upper else line

    @staticmethod
    def _words(value) -> str:
        if value is None:
            return ""
        if isinstance(value, Percent):
            return str(value)
        if isinstance(value, float):
            if value.is_integer() and abs(value) >= 10**EXACT_DIGITS:
                raise ValueError(
                    "Angka sepanjang ini dibulatkan oleh Excel. Atur sel sebagai Teks, lalu tulis ulang."
                )
            return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
        if isinstance(value, date | time | timedelta):
            raise ValueError(
                "Excel menjadikan isi sel ini tanggal. Atur sel sebagai Teks, lalu tulis ulang."
            )
        return str(value)

    def value(self, stored):
        return "" if stored is None else self.normal(str(stored))

    def stored(self, value, before=None):
        return value

    def text(self, value, directory=None) -> str:
        return "" if value is None else str(value)

    def cell(self, value, text: str):
        """Returns the value for a spreadsheet cell; `text` is the result of `text(value)`."""
        return fitting(text) or None

    def choices(self) -> list[str]:
        """Returns the choices of the drop-down; empty for no drop-down."""
        return []


class LinesWidget(TextWidget):
    """Several lines of plain text."""

    hint = "Teks; baris baru dengan Alt+Enter."

    def __init__(self, limit=LONGEST, upper=False):
        super().__init__(limit, upper)

    def normal(self, text):
        if text.isprintable():
            return self._spaced(text.strip()) if text.isascii() else super().normal(text)
        lines = several_lines(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(map(super().normal, lines)).strip("\n")


class RichTextWidget(LinesWidget):
    """Rich text shown as plain lines; a text that is not changed keeps its italics, lists and tables."""

    def __init__(self):
        super().__init__(limit=LONGEST_RICH)

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        try:
            require_fitting(self.stored(text))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return text

    def value(self, stored):
        return self.normal(plain_text(stored or ""))

    def normal(self, text):
        lines = super().normal(text)
        return "\n".join(filter(None, lines.split("\n"))) if "\n\n" in lines else lines

    def stored(self, value, before=None):
        return as_paragraphs(value)

    @staticmethod
    def loses(before) -> bool:
        """Says whether plain lines instead of `before` would lose italics, bold, lists or tables."""
        return bool(re.search(r"<(em|strong|ul|ol|table)\b", before or ""))


class NumberWidget(TextWidget):
    """A decimal number, None when empty."""

    hint = "Angka, misalnya 87,5."

    def __init__(self, places=2, low=None, high=None):
        super().__init__()
        self.places, self.low, self.high = places, low, high

    def clean(self, value, row=None, **kwargs):
        if _is_empty(value):
            return None
        if isinstance(value, bool):
            raise ValueError("Isi bukan angka. Tulis angka saja, misalnya 87,5.")
        if isinstance(value, float):
            value = Decimal(repr(round(value, 9)))  # 87.30000000000001 is how Excel adds up
        try:
            number = parse_number(value)
        except NumberError as error:
            raise ValueError(str(error)) from error
        return self._checked(number)

    def _checked(self, number):
        if number.as_tuple().exponent < -self.places and number != round(number, self.places):
            raise ValueError(
                f"Terlalu banyak desimal. Tulis paling banyak {self.places} angka di belakang koma."
            )
        if self.low is not None and number < self.low:
            raise ValueError(f"Terlalu kecil. Tulis paling kecil {self.low}.")
        if self.high is not None and number > self.high:
            raise ValueError(f"Terlalu besar. Tulis paling besar {self.high}.")
        return number

    def value(self, stored):
        return stored

    def text(self, value, directory=None) -> str:
        return "" if value is None else input_text(value, 0)

    def cell(self, value, text):
        if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS:
            return text
        return value


class WholeWidget(NumberWidget):
    """A whole number: a year, a position, a count of decimals."""

    hint = "Bilangan bulat."
    is_shared = True

    def __init__(self, low=0, high=None):
        super().__init__(places=0, low=low, high=high)

    def clean(self, value, row=None, **kwargs):
        number = super().clean(value)
        return None if number is None else int(number)

    def text(self, value, directory=None) -> str:
        return "" if value is None else str(value)


class DayWidget(TextWidget):
    hint = "Tanggal, misalnya 31 Desember 2026 atau 31/12/2026."
    is_shared = True

    def __init__(self):
        super().__init__()

    def clean(self, value, row=None, **kwargs):
        if _is_empty(value):
            return None
        try:
            return parse_date(value)
        except DateError as error:
            raise ValueError(str(error)) from error

    def value(self, stored):
        return stored

    def text(self, value, directory=None) -> str:
        return "" if value is None else format_date(value)

    def cell(self, value, text):
        return value


class EmailWidget(TextWidget):
    hint = "Misalnya nama@kaltimprov.go.id."

    def clean(self, value, row=None, **kwargs):
        address = super().clean(value)
        try:
            if address:
                validate_email(address)
        except ValidationError as error:
            raise ValueError(
                "Alamat surel tidak benar. Tulis misalnya nama@kaltimprov.go.id."
            ) from error
        return address


class FlagWidget(TextWidget):
    """Ya or Tidak; an empty cell has the value `empty`."""

    hint = f"{YES} atau {NO}."
    is_shared = True

    def __init__(self, empty=False):
        super().__init__()
        self.empty = empty

    def clean(self, value, row=None, **kwargs):
        word = super().clean(value).casefold()
        if not word:
            return self.empty
        if word in YES_WORDS:
            return True
        if word in NO_WORDS:
            return False
        raise ValueError(f"“{word}” tidak dikenal. Tulis {YES} atau {NO}.")

    def value(self, stored):
        return bool(stored)

    def text(self, value, directory=None) -> str:
        return YES if value else NO

    def choices(self):
        return [YES, NO]


class ChoiceWidget(TextWidget):
    """One of a model's choices, by its label or its code; `blank` may be left empty."""

    is_shared = True

    def __init__(self, choices, blank=False, aliases=None):
        super().__init__()
        self.labels = {str(code): str(label) for code, label in choices if code != ""}
        self.blank = blank
        self.codes = {label.casefold(): code for code, label in self.labels.items()}
        self.codes |= {code.casefold(): code for code in self.labels}
        self.codes |= {alias.casefold(): code for alias, code in (aliases or {}).items()}

    @property
    def hint(self):
        return f"Salah satu: {', '.join(self.labels.values())}."

    def clean(self, value, row=None, **kwargs):
        word = super().clean(value)
        if not word and self.blank:
            return ""
        if word.casefold() in self.codes:
            return self.codes[word.casefold()]
        raise ValueError(
            f"“{word}” tidak dikenal. Pilih salah satu: {', '.join(self.labels.values())}."
        )

    def text(self, value, directory=None) -> str:
        return self.labels.get(value, value or "")

    def choices(self):
        return list(self.labels.values())


class ReferenceWidget(TextWidget):
    """One record of a directory, written as its name or code; the value is the record or None.

    `directory` is the name under which `Directory` knows these records. `body` of `clean` is the body
    that the row is about, if its key says so.
    """

    hint = "Nama atau kodenya, seperti dalam daftar pilihan."
    is_shared = True

    def __init__(self, directory):
        super().__init__()
        self.directory = directory

    def clean(self, value, row=None, *, directory=None, body=None, **kwargs):
        word = super().clean(value)
        return directory.find(self.directory, word, body) if word else None

    def value(self, stored):
        return stored

    def text(self, value, directory=None) -> str:
        return "" if value is None else directory.name(self.directory, value)


class ReferencesWidget(ReferenceWidget):
    """Several records, separated by semicolons or lines; the value is a tuple ordered by name."""

    hint = "Nama atau kodenya; beberapa dipisahkan dengan titik koma."

    def clean(self, value, row=None, *, directory=None, body=None, **kwargs):
        names = [" ".join(name.split()) for name in re.split(r"[;\n]", self._words(value))]
        found = {}
        for name in filter(None, names):
            record = directory.find(self.directory, name, body)
            found[directory.name(self.directory, record)] = record
        return tuple(record for _, record in sorted(found.items()))

    def text(self, value, directory=None) -> str:
        return "; ".join(sorted(directory.name(self.directory, record) for record in value))


class LetterWidget(WholeWidget):
    """A position written as a letter: a is 1; numbers are understood too."""

    hint = "a, b, c atau 1, 2, 3."

    def __init__(self):
        super().__init__(low=1, high=999)

    def clean(self, value, row=None, **kwargs):
        written = one_line(value) if isinstance(value, str) else ""
        if found := LETTERS.fullmatch(written.lower()):
            place = position(found[1])
            if place <= self.high:  # more is a word
                return place
        if written and not written.isdecimal():
            raise ValueError(f"“{written[:30]}” bukan urutan. Tulis a, b, c atau 1, 2, 3.")
        return super().clean(value)

    def text(self, value, directory=None) -> str:
        return "" if value is None else list_letter(value)

    def cell(self, value, text):
        return text
