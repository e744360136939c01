"""A corrected draft as the sheets of a workbook, so that the engine compares and writes it.

Its cells hold the notation of `notation.py`, which keeps italics. What the file does not say is
filled from the stored record, so that it stays.
"""

import re

from recommendations import workflow
from recommendations.models import Renaksi
from recommendations.permissions import OPEN, RETURNED, WORKABLE
from sakip.numbers import letter
from workbooks import cells, shelves
from workbooks.directory import Directory, Shelf
from workbooks.kinds.recommendations import PointSheet, RecommendationSheet
from workbooks.kinds.renaksi import RenaksiSheet
from workbooks.reading import ReadSheet
from workbooks.sheets import Column, Kind, Part
from workbooks.word import notation

STEP_LABEL = re.compile(r"Langkah ([0-9]{1,2})")
BEGUN = workflow.TRANSITIONS["edit"].target  # the status of what somebody has begun to write


class Notation(cells.Lines):
    """The small rich text in the notation."""

    def clean(self, value, row=None, **kwargs):
        return notation.normal(self._words(value))

    def value(self, stored):
        return notation.from_html(stored or "")

    def stored(self, value, before=None):
        return notation.to_html(value)


class Recommendations(RecommendationSheet):
    text = Column("Rekomendasi", "text", Notation(), required=True)
    lead = Column("Kalimat pembuka tindak lanjut", "follow_up_lead", Notation())


class Points(PointSheet):
    text = Column("Isi butir", "text", Notation(), required=True)


def _step(number) -> Column:
    part = Part("steps", "renaksi", (("position", number),))
    return Column(f"Langkah {number}", "text", Notation(), part=part)


class Renaksis(RenaksiSheet):
    plan = Column("Rencana aksi", "plan", Notation())
    follow_up = Column("Tindak lanjut", "follow_up", Notation())
    status = Column("Status", "status", cells.Choice(Renaksi.Status.choices))

    def more_columns(self, labels, directory):
        numbers = sorted(
            int(match[1]) for label in labels if (match := STEP_LABEL.fullmatch(label))
        )
        return [_step(number) for number in numbers]

    def readable(self, user):
        return super().readable(user).select_related("point").prefetch_related("steps")

    def refusal(self, row, user):
        written = {label for label in row.changed if label in WRITTEN or STEP_LABEL.match(label)}
        if not row.is_new and written and row.instance.status not in WORKABLE:
            status = row.instance.get_status_display()
            return f"Tindak lanjut terkunci karena statusnya “{status}”."
        return super().refusal(row, user)


WRITTEN = frozenset({"Tindak lanjut", "Status"})
KIND = Kind("word", "Tabel tindak lanjut dari Word", (Recommendations, Points, Renaksis))
COLUMNS = {  # of the Word table, by the column of the sheet
    "Nomor": "No",
    "Kalimat pembuka tindak lanjut": "Tindak Lanjut",
    "Tindak lanjut": "Tindak Lanjut",
    "Rencana aksi": "Tindak Lanjut",
    "Status": "Sudah/Belum",
}


def directory_for(user) -> Directory:
    points = Shelf("Butir", lambda user: Points().readable(user), lambda point: _point_name(point))
    return Directory(user, shelves.SHELVES | {"points": points})


def _point_name(point):
    return f"{_recommendation_name(point.recommendation)} {letter(point.position)}"


def _recommendation_name(recommendation):
    return shelves.SHELVES["recommendations"].name(recommendation)


class Book:
    """The rows of the three sheets, and the place in the Word file of each, by sheet and row."""

    def __init__(self, evaluation, default_unit, entries, directory):
        self.evaluation, self.default_unit = evaluation, default_unit
        self.directory = directory
        self.rows = {sheet: [] for sheet in KIND.sheets}
        self.places = {}
        self.stored = self._load()
        self.steps = max((len(part.steps) for one in entries for part in one.renaksi), default=0)
        for entry in entries:
            self._add(entry)

    def _load(self):
        rows = self.evaluation.recommendations.select_related("component", "evaluation__unit")
        return {
            row.number: row
            for row in rows.prefetch_related("points", "renaksi__steps", "renaksi__lead_unit")
        }

    def sheets(self) -> list[ReadSheet]:
        steps = [f"Langkah {number}" for number in range(1, self.steps + 1)]
        heads = {
            Recommendations: ["LHE", "Nomor", "Komponen", "Judul", "Rekomendasi", COLUMN_LEAD],
            Points: ["Rekomendasi", "Urutan", "Isi butir"],
            Renaksis: [*RENAKSI_HEAD, *steps],
        }
        return [
            ReadSheet(sheet.title, list(enumerate([heads[sheet], *rows], 1)), is_partial=True)
            for sheet, rows in self.rows.items()
        ]

    def place(self, sheet: str, row: int, column: str = "") -> str:
        """Where in the Word file a row of a sheet stands, in words."""
        place = self.places.get((sheet, row), "")
        if column.startswith("Langkah"):
            column = "Tindak Lanjut"
        return f"{place}, kolom {COLUMNS.get(column, 'Rekomendasi')}" if place and column else place

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
            point = f"{name} {part.letter}" if part.position in answers else ""
            row = self._renaksi(entry, part, kept.get(part.position), point)
            self._put(Renaksis, entry, [name, str(part.position), *row])

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
        """Plan, follow-up, point, unit, status and steps. What is not yet done is a plan."""
        position = str(part.position)
        status = entry.statuses.get(position, OPEN)
        plan, follow_up, steps = self._texts(part, stored, status)
        if stored:
            point = (
                f"{_recommendation_name(stored.recommendation)} {letter(stored.point.position)}"
                if stored.point_id
                else ""
            )
        return [
            plan, follow_up, point, self._unit(entry, position, stored),
            Renaksi.Status(self._status(status, stored, follow_up, steps)).label,
            *steps, *[""] * (self.steps - len(steps)),
        ]  # fmt: skip

    def _texts(self, part, stored, status):
        """What is printed alike stays; what is new is a plan until somebody says it is under way."""
        if stored is None:
            return (
                ("", part.text, part.steps) if part.steps or status != OPEN else (part.text, "", [])
            )
        plan, follow_up, steps = (
            _notation(stored.plan),
            _notation(stored.follow_up),
            _steps(stored),
        )
        reason = (
            stored.not_actionable_reason
            and f"Tidak dapat ditindaklanjuti: {stored.not_actionable_reason}"
        )
        if notation.normal(part.text) == notation.normal(follow_up or reason or plan):
            return plan, follow_up, [*part.steps, *steps[len(part.steps) : self.steps]]
        if part.steps or status != OPEN or follow_up or reason or steps:
            return plan, part.text or follow_up, [*part.steps, *steps[len(part.steps) : self.steps]]
        return part.text or plan, follow_up, []

    def _unit(self, entry, position, stored):
        if chosen := entry.leads.get(position):
            units = {unit.pk: unit for unit in self.directory.records("units")}
            return self.directory.name("units", units[chosen]) if chosen in units else str(chosen)
        if stored:
            return self.directory.name("units", stored.lead_unit)
        return entry.units.get(position) or self.directory.name("units", self.default_unit)

    def _status(self, chosen, stored, follow_up, steps):
        """Only what the coordinator may do by editing: to begin. Claims and reviews are not imported."""
        if stored is None:
            return BEGUN if chosen != OPEN else OPEN
        before = [_notation(stored.follow_up), *_steps(stored)]
        changed = [notation.normal(text) for text in (follow_up, *steps)] != before
        if (stored.status == OPEN and chosen != OPEN) or (stored.status == RETURNED and changed):
            return BEGUN
        return stored.status


def _notation(text):
    return notation.from_html(text)


def _steps(renaksi):
    return [_notation(step.text) for step in renaksi.steps.all()]


COLUMN_LEAD = "Kalimat pembuka tindak lanjut"
RENAKSI_HEAD = [
    "Rekomendasi", "Urutan", "Rencana aksi", "Tindak lanjut", "Menjawab butir",
    "Penanggung jawab", "Status",
]  # fmt: skip
