"""Action plans with their follow-ups and steps."""

from collections import defaultdict
from functools import cache, cached_property
from types import SimpleNamespace

from django.db.models import Prefetch

from recommendations.models import Evaluation, Recommendation, Renaksi, Step, SupportingUnit
from recommendations.models.renaksi import has_part
from recommendations.permissions import renaksi_policy
from recommendations.selectors import part_units
from recommendations.selectors.renaksi_list import COLUMNS
from recommendations.services import notifications
from recommendations.services.renaksi import unit_problems
from sakip.numbers import list_letter
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import shared

WORK = {"Tindak lanjut", "Alasan tidak dapat ditindaklanjuti"}
RECOMMENDATION = "recommendation__evaluation__unit"  # what a name is made of
LABELS = {name: COLUMNS[name].label for name in ("lead_unit", "supporting_units")}

READ = ("recommendation_id", "position", "plan", "point_id", "follow_up", "not_actionable_reason", "lead_unit_id", "person_id", "due_date", "status")  # fmt: skip


class RenaksiSheet(Sheet):
    model = Renaksi
    title = "Rencana aksi"
    about = "Satu baris untuk setiap rencana aksi. Status berubah lewat alur reviu, bukan lewat lembar ini."
    shelf = "renaksi"
    is_recalled = True
    example = {
        "Rekomendasi": "Contoh: Sekretariat Daerah 2022 / 1",
        "Urutan": "a",
        "Rencana aksi": "Menyusun ulang target indikator kinerja utama",
        "Tindak lanjut": "Target telah dibahas dalam rapat bersama seluruh unit",
        "Penanggung jawab": "Biro Organisasi",
        "Unit pendukung": "Biro Hukum; Biro Umum",
        "Batas waktu": "31 Desember 2023",
    }

    recommendation = SheetColumn.of(
        COLUMNS["recommendation"],
        cells.ReferenceWidget("recommendations"),
        key=True,
        note="Perangkat daerah, tahun kinerja, dan nomor, misalnya: Sekretariat Daerah 2022 / 1.",
    )
    position = SheetColumn.of(COLUMNS["position"], cells.LetterWidget(), key=True)
    plan = SheetColumn.of(COLUMNS["plan"], cells.RichTextWidget())
    point = SheetColumn.of(COLUMNS["point"], cells.ReferenceWidget("points"))
    follow_up = SheetColumn.of(COLUMNS["follow_up"], cells.RichTextWidget())
    reason = SheetColumn.of(COLUMNS["not_actionable_reason"], cells.LinesWidget())
    lead_unit = SheetColumn.of(COLUMNS["lead_unit"], cells.ReferenceWidget("units"), required=True)
    supporting_units = SheetColumn.of(
        COLUMNS["supporting_units"], cells.ReferencesWidget("units"), read="supporters"
    )
    person = SheetColumn.of(
        COLUMNS["person"],
        cells.ReferenceWidget("people"),
        locked=True,
        note="Hanya dibaca: petugas ditunjuk di halaman rencana aksi.",
    )
    due_date = SheetColumn.of(COLUMNS["due_date"], cells.DayWidget())
    status = SheetColumn.of(
        COLUMNS["status"],
        cells.ChoiceWidget(Renaksi.Status.choices, blank=True),
        locked=True,
        note="Hanya dibaca: status berubah lewat kirim dan reviu.",
    )

    def readable(self, user):
        """Parents apart from the rows, since ten rows share one; units as a list, which costs half."""
        rows = Renaksi.objects.visible_to(user).prefetch_related(
            "lead_unit",
            "person",
            RECOMMENDATION,
            f"point__{RECOMMENDATION}",
            Prefetch("supporting_units", to_attr="supporters"),
        )
        return rows.order_by("recommendation__evaluation", "recommendation__number", "position")

    def loaded(self, rows, directory):
        """Plain rows with what the columns read, which takes a fourth of the time of model instances. The
        units are those of the directory, which has them for their names."""
        found = [SimpleNamespace(**row) for row in rows.prefetch_related(None).values("pk", *READ)]
        units = {unit.pk: unit for unit in directory.records("units")}
        shared.give(found, Renaksi, "lead_unit", units)
        shared.give(found, Renaksi, "person", self.people)
        points = shared.give(found, Renaksi, "point", {})
        parents = shared.give([*found, *points], Renaksi, "recommendation", {})
        evaluations = shared.give(parents, Recommendation, "evaluation", self.evaluations)
        shared.give(evaluations, Evaluation, "unit", units)
        self._give_supporters(found, units)
        return found

    def _give_supporters(self, renaksi, units):
        rows = SupportingUnit.objects.filter(renaksi__in=[one.pk for one in renaksi])
        links = [SimpleNamespace(**row) for row in rows.values("renaksi_id", "unit_id")]
        shared.give(links, SupportingUnit, "unit", units)
        found = defaultdict(list)
        for link in links:
            found[link.renaksi_id].append(link.unit)
        for one in renaksi:
            one.supporters = found[one.pk]

    @cached_property
    def people(self):
        """The people of the batches so far, by key."""
        return {}

    @cached_property
    def evaluations(self):
        return {}

    def matching(self, rows, user):
        found = self._stored(
            [row["recommendation"] for row in rows if row.get("recommendation")], user
        )
        self.places = shared.Places(found, "recommendation")
        self.beneath = cache(part_units.belonging)
        self.refused = cache(
            lambda unit: shared.recommendation_refusal(user, Evaluation(unit=unit))
        )
        self.unit_findings = {}
        self._begin_counting()
        return found

    def _begin_counting(self):
        self.given, self.taken_off = [], {}

    def recall(self, pks, parents, user):
        self._begin_counting()
        shared.hold(Recommendation, {parent.pk for parent in parents if parent.pk})
        rows = self.readable(user).prefetch_related(None).filter(pk__in=pks)
        rows = rows.select_related("lead_unit", "person", "point", RECOMMENDATION)
        return {row.pk: row for row in rows.prefetch_related("supporting_units")} if pks else {}

    def _stored(self, recommendations, user):
        """The rows beneath these, which are given to them: the directory has read them already."""
        parents = {parent.pk: parent for parent in recommendations if parent.pk}
        shared.hold(Recommendation, parents)
        rows = self.readable(user).prefetch_related(None).filter(recommendation__in=parents)
        found = list(
            rows.select_related("lead_unit", "person", "point").prefetch_related("supporting_units")
        )
        for record in found:
            record.recommendation = parents[record.recommendation_id]
            if record.point and record.point.recommendation_id == record.recommendation_id:
                record.point.recommendation = record.recommendation
        return found

    def refusal(self, row, user):
        if row.is_new:
            return self.refused(shared.saved(row["Rekomendasi"].evaluation.unit))
        if row.changed & WORK and (reason := shared.work_refusal(user, row.instance)):
            return reason
        if row.changed - WORK:
            return renaksi_policy.check(user, "plan", row.instance).reason
        return ""

    def problems(self, row, user):
        recommendation = row["Rekomendasi"]
        if row.is_new and (free := self.places.gap(recommendation, row["Urutan"])):
            yield "Urutan", f"Urutan melompat. Yang berikutnya adalah {list_letter(free)}."
        point = row["Menjawab butir"]
        if (
            point
            and point.recommendation is not recommendation
            and (point.recommendation_id is None or point.recommendation_id != recommendation.pk)
        ):
            yield "Menjawab butir", "Pilih butir dari rekomendasi yang sama."
        if row.is_new or row.changed & set(LABELS.values()):
            yield from self._unit_problems(row, recommendation)

    def _unit_problems(self, row, recommendation):
        lead, supporting = row["Penanggung jawab"], row["Unit pendukung"] or ()
        if not row.is_new:
            kept = list(row.instance.supporting_units.all())
            return self._judged(row.instance, recommendation, lead, supporting, kept)
        units = (recommendation.evaluation.unit, lead, *supporting)
        key = tuple(unit and (unit.pk or f"new {id(unit)}") for unit in units)
        if key not in self.unit_findings:
            found = self._judged(row.instance, recommendation, lead, supporting, [])
            self.unit_findings[key] = found
        return self.unit_findings[key]

    def _judged(self, instance, recommendation, lead, supporting, kept):
        """Pairs of a column's label and a sentence."""
        body = recommendation.evaluation.unit
        renaksi = Renaksi(recommendation=recommendation, lead_unit_id=instance.lead_unit_id)

        def belongs(unit):
            while unit.pk is None and unit is not body:
                unit = unit.parent
            return unit is body or (body.pk is not None and unit.pk in self.beneath(body.pk))

        found = unit_problems(renaksi, lead, supporting, kept, belongs)
        return [(LABELS[field], message) for field, message in found]

    def accepted(self, instance):
        self.places.took(instance)

    def action(self, row):
        if not self.worked_on(row):
            return super().action(row)
        return "import_new_edit" if row.is_new else "import_edit"

    def worked_on(self, row):
        changes = {
            change.column.label: change.value
            for change in row.changes
            if change.column.label in WORK
        }
        is_work = any(changes.values()) if row.is_new else bool(changes)
        return row.instance if is_work else None

    def prepare(self, row):
        changes = {change.column.label: change.value for change in row.changes}
        if not changes.keys() & set(LABELS.values()):
            return set()
        self.given.append((row.instance, self._new_units(row, changes)))
        return self._take_off(row.instance, changes)

    def _take_off(self, renaksi, changes):
        """Removes a person in charge whose unit is no longer lead or supporting."""
        then = renaksi.supporting_units.all() if renaksi.pk else ()
        units = [renaksi.lead_unit, *(changes.get("Unit pendukung", then) or ())]
        if renaksi.person is None or has_part(renaksi.person, units):
            return set()
        self.taken_off[renaksi.pk] = str(renaksi.person)
        renaksi.person = None
        return {"person"}

    def consequences(self, row):
        name = self.taken_off.get(row.instance.pk)
        return [("person", name, "")] if name else []

    def _new_units(self, row, changes):
        """The record holds the new lead already, but the units that supported it so far."""
        then = set(row.instance.supporting_units.all()) if row.instance.pk else set()
        now = set(changes.get("Unit pendukung") or ())
        lead = {changes["Penanggung jawab"]} if "Penanggung jawab" in changes else set()
        return (lead | now) - then

    def written(self, rows, actor, at):
        notifications.assigned(self.given, actor, at)

    def found_as(self, records):
        return [record.pk for record in records]


class StepSheet(Sheet):
    model = Step
    title = "Langkah"
    about = "Langkah (1), (2) dalam sebuah rencana aksi; boleh kosong."
    is_recalled = True
    example = {
        "Rencana aksi": "Contoh: Sekretariat Daerah 2022 / 2a",
        "Nomor": "1",
        "Langkah": "Rapat koordinasi dengan seluruh unit",
        "Selesai tanggal": "2 Oktober 2023",
    }

    renaksi = SheetColumn(
        "Rencana aksi",
        "renaksi",
        cells.ReferenceWidget("renaksi"),
        key=True,
        width=36,
        note="Rekomendasi dan hurufnya, misalnya: Sekretariat Daerah 2022 / 2a.",
    )
    position = SheetColumn(
        "Nomor", "position", cells.WholeWidget(1, 50), key=True, aliases=("Urutan",)
    )
    text = SheetColumn(
        "Langkah", "text", cells.RichTextWidget(), required=True, width=70, aliases=("Uraian",)
    )
    done_on = SheetColumn("Selesai tanggal", "done_on", cells.DayWidget(), width=20)

    def readable(self, user):
        rows = Step.objects.visible_to(user)
        rows = rows.select_related("renaksi__recommendation__evaluation__unit")
        recommendation = "renaksi__recommendation"
        return rows.order_by(
            f"{recommendation}__evaluation",
            f"{recommendation}__number",
            "renaksi__position",
            "position",
        )

    def matching(self, rows, user):
        parents = {row["renaksi"].pk for row in rows if row.get("renaksi")}
        shared.hold(Renaksi, parents - {None})
        found = list(self.readable(user).filter(renaksi__in=parents - {None}))
        self.places = shared.Places(found, "renaksi")
        return found

    def recall(self, pks, parents, user):
        shared.hold(Renaksi, {parent.pk for parent in parents if parent.pk})
        return {row.pk: row for row in self.readable(user).filter(pk__in=pks)} if pks else {}

    def refusal(self, row, user):
        return shared.work_refusal(user, row["Rencana aksi"])

    def problems(self, row, user):
        if row.is_new and (free := self.places.gap(row["Rencana aksi"], row["Nomor"])):
            yield "Nomor", f"Nomor melompat. Yang berikutnya adalah {free}."

    def accepted(self, instance):
        self.places.took(instance)

    def subject(self, instance):
        return instance.renaksi

    def action(self, row):
        return "import_edit"

    def worked_on(self, row):
        return row.instance.renaksi

    def found_as(self, records):
        return {record.renaksi_id for record in records}


KIND = WorkbookKind("renaksi", "Rencana aksi dan tindak lanjut", (RenaksiSheet, StepSheet))
