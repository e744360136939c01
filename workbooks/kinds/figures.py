"""The figures of one year in one cell: a realisation with its mark, a target or its range."""

import re

from performance.rules.typed_figures import PlannedTarget, TypedFigure, read_figure, read_plan
from workbooks.columns import cells
from workbooks.columns.sheets import RelatedPart, SheetColumn

PLAIN = cells.NumberWidget(4)


class FigureCell(cells.NumberWidget):
    hint = "Angka (boleh bertanda: 3,51*), nilai skala seperti WTP, atau alasan: Belum rilis, Tidak diukur, n/a."

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
        if value is None or value.value is None or value.mark:
            return text or None
        return PLAIN.cell(value.value, text)


class TargetCell(cells.NumberWidget):
    """Pairs of the target and the end of its range or None."""

    hint = "Angka, atau rentang seperti 80–90."

    def __init__(self):
        super().__init__(4)

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, str):
            number = super().clean(value)
            return None if number is None else PlannedTarget(number)
        plan = read_plan(value)
        for number in filter(None, plan or ()):
            self._checked(number)
        return plan

    def value(self, stored):
        return stored

    def text(self, value, directory=None):
        return "" if value is None else str(value)

    def cell(self, value, text):
        if value is None or value[1] is not None:
            return text or None
        return PLAIN.cell(value[0], text)


class FigureColumn(SheetColumn):
    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None else TypedFigure.of(row)

    def fields(self, value):
        return value.fields


class TargetColumn(SheetColumn):
    def now(self, instance):
        row = self.holder(instance) if instance is not None else None
        return None if row is None else PlannedTarget.of(row)

    def fields(self, value):
        return value._asdict()


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
}  # fmt: skip
YEAR_LABEL = re.compile(rf"({'|'.join(COLUMNS)})\s+(20[0-9]{{2}}|2100)", re.IGNORECASE)


def columns(labels) -> list[SheetColumn]:
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
