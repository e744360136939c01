"""The figures of one year or quarter in one cell: a realisation with its mark, a target or its range."""

import re

from performance.rules.typed_figures import (
    PlannedTarget,
    TypedFigure,
    of_quarter,
    quarter_target_problem,
    read_figure,
    read_plan,
)
from sakip.numbers import roman
from workbooks.columns import cells
from workbooks.columns.sheets import RelatedPart, SheetColumn

PLAIN = cells.NumberWidget(4)


class FigureCell(cells.NumberWidget):
    hint = (
        "Angka (boleh bertanda dan berketerangan: 3,51* atau 88,48 (peringkat 4)), nilai skala seperti WTP, "
        "atau alasan: Belum rilis, Tidak diukur, n/a."
    )

    def __init__(self):
        super().__init__(4)

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, str):
            number = super().clean(value)
            return None if number is None else TypedFigure(number)
        figure = read_figure(value)
        if figure and figure.value is not None:
            self._checked(figure.value)
        return figure

    def value(self, stored):
        return stored

    def text(self, value, directory=None):
        return "" if value is None else str(value)

    def cell(self, value, text):
        if value is None or value.value is None or value.mark or value.annotation:
            return text or None
        return PLAIN.cell(value.value, text)


class TargetCell(cells.NumberWidget):
    """A PlannedTarget, None for none."""

    hint = "Angka, rentang seperti 80–90, atau nilai skala seperti WTP."

    def __init__(self):
        super().__init__(4)

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, str):
            number = super().clean(value)
            return None if number is None else PlannedTarget(number)
        plan = read_plan(value)
        for number in plan.numbers if plan else ():
            self._checked(number)
        return plan

    def value(self, stored):
        return stored

    def text(self, value, directory=None):
        return "" if value is None else str(value)

    def cell(self, value, text):
        if value is None or value.value is None or value.high is not None:
            return text or None
        return PLAIN.cell(value.value, text)


class SingleTargetCell(TargetCell):
    """The target of a quarter or of the end of a plan: no range; `texts` allows a value of the scale."""

    def __init__(self, texts):
        super().__init__()
        self.texts = texts
        self.hint = "Angka, atau nilai skala seperti WTP." if texts else "Angka, misalnya 87,5."

    def clean(self, value, row=None, **kwargs):
        plan = super().clean(value)
        if plan and plan.high is not None and self.texts:
            raise ValueError("Tulis target akhir Renstra tanpa rentang, misalnya 87,5.")
        if plan and not self.texts and (problem := quarter_target_problem(plan)):
            raise ValueError(problem)
        return plan


class QuarterCell(FigureCell):
    hint = "Angka triwulan ini saja, tidak kumulatif, atau alasan: Belum rilis, Tidak diukur, n/a."

    def clean(self, value, row=None, **kwargs):
        figure = super().clean(value)
        if figure and figure.mark:
            raise ValueError("Tulis tanda catatan kaki pada angka tahunnya, bukan pada triwulan.")
        if figure and figure.annotation:
            raise ValueError("Tulis keterangan pada angka tahunnya, bukan pada triwulan.")
        return figure


class FigureColumn(SheetColumn):
    """The figure is compared without its annotation, unless the cell has one."""

    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None else TypedFigure.of(row)

    def holds(self, instance, value):
        row = self.holder(instance) if value and value.annotation else None
        return row is not None and TypedFigure.of(row)._replace(annotation=row.annotation) == value

    def fields(self, value):
        return value.fields


class TargetColumn(SheetColumn):
    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None else PlannedTarget.of(row)

    def fields(self, value):
        return value.fields


class PlanColumn(SheetColumn):
    """The target at the end of the strategic plan, a number or a text, as `plan_target` and `plan_text`."""

    def now(self, instance):
        if instance is None or instance.plan_year is None:
            return None
        return PlannedTarget(instance.plan_target, None, instance.plan_text)

    def fields(self, value):
        value = value or PlannedTarget()
        return {"plan_target": value.value, "plan_text": value.text}


class QuarterColumn(SheetColumn):
    """The result of a quarter."""

    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        figure = None if row is None else of_quarter(row)
        return None if figure == TypedFigure() else figure

    def fields(self, value):
        return {"value": value.value, "text_value": value.text, "missing": value.missing}


class QuarterTargetColumn(SheetColumn):
    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None or row.target is None else PlannedTarget(row.target)

    def fields(self, value):
        return {"target": value.value if value else None}


def _realised(label, attribute, widget):
    def make(year):
        part = RelatedPart("realisations", "indicator", (("year", year),))
        return SheetColumn(f"{label} {year}", attribute, widget, part=part, width=18)

    return make


COLUMNS = {
    "target": lambda year: TargetColumn(
        f"Target {year}", "value", TargetCell(),
        part=RelatedPart("targets", "indicator", (("year", year),)), width=14,
    ),
    "realisasi": lambda year: FigureColumn(
        f"Realisasi {year}", "value", FigureCell(),
        part=RelatedPart("realisations", "indicator", (("year", year),)), width=14,
    ),
    "catatan kaki": _realised("Catatan kaki", "footnote", cells.TextWidget(300)),
    "keterangan": _realised("Keterangan", "annotation", cells.TextWidget(100)),
    "penjelasan": _realised("Penjelasan", "explanation", cells.TextWidget(1000)),
    "nilai lama": _realised("Nilai lama", "is_carried_over", cells.FlagWidget()),
    "perubahan tercetak": _realised("Perubahan tercetak", "reported_change", cells.NumberWidget(4)),
    "capaian tercetak": _realised("Capaian tercetak", "reported_achievement", cells.NumberWidget(4)),
}  # fmt: skip


def _quarter(what, kind, attribute, widget):
    def make(year, quarter):
        part = RelatedPart("quarters", "indicator", (("year", year), ("quarter", quarter)))
        names = [f"{word} {roman(quarter)}" for word in ("TW", "Triwulan")]
        label, *others = (f"{what} {name} {year}" for name in names)
        others += (f"{what} {year} {name}" for name in names)
        return kind(label, attribute, widget, part=part, width=16, aliases=others)

    return make


QUARTER_COLUMNS = {
    "target": _quarter("Target", QuarterTargetColumn, "target", SingleTargetCell(texts=False)),
    "realisasi": _quarter("Realisasi", QuarterColumn, "value", QuarterCell()),
}
NUMERALS = {roman(quarter).lower(): quarter for quarter in (1, 2, 3, 4)}
YEAR_LABEL = re.compile(rf"({'|'.join(COLUMNS)})\s+(20[0-9]{{2}}|2100)", re.IGNORECASE)
QUARTER_LABEL = re.compile(
    rf"({'|'.join(QUARTER_COLUMNS)})\s+(?:tw|triwulan)\.?\s+({'|'.join(NUMERALS)})\s+(20[0-9]{{2}}|2100)",
    re.IGNORECASE,
)
# As a head of two rows has it: “Realisasi 2023” over “TW I”, “TW II” …
YEAR_FIRST = re.compile(
    rf"(20[0-9]{{2}}|2100)\s+((?:tw|triwulan)\.?\s+(?:{'|'.join(NUMERALS)}))\Z", re.IGNORECASE
)


def columns(labels) -> list[SheetColumn]:
    """The columns of years and quarters among these labels, year by year, quarters after their year."""
    found = {key for label in labels if (key := _key_of(" ".join(label.split())))}
    order = [*COLUMNS]
    return [
        QUARTER_COLUMNS[what](year, quarter) if quarter else COLUMNS[what](year)
        for year, quarter, what in sorted(found, key=lambda key: (*key[:2], order.index(key[2])))
    ]


def columns_of_years(label) -> list[SheetColumn]:
    """Every column of the years, and of the quarters in them, that the label names somewhere."""
    words = re.findall(r"\w+", label.lower())
    years = [int(word) for word in words if re.fullmatch(r"20[0-9]{2}|2100", word)]
    quarters = [NUMERALS[word] for word in words if word in NUMERALS]
    return [
        column
        for year in years
        for column in (
            *(make(year, quarter) for quarter in quarters for make in QUARTER_COLUMNS.values()),
            *(make(year) for make in COLUMNS.values()),
        )
    ]


def _key_of(label):
    """Year, quarter (0 for the year itself) and kind of figure; None for another label."""
    if match := YEAR_LABEL.fullmatch(label):
        return int(match[2]), 0, match[1].lower()
    if match := QUARTER_LABEL.fullmatch(YEAR_FIRST.sub(r"\2 \1", label)):
        return int(match[3]), NUMERALS[match[2].lower()], match[1].lower()
    return None
