"""Evaluations (LHE) with the score of each component beside one another."""

from functools import cache, cached_property

from django.db.models import Prefetch

from recommendations.models import ComponentScore, Evaluation
from recommendations.services.evaluations import REASON_NEEDED, misfits
from sakip.models import Unit
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import scores, shared

GRADES = [(code, code) for code in ("AA", "A", "BB", "B", "CC", "C", "D")]


class EvaluationSheet(Sheet):
    model = Evaluation
    title = "LHE"
    about = (
        "Satu baris untuk setiap perangkat daerah dan tahun kinerja. Untuk setiap komponen ada Nilai; bila perlu "
        "juga Keberadaan, Kualitas, Pemanfaatan, Perubahan, dan Catatan, misalnya Catatan Perencanaan Kinerja."
    )
    shelf = "evaluations"
    parts = ("scores",)
    example = {
        "Perangkat daerah": "Contoh: Sekretariat Daerah",
        "Tahun kinerja": "2022",
        "Tahun evaluasi": "2023",
        "Rubrik": "PermenPANRB 88/2021",
        "Nomor LHE": "700.1.2.1/2753/Itprov-II",
        "Tanggal LHE": "2 Oktober 2023",
        "Nilai tercetak": "73,90",
        "Predikat tercetak": "BB",
    }

    unit = SheetColumn(
        "Perangkat daerah", "unit", cells.ReferenceWidget("units"), key=True, width=34
    )
    performance_year = SheetColumn(
        "Tahun kinerja",
        "performance_year",
        cells.WholeWidget(2000, 2100),
        key=True,
        note="Tahun yang dievaluasi.",
    )
    evaluation_year = SheetColumn(
        "Tahun evaluasi",
        "evaluation_year",
        cells.WholeWidget(2000, 2100),
        required=True,
        note="Tahun pelaksanaan.",
    )
    rubric = SheetColumn(
        "Rubrik", "rubric", cells.ReferenceWidget("rubrics"), required=True, width=30
    )
    letter_number = SheetColumn("Nomor LHE", "letter_number", shared.Code(80), width=30)
    letter_date = SheetColumn("Tanggal LHE", "letter_date", cells.DayWidget(), width=20)
    subject = SheetColumn("Perihal", "subject", cells.TextWidget(300), width=40)
    source = SheetColumn("Sumber data nilai", "source", cells.TextWidget(200), width=30)
    reported_total = SheetColumn(
        "Nilai tercetak", "reported_total", cells.NumberWidget(2, low=0, high=100)
    )
    reported_grade = SheetColumn(
        "Predikat tercetak", "reported_grade", cells.ChoiceWidget(GRADES, blank=True)
    )
    reported_change = SheetColumn("Perubahan tercetak", "reported_change", cells.NumberWidget(2))
    correction = SheetColumn(
        scores.REASON,
        "correction",
        cells.TextWidget(500),
        aside=True,
        width=30,
        note="Wajib bila nilai LHE yang sudah lengkap tercatat berubah.",
    )

    def more_columns(self, labels, directory):
        return scores.columns(directory.records("components"))

    def export_columns(self, user, directory):
        names = scores.used(Evaluation.objects.visible_to(user))
        return self.columns() + scores.columns(directory.records("components"), names)

    def readable(self, user):
        held = ComponentScore.objects.select_related("component")
        rows = Evaluation.objects.visible_to(user).select_related("unit", "rubric__unit")
        return rows.prefetch_related("rubric__weights", Prefetch("scores", queryset=held)).order_by(
            "unit__name", "-performance_year"
        )

    @cached_property
    def lineage(self):
        return cache(Unit.objects.lineage)

    def refusal(self, row, user):
        unit = row["Perangkat daerah"]
        if row.is_new and not unit.is_active:
            return f"{unit} sudah tidak aktif. Pilih unit yang masih aktif."
        return shared.evaluation_refusal(user, unit)

    def problems(self, row, user):
        first, second = row["Tahun kinerja"], row["Tahun evaluasi"]
        if first and second and second < first:
            yield "Tahun evaluasi", "Tahun evaluasi tidak boleh mendahului tahun kinerja."
        rubric = row["Rubrik"]
        if rubric is None:
            return
        if "Rubrik" in row.changed and not rubric.is_active:
            yield "Rubrik", f"{rubric} sudah tidak dipakai. Pilih rubrik lain."
        if "Rubrik" in row.changed and rubric.unit_id is not None:
            unit = shared.saved(row["Perangkat daerah"])
            if not rubric.is_usable_in(self.lineage(unit and unit.pk)):
                message = f"Rubrik ini bukan milik {row['Perangkat daerah']}. Pilih rubrik bersama."
                yield "Rubrik", message
        weights = {weight.component_id: weight.weight for weight in rubric.weights.all()}
        yield from scores.problems(row, rubric, weights)
        yield from self._correction(row)
        if "Rubrik" in row.changed and not row.is_new:
            parts = [column.part for column in row.columns.values() if column.part]
            named = {dict(part.match)["component"].pk for part in parts}
            others = [
                score for score in row.instance.scores.all() if score.component_id not in named
            ]
            for sentence in misfits(others, rubric, weights):
                yield "Rubrik", sentence

    def _correction(self, row):
        if not scores.corrects(row):
            return
        if not row[scores.REASON]:
            yield scores.REASON, f"{REASON_NEEDED} Kolomnya: “{scores.REASON}”."
        self.corrections[row.instance.pk] = row[scores.REASON]

    @cached_property
    def corrections(self) -> dict:
        return {}

    def consequences(self, row):
        reason = self.corrections.get(row.instance.pk)
        return [("correction", "", reason)] if reason else []

    def judged_by(self, row):
        chosen = [change.value for change in row.changes if change.column.label == "Rubrik"]
        return chosen or [row.instance.rubric]


KIND = WorkbookKind("evaluations", "LHE dan nilai", (EvaluationSheet,))
