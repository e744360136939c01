"""Reads the figure of one year from one cell, as people write it in the grid and in workbooks.

`3,51*` and `3,51*)` are a number with the mark of its footnote, `88,48 (peringkat 4)` one with an
annotation, `WTP` is a text of the indicator's scale, `Belum rilis` the reason for a missing figure. `80–90` is a target with a range, `WTP` one on the scale.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings

from performance.models import QuarterFigure, Realisation, Target
from performance.rules import change_and_achievement
from sakip.numbers import (
    AmbiguousNumber,
    exact_number,
    format_number,
    input_text,
    parse_number,
    places_apart,
    seen,
)

MARKED = re.compile(r"(.*?)\s*([*†‡#]{1,5})\)?")
ANNOTATED = re.compile(
    r"([^()]*[0-9][^()]*?(?:[*†‡#]\))?)\s*"  # the figure, perhaps with the mark of a footnote
    r"\(([^()]*[^\W\d_][^()]*)\)\s*([*†‡#]{0,5})\)?"
)
RANGE = re.compile(
    r"([^\s–—-]+)\s*(?:–|—|-|s\.?\s*d\.?|s/d|sampai(?:\s+dengan)?)\s*([^\s–—-]+)", re.IGNORECASE
)
LONGEST_RANGE = 100  # two numbers and a word
MISSING = {label.casefold(): code for code, label in Realisation.Missing.choices} | {
    "n/a": "not_applicable",
    "na": "not_applicable",
    "tidak berlaku": "not_applicable",
    "belum terbit": "not_released",
}
MISSING_LABELS = dict(Realisation.Missing.choices)
REASONS = f"Bila nilainya kosong, tulis alasannya: {', '.join(MISSING_LABELS.values())}."
LONGEST_CELL = 300  # a figure with an annotation
LONGEST_ANNOTATION: int = Realisation._meta.get_field("annotation").max_length or 0
EMPTY = ("", "-")
LONGEST_TEXT: int = Realisation._meta.get_field("text_value").max_length or 0


class TypedFigure(NamedTuple):
    """A number, a text of the scale, or the reason for a missing figure. `mark` refers to a footnote.

    `annotation` is what the cell says beside the figure; empty when it says nothing about it.
    """

    value: Decimal | None = None
    text: str = ""
    missing: str = ""
    mark: str = ""
    annotation: str = ""

    @classmethod
    def of(cls, row: Realisation):
        """Without the annotation, which has a field of its own."""
        return cls(row.value, row.text_value, row.missing, row.mark)

    def __str__(self):
        words = self.text or MISSING_LABELS.get(self.missing, "")
        if not words and self.value is not None:
            words = input_text(self.value)
        return words + self.mark + (f" ({self.annotation})" if self.annotation else "")

    @property
    def fields(self) -> dict:
        """The fields of Realisation with this figure; an annotation that is not in the cell stays."""
        fields = {
            "value": self.value,
            "text_value": self.text,
            "missing": self.missing,
            "mark": self.mark,
        }
        return fields | ({"annotation": self.annotation} if self.annotation else {})


class PlannedTarget(NamedTuple):
    """A number (`high` is None), a range from `value` to `high`, a text of the scale, or no target."""

    value: Decimal | None = None
    high: Decimal | None = None
    text: str = ""

    @classmethod
    def of(cls, row: Target):
        return cls(row.value, row.high, row.text_value)

    def __str__(self):
        return self.text or "–".join(input_text(one) for one in self.numbers)

    @property
    def numbers(self) -> list[Decimal]:
        return [one for one in (self.value, self.high) if one is not None]

    @property
    def is_empty(self) -> bool:
        return not self.text and self.value is None

    @property
    def words(self) -> str:
        """As a sentence shows it."""
        return self.text or " – ".join(exact_number(one, 0) for one in self.numbers)

    @property
    def fields(self) -> dict:
        """The fields of Target with this target."""
        return {"value": self.value, "high": self.high, "text_value": self.text}


def read_figure(words: str) -> TypedFigure | None:
    """The figure in a cell; None for an empty cell.

    Raises ValueError with a sentence that says what to write.
    """
    words = " ".join(seen(words).split())
    if words in EMPTY:
        return None
    if code := MISSING.get(words.casefold()):
        return TypedFigure(missing=code)
    words, annotation, behind = _apart(words)
    marked = MARKED.fullmatch(words)
    words, mark = (marked[1], marked[2]) if marked else (words, behind)
    if re.search(r"[0-9]", words):
        return TypedFigure(_number(words, mark), mark=mark, annotation=annotation)
    if len(words) > LONGEST_TEXT:
        raise ValueError(f"Nilai teks terlalu panjang. Tulis paling banyak {LONGEST_TEXT} huruf.")
    return TypedFigure(text=words, mark=mark)


def _apart(words) -> tuple[str, str, str]:
    """The figure, its annotation and the mark behind that, each as it is written."""
    found = ANNOTATED.fullmatch(words) if len(words) <= LONGEST_CELL else None
    if not found:
        return words, "", ""
    annotation = found[2].strip()
    if len(annotation) > LONGEST_ANNOTATION:
        raise ValueError(
            f"Keterangan dalam kurung terlalu panjang. Tulis paling banyak {LONGEST_ANNOTATION} huruf."
        )
    return found[1], annotation, found[3]


def read_plan(words: str) -> PlannedTarget | None:
    """The target in a cell; None for an empty cell.

    Raises ValueError with a sentence that says what to write.
    """
    words = seen(words).strip()
    if words in EMPTY:
        return None
    if not re.search(r"[0-9]", words) and len(words) <= LONGEST_TEXT:
        return PlannedTarget(text=" ".join(words.split()))
    found = RANGE.fullmatch(words) if len(words) <= LONGEST_RANGE else None
    if not found:
        return PlannedTarget(parse_number(words))
    low, high = parse_number(found[1]), parse_number(found[2])
    if high < low:
        raise ValueError("Batas atas rentang di bawah batas bawahnya. Tulis misalnya 80–90.")
    return PlannedTarget(low, high)


def _number(words, mark):
    try:
        return parse_number(words)
    except AmbiguousNumber as error:
        if not mark:
            raise
        first, second = error.suggestions
        raise ValueError(
            f"“{words}” dapat dibaca dua cara. Tulis {first}{mark} atau {second}{mark}."
        ) from error


def scale_problem(figure: TypedFigure, scale: list[str], advice: str = REASONS) -> str:
    """The reason why this figure does not match the scale; "" when it does.

    `scale` is empty for a numeric indicator. `advice` says what to write when there is no figure.
    """
    if figure.text and figure.text not in scale:
        if scale:
            problem = f"tidak ada dalam skala. Pilih salah satu: {', '.join(scale)}."
        else:
            problem = "bukan angka, dan indikator ini tidak mempunyai skala teks."
        return f"“{figure.text}” {problem} {advice}".strip()
    if figure.value is not None and scale:
        return f"Indikator ini berskala teks. Pilih salah satu: {', '.join(scale)}."
    return ""


def target_problem(planned: PlannedTarget, scale: list[str]) -> str:
    """Like `scale_problem`, for a target."""
    return scale_problem(TypedFigure(planned.value, planned.text), scale, advice="")


def of_quarter(row: QuarterFigure) -> TypedFigure:
    """The result of a quarter; an empty one when nothing is known."""
    return TypedFigure(row.value, row.text_value, row.missing)


def quarter_problem(figure: TypedFigure, scale: list[str]) -> str:
    """Like `scale_problem`, for the result of a quarter. The mark of a footnote belongs to the year."""
    if figure.mark:
        return f"Tulis tanda “{figure.mark}” pada angka tahunnya, bukan pada triwulan."
    if figure.annotation:
        return f"Tulis keterangan “{figure.annotation}” pada angka tahunnya, bukan pada triwulan."
    return scale_problem(figure, scale)


def quarter_target_problem(planned: PlannedTarget) -> str:
    """The reason why this cannot be the target of a quarter; "" when it can."""
    if planned.text or planned.high is not None:
        return "Tulis target triwulan sebagai satu angka, misalnya 87,5."
    return ""


def plan_problems(
    year: int | None, target: PlannedTarget, scale: list[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the target at the end of the strategic plan: pairs of a field and a sentence."""
    named = "plan_text" if target.text else "plan_target"
    if target.text and target.value is not None:
        yield (
            "plan_text",
            "Isi target akhir Renstra sebagai angka atau nilai skala, salah satu saja.",
        )
    elif target.is_empty and year:
        yield "plan_text" if scale else "plan_target", "Isi target akhir Renstra untuk tahun ini."
    elif not target.is_empty and not year:
        yield "plan_year", "Isi tahun target akhir Renstra ini, misalnya 2026."
    elif problem := target_problem(target, scale):
        yield named, problem


def tenfold_problem(
    value: Decimal | None, base: Decimal | None, places: int = settings.DEFAULT_DECIMALS
) -> str:
    """A warning when the value is about ten times that of the year before or a tenth of it, else ""."""
    if not change_and_achievement.is_tenfold(value, base):
        return ""
    return (
        f"Jauh dari nilai tahun sebelumnya ({exact_number(base, places)}), kira-kira sepuluh kali "
        "atau sepersepuluhnya. Periksa letak komanya."
    )


def explanation_problem(
    threshold: int | None, value: Decimal | None, base: Decimal | None, explanation: str
) -> str:
    """A request for an explanation when it is missing and the change is above `threshold` percent, else ""."""
    change = change_and_achievement.year_on_year(value, base)
    if threshold is None or change is None or abs(change) <= threshold or explanation.strip():
        return ""
    places = places_apart(abs(change), Decimal(threshold))
    return (
        f"Nilai berubah {format_number(change, places, signed=True)} % dari tahun sebelumnya, lebih dari "
        f"{threshold} %. Tulis penjelasannya."
    )
