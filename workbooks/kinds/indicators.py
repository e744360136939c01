"""Indicators with targets and realisations of several years side by side, as offices keep them."""

import re

from performance.models import Indicator, Realisation, Target
from performance.permissions import indicator_policy, objective_policy
from workbooks import cells
from workbooks.sheets import Column, Kind, Part, Sheet

YEAR_LABEL = re.compile(r"(realisasi|target)\s+((?:20[0-9]{2})|2100)", re.IGNORECASE)


def _column(what, year) -> Column:
    relation = "targets" if what == "target" else "realisations"
    part = Part(relation, "indicator", (("year", year),))
    widget = cells.Number(4) if what == "target" else cells.Number(4)
    return Column(f"{what.capitalize()} {year}", "value", widget, part=part, width=14)


class IndicatorSheet(Sheet):
    model = Indicator
    title = "Indikator"
    about = "Realisasi dan target setiap tahun berdampingan: Target 2023, Realisasi 2023, dan seterusnya."
    shelf = "indicators"

    objective = Column("Sasaran", "objective", cells.Reference("objectives"), key=True, width=34)
    number = Column("Nomor", "number", cells.Whole(1, 999), key=True)
    name = Column(
        "Nama indikator", "name", cells.Text(300), required=True, width=50, aliases=("Indikator",)
    )
    code = Column("Kode", "code", cells.Text(40))
    measure = Column("Satuan", "measure", cells.Text(40), required=True)
    owner_unit = Column(
        "Unit pemilik", "owner_unit", cells.Reference("units"), required=True, width=30
    )
    polarity = Column("Arah", "polarity", cells.Choice(Indicator.Polarity.choices), width=24)
    accumulation = Column(
        "Akumulasi", "accumulation", cells.Choice(Indicator.Accumulation.choices), width=24
    )
    decimals = Column("Banyak desimal", "decimals", cells.Whole(0, 4))
    year_from = Column("Berlaku sejak", "year_from", cells.Whole(2000, 2100))
    year_to = Column("Berlaku sampai", "year_to", cells.Whole(2000, 2100))
    data_source = Column("Sumber data", "data_source", cells.Text(300), width=34)

    def more_columns(self, labels, directory):
        found = {
            (match[1].lower(), int(match[2]))
            for label in labels
            if (match := YEAR_LABEL.fullmatch(label))
        }
        return [
            _column(what, year)
            for what, year in sorted(found, key=lambda pair: (pair[1], pair[0] != "target"))
        ]

    def export_columns(self, user, directory):
        seen = Indicator.objects.visible_to(user)
        years = {
            *Realisation.objects.filter(indicator__in=seen)
            .order_by()
            .values_list("year", flat=True),
            *Target.objects.filter(indicator__in=seen).order_by().values_list("year", flat=True),
        }
        labels = [f"{what} {year}" for year in sorted(years) for what in ("Target", "Realisasi")]
        return self.columns() + self.more_columns(labels, directory)

    def readable(self, user):
        rows = Indicator.objects.visible_to(user).select_related("objective__unit", "owner_unit")
        return rows.prefetch_related("realisations", "targets").order_by("objective", "number")

    def refusal(self, row, user):
        if row.is_new:
            return objective_policy.check(user, "edit", row["Sasaran"]).reason
        return indicator_policy.check(user, "edit", row.instance).reason


KIND = Kind("indicators", "Indikator, target, dan realisasi", (IndicatorSheet,))
