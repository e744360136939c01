"""The sheets that a Word file fills, so that the engine of the workbooks compares and writes them.

Their cells hold the notation of `sakip.notation`, which keeps italics.
"""

from recommendations.models import Note, QuarterlyReport, Recommendation, Renaksi
from recommendations.rules.status import STATUS_WORDS
from recommendations.services.quarter_closing import closed_quarters, name_of
from sakip import notation
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import shared
from workbooks.kinds.evaluations import EvaluationSheet
from workbooks.kinds.evidence import EvidenceSheet
from workbooks.kinds.recommendations import PointSheet, RecommendationSheet
from workbooks.kinds.renaksi import RenaksiSheet, StepSheet


class Notation(cells.LinesWidget):
    """The small rich text in the notation."""

    def clean(self, value, row=None, **kwargs):
        return notation.normal(self._words(value))

    def value(self, stored):
        return notation.from_html(stored or "")

    def stored(self, value, before=None):
        return notation.to_html(value)


class Recommendations(RecommendationSheet):
    text = SheetColumn("Rekomendasi", "text", Notation(), required=True)
    lead = SheetColumn("Kalimat pembuka tindak lanjut", "follow_up_lead", Notation())


class Points(PointSheet):
    text = SheetColumn("Isi butir", "text", Notation(), required=True)


class Renaksis(RenaksiSheet):
    is_recalled = False  # the places of the file stand where the addresses of cells would
    plan = SheetColumn("Rencana aksi", "plan", Notation())
    follow_up = SheetColumn("Tindak lanjut", "follow_up", Notation())


class Steps(StepSheet):
    is_recalled = False
    text = SheetColumn("Langkah", "text", Notation(), required=True)


class Quarters(Sheet):
    """The percentage of a table as the progress of one quarter."""

    model = QuarterlyReport
    title = "Kemajuan"

    renaksi = SheetColumn("Rencana aksi", "renaksi", cells.ReferenceWidget("renaksi"), key=True)
    year = SheetColumn("Tahun", "year", cells.WholeWidget(2000, 2100), key=True)
    quarter = SheetColumn("Triwulan", "quarter", cells.WholeWidget(1, 4), key=True)
    progress = SheetColumn("Kemajuan (%)", "progress", cells.WholeWidget(0, 100), required=True)

    def readable(self, user):
        rows = QuarterlyReport.objects.visible_to(user)
        return rows.select_related("renaksi__recommendation__evaluation__unit")

    def matching(self, rows, user):
        self.closed_of: dict[int, set] = {}  # by body
        parents = {row["renaksi"].pk for row in rows if row.get("renaksi")} - {None}
        shared.hold(Renaksi, parents)
        return self.readable(user).filter(renaksi__in=parents)

    def refusal(self, row, user):
        return shared.work_refusal(user, row["Rencana aksi"])

    def problems(self, row, user):
        renaksi, quarter = row["Rencana aksi"], (row["Tahun"], row["Triwulan"])
        body = renaksi.recommendation.evaluation.unit_id
        if body not in self.closed_of:
            self.closed_of[body] = closed_quarters(renaksi)
        if quarter in self.closed_of[body]:
            yield "Triwulan", f"{name_of(*quarter)} sudah ditutup oleh koordinator."

    def subject(self, instance):
        return instance.renaksi

    def action(self, row):
        return "import_edit"

    def worked_on(self, row):
        return row.instance.renaksi


class Notes(Sheet):
    """The notes (catatan) on the recommendations."""

    model = Note
    title = "Catatan"

    recommendation = SheetColumn(
        "Rekomendasi", "recommendation", cells.ReferenceWidget("recommendations"), key=True
    )
    text = SheetColumn("Isi catatan", "text", Notation(), required=True)

    def readable(self, user):
        rows = Note.objects.filter(recommendation__in=Recommendation.objects.visible_to(user))
        return rows.select_related("recommendation__evaluation__unit")

    def matching(self, rows, user):
        parents = {row["recommendation"].pk for row in rows if row.get("recommendation")} - {None}
        shared.hold(Recommendation, parents)
        return self.readable(user).filter(recommendation__in=parents)

    def refusal(self, row, user):
        return shared.recommendation_refusal(user, row["Rekomendasi"].evaluation)

    def subject(self, instance):
        return instance.recommendation

    def action(self, row):
        return "note"


class Itself(SheetColumn):
    """The record that the row is about, also one that the same file brings."""

    def now(self, instance):
        return instance


class PrintedMark(SheetColumn):
    """What the follow-up table prints for a renaksi; only the workflow writes it."""

    def now(self, instance):
        return STATUS_WORDS[instance.status].printed

    def fields(self, value):
        return {}


class Claims(Sheet):
    """“Sudah” of the file kept as the claim of the unit: sent, without evidence (docs/design.md §2.3)."""

    model = Renaksi
    title = "Tanda Sudah"
    transition = "submit"

    renaksi = Itself("Rencana aksi", "itself", cells.ReferenceWidget("renaksi"), key=True)
    mark = PrintedMark("Sudah/Belum", "status", cells.TextWidget())

    def matching(self, rows, user):
        return [row["itself"] for row in rows if row.get("itself")]

    def refusal(self, row, user):
        return shared.work_refusal(user, row.instance)

    def action(self, row):
        return "claim_printed"

    def worked_on(self, row):
        return row.instance

    def found_as(self, records):
        return [record.pk for record in records]


LEAD = "Kalimat pembuka tindak lanjut"
HEADS = {
    Recommendations: ["LHE", "Nomor", "Komponen", "Judul", "Rekomendasi", LEAD],
    Points: ["Rekomendasi", "Urutan", "Isi butir"],
    Renaksis: [
        "Rekomendasi", "Urutan", "Rencana aksi", "Tindak lanjut", "Menjawab butir",
        "Penanggung jawab", "Batas waktu",
    ],
    Steps: ["Rencana aksi", "Nomor", "Langkah"],
    EvidenceSheet: ["Rencana aksi", "Nomor", "Jenis", "Judul", "Keterangan", "Alamat tautan"],
    Quarters: ["Rencana aksi", "Tahun", "Triwulan", "Kemajuan (%)"],
    Notes: ["Rekomendasi", "Isi catatan"],
    EvaluationSheet: ["Perangkat daerah", "Tahun kinerja", "Alasan perbaikan"],
    Claims: ["Rencana aksi", "Sudah/Belum"],
}  # fmt: skip
KIND = WorkbookKind("word", "Tabel tindak lanjut dari Word", tuple(HEADS))
# Of the Word table, by title and column of the sheet: what a person looks for in the file.
FOLLOW_UP = "Tindak Lanjut"
PLACES = {
    Claims.title: "Sudah/Belum",
    Renaksis.title: FOLLOW_UP,
    Steps.title: FOLLOW_UP,
    EvidenceSheet.title: "Bukti Dukung",
    Quarters.title: "Sudah/Belum",
}
COLUMNS = {
    LEAD: FOLLOW_UP, "Nomor": "No", "Penanggung jawab": "Penanggung Jawab", "Batas waktu": "Batas Waktu"
}  # fmt: skip
