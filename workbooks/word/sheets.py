"""A corrected draft as the sheets of a workbook, so that the engine compares and writes it.

Its cells hold the notation of `sakip.notation`, which keeps italics. What the file does not say is
filled from the stored record, so that it stays.
"""

from recommendations.models import Renaksi
from recommendations.rules.status import DONE_MARK, STATUS_WORDS
from recommendations.transitions import IN_PROGRESS, OPEN
from sakip import notation
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import shared
from workbooks.kinds.recommendations import PointSheet, RecommendationSheet
from workbooks.kinds.renaksi import RenaksiSheet, StepSheet
from workbooks.readers.workbook import ReadSheet
from workbooks.word.mapping import DONE


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
    plan = SheetColumn("Rencana aksi", "plan", Notation())
    follow_up = SheetColumn("Tindak lanjut", "follow_up", Notation())


class Steps(StepSheet):
    text = SheetColumn("Langkah", "text", Notation(), required=True)


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
        "Rekomendasi", "Urutan", "Rencana aksi", "Tindak lanjut", "Menjawab butir", "Penanggung jawab"
    ],
    Steps: ["Rencana aksi", "Nomor", "Langkah"],
    Claims: ["Rencana aksi", "Sudah/Belum"],
}  # fmt: skip
KIND = WorkbookKind("word", "Tabel tindak lanjut dari Word", tuple(HEADS))
FOLLOW_UP = "Tindak Lanjut"
COLUMNS = {LEAD: FOLLOW_UP, "LHE": "Rekomendasi"}  # of the Word table, by that of the sheet


def is_claimed(entry, part) -> bool:
    """Whether the file says “Sudah” and the coordinator did not make a plan of it."""
    position = str(part.position)
    return entry.marks.get(position) == DONE and entry.statuses.get(position) != OPEN


def may_claim(entry, part, stored) -> bool:
    """A document claims for nobody who has sent the item already."""
    is_unsent = stored is None or (
        stored.status in (OPEN, IN_PROGRESS) and stored.submitted_at is None
    )
    return is_unsent and is_claimed(entry, part)


class DraftBook:
    """The rows of the sheets, and the place in the Word file of each, by sheet and row.

    `keeps_claims`: a mark “Sudah” is the claim of the unit, else work that has begun.
    """

    def __init__(self, evaluation, default_unit, entries, directory, *, keeps_claims=False):
        self.evaluation, self.default_unit = evaluation, default_unit
        self.keeps_claims = keeps_claims
        self.directory = directory
        self.rows = {sheet: [] for sheet in KIND.sheets}
        self.places = {}
        self.stored = self._load()
        for entry in entries:
            self._add(entry)

    def _load(self):
        rows = self.evaluation.recommendations.select_related("component", "evaluation__unit")
        return {
            row.number: row
            for row in rows.prefetch_related(
                "points", "renaksi__steps", "renaksi__lead_unit", "renaksi__point"
            )
        }

    def sheets(self) -> list[ReadSheet]:
        return [
            ReadSheet(sheet.title, list(enumerate([HEADS[sheet], *rows], 1)), is_partial=True)
            for sheet, rows in self.rows.items()
        ]

    def place(self, sheet: str, row: int, column: str = "") -> str:
        """Where in the Word file a row of a sheet stands, in words."""
        place = self.places.get((sheet, row), "")
        if not place or not column:
            return place
        if sheet == Claims.title:
            return f"{place}, kolom Sudah/Belum"
        if sheet in (Renaksis.title, Steps.title):
            return f"{place}, kolom {FOLLOW_UP}"
        return f"{place}, kolom {'No' if column == 'Nomor' else COLUMNS.get(column, 'Rekomendasi')}"

    def _put(self, sheet, entry, row):
        self.rows[sheet].append(row)
        self.places[sheet.title, len(self.rows[sheet]) + 1] = entry.place

    def _add(self, entry):
        stored = self.stored.get(entry.number)
        points, renaksi = entry.points, entry.renaksi
        name = (
            self.directory.name("recommendations", stored)
            if stored
            else f"{self.evaluation.unit.name} {self.evaluation.performance_year} / {entry.number}"
        )
        self._put(Recommendations, entry, self._recommendation(entry, stored, points))
        for part in points.parts:
            self._put(Points, entry, [name, str(part.position), part.text])
        kept = {one.position: one for one in stored.renaksi.all()} if stored else {}
        answers = {part.position for part in points.parts}
        answers = answers if answers == {part.position for part in renaksi} else set()
        for part in renaksi:
            point = f"{name} butir {part.letter}" if part.position in answers else ""
            row, steps = self._renaksi(entry, part, kept.get(part.position), point)
            self._put(Renaksis, entry, [name, str(part.position), *row])
            for number, text in enumerate(steps, 1):
                self._put(Steps, entry, [f"{name}{part.letter}", str(number), text])
            if self.keeps_claims and may_claim(entry, part, kept.get(part.position)):
                self._put(Claims, entry, [f"{name}{part.letter}", DONE_MARK])

    def _recommendation(self, entry, stored, points):
        heading, component = entry.heading, self._component(entry.heading)
        if stored:
            heading = stored.heading if heading in ("", stored.title) else heading
            component = component or stored.component
            component = stored.component if heading == stored.heading else component
        return [
            self.directory.name("evaluations", self.evaluation),
            str(entry.number or ""),
            component.name if component else "",
            heading,
            points.lead_text,
            entry.lead or (notation.from_html(stored.follow_up_lead) if stored else ""),
        ]

    def _component(self, heading):
        try:
            return self.directory.find("components", heading) if heading else None
        except ValueError:
            return None

    def _renaksi(self, entry, part, stored, point):
        """The cells of plan, follow-up, point and unit; and the steps."""
        position = str(part.position)
        plan, follow_up = self._texts(part, stored, entry.statuses.get(position, OPEN))
        if stored:
            point = self.directory.name("points", stored.point) if stored.point_id else ""
        return [plan, follow_up, point, self._unit(entry, position, stored)], part.steps

    @staticmethod
    def _texts(part, stored, status):
        """Keeps stored texts that print the same. A new text is a plan unless a status says it has begun."""
        is_work = bool(part.steps) or status != OPEN
        if stored is None:
            return ("", part.text) if is_work else (part.text, "")
        plan, follow_up = notation.from_html(stored.plan), notation.from_html(stored.follow_up)
        reason = stored.not_actionable_reason
        reason = reason and f"Tidak dapat ditindaklanjuti: {reason}"
        if notation.normal(part.text) == notation.normal(follow_up or reason or plan):
            return plan, follow_up
        if is_work or follow_up or reason or stored.steps.all():
            return plan, part.text or follow_up
        return part.text or plan, follow_up

    def _unit(self, entry, position, stored):
        if chosen := entry.leads.get(position):
            units = {unit.pk: unit for unit in self.directory.records("units")}
            return self.directory.name("units", units[chosen]) if chosen in units else str(chosen)
        if stored:
            return self.directory.name("units", stored.lead_unit)
        return entry.units.get(position) or self.directory.name("units", self.default_unit)
