"""The figures of one year in one cell: a realisation with its mark, a target or its range."""

import re
from decimal import Decimal
from typing import NamedTuple

from performance.models import Realisation
from sakip.numbers import AmbiguousNumber
from workbooks import cells
from workbooks.sheets import Column, Part

MARKED = re.compile(r"(.*?)\s*([*†‡#]{1,5})")
RANGE = re.compile(
    r"([^\s–—-]+)\s*(?:–|—|-|s\.?\s*d\.?|s/d|sampai(?:\s+dengan)?)\s*([^\s–—-]+)", re.IGNORECASE
)
MISSING = {label.casefold(): code for code, label in Realisation.Missing.choices} | {
    "n/a": "not_applicable",
    "na": "not_applicable",
    "tidak berlaku": "not_applicable",
    "belum terbit": "not_released",
}
MISSING_LABELS = dict(Realisation.Missing.choices)


PLAIN = cells.Number(4)


class Figure(NamedTuple):
    """A number, a text of the indicator's scale, or why there is none; `mark` points to a footnote."""

    value: Decimal | None = None
    text: str = ""
    missing: str = ""
    mark: str = ""


class FigureCell(cells.Number):
    hint = "Angka (boleh bertanda: 3,51*), nilai skala seperti WTP, atau alasan: Belum rilis, Tidak diukur, n/a."

    def __init__(self):
        super().__init__(4)

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, str):
            number = super().clean(value)
            return None if number is None else Figure(number)
        words = " ".join(value.split())
        if words in ("", "-"):
            return None
        if code := MISSING.get(words.casefold()):
            return Figure(missing=code)
        marked = MARKED.fullmatch(words)
        words, mark = (marked[1], marked[2]) if marked else (words, "")
        if re.search(r"[0-9]", words):
            return Figure(self._number(words, mark), mark=mark)
        if len(words) > 60:
            raise ValueError("Nilai teks terlalu panjang. Tulis paling banyak 60 huruf.")
        return Figure(text=words, mark=mark)

    def _number(self, words, mark):
        try:
            return super().clean(words)
        except ValueError as error:
            if not isinstance(error.__cause__, AmbiguousNumber) or not mark:
                raise
            first, second = error.__cause__.suggestions
            raise ValueError(
                f"“{words}” dapat dibaca dua cara. Tulis {first}{mark} atau {second}{mark}."
            ) from error

    def value(self, stored):
        return stored

    def text(self, value, directory=None):
        if value is None:
            return ""
        words = value.text or MISSING_LABELS.get(value.missing, "")
        return (words or PLAIN.text(value.value)) + value.mark

    def cell(self, value, directory=None):
        if value is None or value.value is None or value.mark:
            return self.text(value) or None
        return PLAIN.cell(value.value)


class TargetCell(cells.Number):
    """Pairs of the target and the end of its range or None."""

    hint = "Angka, atau rentang seperti 80–90."

    def __init__(self):
        super().__init__(4)

    def clean(self, value, row=None, **kwargs):
        found = RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
        if not found:
            number = super().clean(value)
            return None if number is None else (number, None)
        low, high = super().clean(found[1]), super().clean(found[2])
        if high < low:
            raise ValueError("Batas atas rentang di bawah batas bawahnya. Tulis misalnya 80–90.")
        return low, high

    def value(self, stored):
        return stored

    def text(self, value, directory=None):
        return (
            "" if value is None else "–".join(PLAIN.text(one) for one in value if one is not None)
        )

    def cell(self, value, directory=None):
        if value is None or value[1] is not None:
            return self.text(value) or None
        return PLAIN.cell(value[0])


class FigureColumn(Column):
    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None else Figure(row.value, row.text_value, row.missing, row.mark)

    def fields(self, value):
        return {
            "value": value.value,
            "text_value": value.text,
            "missing": value.missing,
            "mark": value.mark,
        }


class TargetColumn(Column):
    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None else (row.value, row.high)

    def fields(self, value):
        return {"value": value[0], "high": value[1]}


def _realised(label, attribute, widget):
    def make(year):
        part = Part("realisations", "indicator", (("year", year),))
        return Column(f"{label} {year}", attribute, widget, part=part, width=18)

    return make


COLUMNS = {
    "target": lambda year: TargetColumn(
        f"Target {year}", "value", TargetCell(),
        part=Part("targets", "indicator", (("year", year),)), width=14,
    ),
    "realisasi": lambda year: FigureColumn(
        f"Realisasi {year}", "value", FigureCell(),
        part=Part("realisations", "indicator", (("year", year),)), width=14,
    ),
    "catatan kaki": _realised("Catatan kaki", "footnote", cells.Text(300)),
    "keterangan": _realised("Keterangan", "annotation", cells.Text(100)),
    "nilai lama": _realised("Nilai lama", "is_carried_over", cells.Flag()),
}  # fmt: skip
YEAR_LABEL = re.compile(rf"({'|'.join(COLUMNS)})\s+(20[0-9]{{2}}|2100)", re.IGNORECASE)


def columns(labels) -> list[Column]:
    """The columns of years among these labels, year by year."""
    found = {
        (int(match[2]), " ".join(match[1].lower().split()))
        for label in labels
        if (match := YEAR_LABEL.fullmatch(" ".join(label.split())))
    }
    order = list(COLUMNS)
    return [
        COLUMNS[what](year)
        for year, what in sorted(found, key=lambda pair: (pair[0], order.index(pair[1])))
    ]
