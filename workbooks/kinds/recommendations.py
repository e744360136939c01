"""Recommendations with their points."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from recommendations.models import Evaluation, Recommendation, RecommendationPoint, Renaksi
from sakip.history.entries import HistoryEntry
from sakip.numbers import list_letter
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import shared


class RecommendationSheet(Sheet):
    model = Recommendation
    title = "Rekomendasi"
    about = "Nomor rekomendasi tetap dan tidak dipakai ulang."
    shelf = "recommendations"
    example = {
        "LHE": "Contoh: Sekretariat Daerah 2022",
        "Nomor": "1",
        "Komponen": "Perencanaan Kinerja",
        "Rekomendasi": "Menyempurnakan target indikator kinerja agar dapat dicapai",
    }

    evaluation = SheetColumn(
        "LHE", "evaluation", cells.ReferenceWidget("evaluations"), key=True, width=34
    )
    number = SheetColumn(
        "Nomor", "number", cells.WholeWidget(1, 999), key=True, aliases=("No", "No rekomendasi")
    )
    component = SheetColumn("Komponen", "component", cells.ReferenceWidget("components"), width=28)
    heading = SheetColumn("Judul", "heading", cells.TextWidget(120), width=28)
    criterion_code = SheetColumn("Kode kriteria", "criterion_code", shared.Code(20))
    text = SheetColumn(
        "Rekomendasi",
        "text",
        cells.RichTextWidget(),
        required=True,
        width=70,
        aliases=("Isi rekomendasi",),
    )
    lead = SheetColumn(
        "Kalimat pembuka tindak lanjut", "follow_up_lead", cells.RichTextWidget(), width=40
    )
    previous = SheetColumn(
        "Mengulang rekomendasi",
        "previous",
        cells.ReferenceWidget("recommendations"),
        width=36,
        aliases=("Rekomendasi tahun lalu",),
        note="Dari LHE sebelumnya, misalnya: Sekretariat Daerah 2021 / 3.",
    )

    def readable(self, user):
        rows = Recommendation.objects.visible_to(user).select_related(
            "component", "evaluation__unit", "previous__evaluation__unit"
        )
        return rows.order_by("evaluation", "number")

    def matching(self, rows, user):
        parents = {row["evaluation"].pk for row in rows if row.get("evaluation")}
        self.deleted = _deleted_numbers(parents - {None})
        return self.readable(user).filter(evaluation__in=parents - {None})

    def refusal(self, row, user):
        return shared.recommendation_refusal(user, row["LHE"])

    def problems(self, row, user):
        if row.is_new and row["Nomor"] in self.deleted.get(row["LHE"].pk, ()):
            yield (
                "Nomor",
                "Nomor ini pernah dipakai lalu dihapus, dan tidak dipakai ulang. Tulis nomor lain.",
            )
        earlier = row["Mengulang rekomendasi"]
        if "Mengulang rekomendasi" in row.changed and earlier is not None:
            ours, theirs = row["LHE"], earlier.evaluation
            same_body = theirs.unit is ours.unit or theirs.unit_id == ours.unit_id
            if not same_body or theirs.performance_year >= ours.performance_year:
                yield (
                    "Mengulang rekomendasi",
                    "Pilih rekomendasi dari LHE tahun sebelumnya milik perangkat daerah yang sama.",
                )

    def written(self, rows, actor, at):
        changed = [row.instance.pk for row in rows]
        highest = Recommendation.objects.filter(pk__in=changed).order_by().values("evaluation")
        for found in highest.annotate(last=Max("number")):
            evaluation = Evaluation.objects.filter(
                pk=found["evaluation"], last_number__lt=found["last"]
            )
            evaluation.update(last_number=found["last"])

    def found_as(self, records):
        rows = Renaksi.objects.filter(recommendation__in=records)
        return rows.values_list("pk", flat=True)

    def reworded(self, records):
        return [record.pk for record in records]


def _deleted_numbers(evaluations) -> dict[int, set[int]]:
    """Numbers that were given and taken away, by evaluation. One query."""
    entries = HistoryEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Evaluation),
        object_id__in=evaluations,
        action="delete_recommendation",
    )
    found = defaultdict(set)
    for pk, changes in entries.values_list("object_id", "changes"):
        found[pk].add(int(changes[0][1]))
    return found


class PointSheet(Sheet):
    model = RecommendationPoint
    title = "Butir"
    about = "Butir a, b, c dari sebuah rekomendasi, menurut urutannya; boleh kosong."
    shelf = "points"
    example = {
        "Rekomendasi": "Contoh: Sekretariat Daerah 2022 / 2",
        "Urutan": "a",
        "Isi butir": "Menetapkan indikator yang berorientasi hasil",
    }

    recommendation = SheetColumn(
        "Rekomendasi",
        "recommendation",
        cells.ReferenceWidget("recommendations"),
        key=True,
        width=40,
    )
    position = SheetColumn(
        "Urutan", "position", cells.LetterWidget(), key=True, note="a, b, c atau 1, 2, 3."
    )
    text = SheetColumn("Isi butir", "text", cells.RichTextWidget(), required=True, width=70)

    def readable(self, user):
        rows = RecommendationPoint.objects.filter(
            recommendation__in=Recommendation.objects.visible_to(user)
        )
        return rows.select_related("recommendation__evaluation__unit").order_by(
            "recommendation__evaluation", "recommendation__number", "position"
        )

    def matching(self, rows, user):
        parents = {row["recommendation"].pk for row in rows if row.get("recommendation")}
        shared.hold(Recommendation, parents - {None})
        found = list(self.readable(user).filter(recommendation__in=parents - {None}))
        self.places = shared.Places(found, "recommendation")
        return found

    def refusal(self, row, user):
        return shared.recommendation_refusal(user, row["Rekomendasi"].evaluation)

    def problems(self, row, user):
        if row.is_new and (free := self.places.gap(row["Rekomendasi"], row["Urutan"])):
            yield "Urutan", f"Urutan melompat. Yang berikutnya adalah {list_letter(free)}."

    def accepted(self, instance):
        self.places.took(instance)

    def subject(self, instance):
        return instance.recommendation

    def action(self, row):
        return "import_change"

    def follow_through(self, rows, actor, at):
        """Raises versions, so that an open form of the recommendation cannot overwrite imported points."""
        found = list(
            Recommendation.objects.filter(pk__in={row.instance.recommendation_id for row in rows})
        )
        for record in found:
            record.version += 1
        Recommendation.objects.bulk_update(found, ["version"], batch_size=500)
        return [(record, {"version": record.version - 1}) for record in found]

    def found_as(self, records):
        rows = Renaksi.objects.filter(recommendation__in=self.reworded(records))
        return rows.values_list("pk", flat=True)

    def reworded(self, records):
        return {record.recommendation_id for record in records}


KIND = WorkbookKind(
    "recommendations", "Rekomendasi dan butirnya", (RecommendationSheet, PointSheet)
)
