"""Objectives, and indicators with targets and realisations of several years side by side, as offices keep them."""

from performance.models import (
    Indicator,
    LockedYear,
    Objective,
    QuarterFigure,
    Realisation,
    Target,
)
from performance.permissions import indicator_policy, objective_policy
from performance.rules.lifetime import require_alive
from performance.rules.typed_figures import (
    PlannedTarget,
    explanation_problem,
    plan_problems,
    scale_problem,
    target_problem,
    tenfold_problem,
)
from sakip.errors import WrongState
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import figures, indicator_quarters, shared

EXTRAS = {
    "footnote": "Catatan kaki",
    "annotation": "Keterangan",
    "explanation": "Penjelasan",
    "is_carried_over": "Nilai lama",
    "reported_change": "Perubahan tercetak",
    "reported_achievement": "Capaian tercetak",
}
UNUSED = {"is_carried_over": False, "reported_change": None, "reported_achievement": None}
PLANNED = ("target", "perubahan tercetak", "capaian tercetak")  # only coordinators write these


class ObjectiveSheet(Sheet):
    model = Objective
    title = "Sasaran"
    about = "Sasaran strategis perangkat daerah; namanya boleh kosong."
    shelf = "objectives"
    example = {"Perangkat daerah": "Contoh: Sekretariat Daerah", "Nomor": "1"}

    unit = SheetColumn(
        "Perangkat daerah", "unit", cells.ReferenceWidget("units"), key=True, width=34
    )
    number = SheetColumn("Nomor", "number", cells.WholeWidget(1, 999), key=True)
    name = SheetColumn("Nama sasaran", "name", cells.TextWidget(300), width=60)

    def readable(self, user):
        return (
            Objective.objects.visible_to(user)
            .select_related("unit")
            .order_by("unit__name", "number")
        )

    def refusal(self, row, user):
        unit = row["Perangkat daerah"]
        if row.is_new and not unit.is_active:
            return f"{unit} sudah tidak aktif. Pilih unit lain."
        return objective_policy.check(user, "edit", Objective(unit=shared.saved(unit))).reason


class Scale(cells.TextWidget):
    """Ordered values, best first."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        values = [one.strip() for one in text.split(">")] if text else []
        if values and (len(values) < 2 or "" in values or len(set(values)) < len(values)):
            raise ValueError(
                "Tulis sedikitnya dua nilai yang berbeda, dari yang terbaik, misalnya WTP > WDP > TW > TMP."
            )
        return " > ".join(values)


class IndicatorSheet(Sheet):
    model = Indicator
    title = "Indikator"
    about = (
        "Target dan realisasi setiap tahun berdampingan: Target 2023, Realisasi 2023, dan seterusnya; "
        "bila perlu Catatan kaki 2023, Keterangan 2023, Penjelasan 2023, Nilai lama 2023, Perubahan "
        "tercetak 2023, Capaian tercetak 2023. Triwulan: Target TW I 2023, Realisasi TW I 2023, dan "
        "seterusnya; angka tahunnya mengikuti. Kode mengenali indikator lebih dahulu daripada nomornya."
    )
    shelf = "indicators"
    parts = ("realisations", "targets", "quarters")
    identified_by = ("Sasaran", "Kode")
    example = {
        "Sasaran": "Contoh: Sekretariat Daerah / 1",
        "Nomor": "1",
        "Nama indikator": "Indeks Reformasi Birokrasi",
        "Satuan": "Indeks",
        "Unit pemilik": "Biro Organisasi",
        "Arah": "Makin tinggi makin baik",
        "Target 2023": "75",
        "Realisasi 2023": "73,90",
    }

    objective = SheetColumn(
        "Sasaran", "objective", cells.ReferenceWidget("objectives"), key=True, width=34
    )
    number = SheetColumn("Nomor", "number", cells.WholeWidget(1, 999), key=True, aliases=("No",))
    name = SheetColumn(
        "Nama indikator", "name", cells.TextWidget(300), required=True, width=50,
        aliases=("Indikator", "Indikator kinerja"),
    )  # fmt: skip
    code = SheetColumn("Kode", "code", shared.Code(40))
    measure = SheetColumn("Satuan", "measure", cells.TextWidget(40), required=True)
    owner_unit = SheetColumn(
        "Unit pemilik", "owner_unit", cells.ReferenceWidget("units"), required=True, width=30
    )
    parent = SheetColumn("Bagian dari", "parent", cells.ReferenceWidget("indicators"), width=30)
    polarity = SheetColumn(
        "Arah", "polarity", cells.ChoiceWidget(Indicator.Polarity.choices, blank=True), width=24
    )
    accumulation = SheetColumn(
        "Akumulasi",
        "accumulation",
        cells.ChoiceWidget(Indicator.Accumulation.choices, blank=True),
        width=24,
    )
    decimals = SheetColumn("Banyak desimal", "decimals", cells.WholeWidget(0, 4))
    scale = SheetColumn(
        "Skala teks", "scale", Scale(200), width=24, note="Misalnya WTP > WDP > TW > TMP."
    )
    year_from = SheetColumn("Berlaku sejak", "year_from", cells.WholeWidget(2000, 2100))
    year_to = SheetColumn("Berlaku sampai", "year_to", cells.WholeWidget(2000, 2100))
    explain_above = SheetColumn(
        "Ambang penjelasan (%)",
        "explain_above",
        cells.WholeWidget(0, 1000),
        note="Perubahan di atas ambang ini wajib dijelaskan; kosong berarti tidak diminta.",
    )
    plan_year = SheetColumn("Tahun akhir Renstra", "plan_year", cells.WholeWidget(2000, 2100))
    plan_target = figures.PlanColumn(
        "Target akhir Renstra", "plan_target", figures.SingleTargetCell(texts=True)
    )
    definition = SheetColumn("Definisi operasional", "definition", cells.LinesWidget(), width=40)
    formula = SheetColumn("Formula", "formula", cells.LinesWidget(), width=40)
    data_source = SheetColumn("Sumber data", "data_source", cells.TextWidget(300), width=34)
    period = SheetColumn(
        "Periode pengukuran", "period", cells.ChoiceWidget(Indicator.Period.choices, blank=True)
    )
    responsible = SheetColumn(
        "Penanggung jawab data", "responsible", cells.TextWidget(150), width=30
    )

    def more_columns(self, labels, directory):
        return figures.columns(labels)

    def likely_columns(self, label, directory):
        return figures.columns_of_years(label)

    def part_columns(self, parts, directory):
        years = {part.year for part in parts}
        labels = [f"{what} {year}" for year in years for what in figures.COLUMNS]
        return figures.columns([*labels, *indicator_quarters.labels(parts)])

    def export_columns(self, user, directory):
        seen = Indicator.objects.visible_to(user)
        rows = Realisation.objects.filter(indicator__in=seen).order_by()
        targets = Target.objects.filter(indicator__in=seen).order_by()
        years = {*rows.values_list("year", flat=True), *targets.values_list("year", flat=True)}
        labels = [f"{what} {year}" for year in years or {2023} for what in ("Target", "Realisasi")]
        for name, label in EXTRAS.items():
            used = rows.exclude(**{name: UNUSED.get(name, "")})
            labels += [f"{label} {year}" for year in used.values_list("year", flat=True).distinct()]
        labels += indicator_quarters.labels(QuarterFigure.objects.filter(indicator__in=seen))
        return self.columns() + self.more_columns(labels, directory)

    def readable(self, user):
        rows = Indicator.objects.visible_to(user).select_related(
            "objective__unit", "owner_unit", "parent__objective__unit"
        )
        rows = rows.prefetch_related("realisations", "targets", "quarters")
        return rows.order_by("objective__unit__name", "objective__number", "number")

    def matching(self, rows, user):
        found = list(self.readable(user))
        self.totals = {row.parent_id for row in found}
        self.locked = set(LockedYear.objects.values_list("unit", "year"))
        self.codes = indicator_quarters.Codes(found)
        return found

    def identity(self, values):
        """The code within the body; only one that a single indicator has, in whatever years."""
        objective, code = values.get("Sasaran"), values.get("Kode")
        if not (objective and code):
            return None
        return indicator_quarters.code_of_body(objective.unit, code)

    def refusal(self, row, user):
        if row.is_new:
            probe = Objective(unit=shared.saved(row["Sasaran"].unit))
            return objective_policy.check(user, "edit", probe).reason
        figures_only = all(row.columns[label].part for label in row.changed)
        figures_only &= not any(label.lower().startswith(PLANNED) for label in row.changed)
        return indicator_policy.check(
            user, "realise" if figures_only else "edit", row.instance
        ).reason

    def closed(self, row):
        for label in sorted(row.changed):
            if part := row.columns[label].part:
                year = dict(part.match)["year"]
                if (row["Sasaran"].unit.pk, year) in self.locked:
                    yield label, f"Tahun {year} dikunci. Minta koordinator membukanya dahulu."

    def problems(self, row, user):
        owner = row["Unit pemilik"]
        if "Unit pemilik" in row.changed:
            if not owner.is_active:
                yield "Unit pemilik", f"{owner} sudah tidak aktif. Pilih unit lain."
            elif user.reach is not None and shared.saved(owner).pk not in user.reach:
                yield "Unit pemilik", "Unit ini di luar jangkauan Anda."
        first, last = row["Berlaku sejak"], row["Berlaku sampai"]
        if first and last and last < first:
            yield "Berlaku sampai", "“Berlaku sampai” tidak boleh mendahului “Berlaku sejak”."
        if "Bagian dari" in row.changed and row["Bagian dari"] is not None:
            yield from self._total_problems(row)
        yield from self._code_problems(row, first, last)
        yield from self._plan_problems(row)
        yield from self._figure_problems(row, first, last)
        yield from indicator_quarters.problems(row)

    def _code_problems(self, row, first, last):
        if "Sasaran" in row.changed and not row.is_new:
            stored = row.instance.objective
            yield (
                "Sasaran",
                (
                    f"Kode {row['Kode']} sudah dipakai “{row.instance.name}” pada {stored}. Tulis sasaran "
                    "itu, atau kode lain."
                ),
            )
        if row.changed & {"Kode", "Berlaku sejak", "Berlaku sampai"} and (
            other := self.codes.claim(row, first or 0, last or 9999)
        ):
            yield "Kode", f"Sudah dipakai “{other.name}” pada tahun yang sama. Tulis kode lain."

    def _plan_problems(self, row):
        if not row.changed & {"Tahun akhir Renstra", "Target akhir Renstra", "Skala teks"}:
            return
        target = row["Target akhir Renstra"] or PlannedTarget()
        for name, problem in plan_problems(row["Tahun akhir Renstra"], target, _scale(row)):
            yield "Tahun akhir Renstra" if name == "plan_year" else "Target akhir Renstra", problem

    def _total_problems(self, row):
        total, objective = row["Bagian dari"], row["Sasaran"]
        if total.objective is not objective and total.objective_id != objective.pk:
            yield "Bagian dari", "Pilih indikator dari sasaran yang sama."
        elif total is row.instance or (total.pk and total.pk == row.instance.pk) or total.parent_id:
            yield "Bagian dari", "Pilih indikator lain yang bukan bagian dari indikator lain."
        elif row.instance.pk in self.totals - {None}:
            yield "Bagian dari", "Indikator ini sendiri mempunyai bagian."

    def _figure_problems(self, row, first, last):
        life = Indicator(year_from=first, year_to=last)
        scale = _scale(row)
        for label in sorted(row.changed):
            column = row.columns[label]
            if not column.part:
                continue
            year = dict(column.part.match)["year"]
            try:
                require_alive(life, year)
            except WrongState as error:
                yield label, str(error)
            if isinstance(column, figures.FigureColumn):
                yield from _realisation_problems(row, label, scale, year)
            elif isinstance(column, figures.QuarterColumn):
                yield from _quarter_problems(row, label, scale)
            elif isinstance(column, figures.TargetColumn):
                yield from _target_problems(row, label, scale)
            elif column.part.relation == "realisations" and not _has_figure(row, year, column):
                yield label, f"Isi juga Realisasi {year}: keterangan ini melekat padanya."

    def warnings(self, row):
        yield from indicator_quarters.warnings(row)
        for label in sorted(row.changed):
            column = row.columns[label]
            if isinstance(column, figures.FigureColumn) and row[label]:
                year = dict(column.part.match)["year"]
                base = _figure(row, year - 1)
                if base and (message := tenfold_problem(row[label].value, base.value)):
                    yield label, message
                if _of_year(row, "nilai lama", year):
                    yield label, f"“Nilai lama {year}” berisi Ya. Tulis Tidak bila angka ini baru."

    def unique_columns(self):
        return [("Sasaran", "Nama indikator", "Unit pemilik"), ("Sasaran", "Nomor")]

    def follow_through(self, rows, actor, at):
        """The years that follow from the quarters; told in the entry of their row."""
        self.followed = indicator_quarters.Followed(rows)
        return self.followed.write()

    def consequences(self, row):
        return self.followed.told(row.instance)


def _scale(row):
    return [one.strip() for one in (row["Skala teks"] or "").split(">") if one.strip()]


def _figure(row, year):
    return _of_year(row, "realisasi", year)


def _of_year(row, what, year):
    """What the sheet says, else what is stored."""
    column = figures.COLUMNS[what](year)
    if column.label in row.found or row.is_new:
        return row.found.get(column.label)
    return column.now(row.instance)


def _has_figure(row, year, column):
    return _figure(row, year) is not None or column.holder(row.instance) is not None


def _quarter_problems(row, label, scale):
    if row[label] is None:
        yield label, "Realisasi tidak dihapus lewat impor. Tulis alasannya, misalnya Belum rilis."
    elif problem := scale_problem(row[label], scale):
        yield label, problem


def _target_problems(row, label, scale):
    if row[label] is None:
        yield label, "Target tidak dihapus lewat impor. Hapus di halaman indikator."
    elif problem := target_problem(row[label], scale):
        yield label, problem


def _realisation_problems(row, label, scale, year):
    figure = row[label]
    if figure is None:
        yield label, "Realisasi tidak dihapus lewat impor. Tulis alasannya, misalnya Belum rilis."
        return
    if problem := scale_problem(figure, scale):
        yield label, problem
    base, explanation = _figure(row, year - 1), _of_year(row, "penjelasan", year)
    if base and not _of_year(row, "nilai lama", year):
        problem = explanation_problem(
            row["Ambang penjelasan (%)"], figure.value, base.value, explanation or ""
        )
        if problem:
            yield label, f"{problem[:-1]} pada kolom Penjelasan {year}."


KIND = WorkbookKind(
    "indicators", "Indikator, target, dan realisasi", (ObjectiveSheet, IndicatorSheet)
)
