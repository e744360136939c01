"""A corrected draft as the rows of its sheets. What the file does not say is filled from the stored
record, so that it stays."""

from collections import defaultdict

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When

from recommendations.models import Evidence, Renaksi, ReviewDecision
from recommendations.rules.status import DONE_MARK
from recommendations.transitions import IN_PROGRESS, OPEN
from sakip import notation
from sakip.dates import format_date
from sakip.history.entries import HistoryEntry
from sakip.numbers import list_letter
from workbooks.kinds import scores
from workbooks.kinds.evaluations import EvaluationSheet
from workbooks.kinds.evidence import EvidenceSheet
from workbooks.readers.workbook import ReadSheet, folded_label
from workbooks.word import due_dates, lettered, offers
from workbooks.word.mapping import DONE
from workbooks.word.sheets import (
    COLUMNS,
    HEADS,
    KIND,
    PLACES,
    Claims,
    Notes,
    Points,
    Quarters,
    Recommendations,
    Renaksis,
    Steps,
)

TITLE, CAPTION = (Evidence._meta.get_field(name).max_length for name in ("title", "caption"))
WEB = ("http://", "https://")


def is_claimed(entry, part) -> bool:
    """Whether the file says “Sudah” and the coordinator did not make a plan of it."""
    position = str(part.position)
    return entry.marks.get(position) == DONE and entry.statuses.get(position) != OPEN


def may_claim(entry, part, stored) -> bool:
    """A document claims for nobody who has sent the item already, and overrules no judgement on it.

    `stored` is one of `DraftBook.stored`.
    """
    is_unsent = stored is None or (
        stored.status in (OPEN, IN_PROGRESS) and not stored.was_sent_or_judged
    )
    return is_unsent and is_claimed(entry, part)


def _with_past():
    """A return is no more to be seen in an item once its text has changed, nor a claim taken back."""
    entries = HistoryEntry.objects.on(Renaksi, OuterRef("pk"))
    sent = Exists(entries.filter(action__in=("submit", "withdraw")))
    judged = Exists(ReviewDecision.objects.filter(renaksi=OuterRef("pk")))
    was_sent = Q(submitted_at__isnull=False) | sent | judged
    return Renaksi.objects.annotate(was_sent_or_judged=Case(When(was_sent, True), default=False))


class DraftBook:
    """`row` is the WordDraft, `entries` those that are imported.

    The rows of the sheets, the place in the Word file of each by sheet and row, and `losses`: pairs of
    a place and a sentence about what the records have no room for.
    """

    def __init__(self, row, entries, extras, directory):
        self.row, self.evaluation = row, row.evaluation
        self.directory = directory
        self.rows = {sheet: [] for sheet in KIND.sheets}
        self.heads = dict(HEADS)
        self.places, self.losses = {}, []
        self.stored = self._load()
        for entry in entries:
            self._add(entry)
        self._add_notes(extras)
        self._add_scores(extras)

    def _load(self):
        rows = self.evaluation.recommendations.select_related("component", "evaluation__unit")
        return {
            row.number: row
            for row in rows.prefetch_related(
                "points",
                Prefetch("renaksi", _with_past()),
                "renaksi__steps",
                "renaksi__lead_unit",
                "renaksi__point",
                "renaksi__evidence",
            )
        }

    def sheets(self) -> list[ReadSheet]:
        return [
            ReadSheet(sheet.title, list(enumerate([self.heads[sheet], *rows], 1)), is_partial=True)
            for sheet, rows in self.rows.items()
            if rows
        ]

    def place(self, sheet: str, row: int, column: str = "") -> str:
        """Where in the Word file a row of a sheet stands, in words."""
        place = self.places.get((sheet, row), "")
        if not place or not column or sheet in (Notes.title, EvaluationSheet.title):
            return place
        name = COLUMNS.get(column) or PLACES.get(sheet, "Rekomendasi")
        return f"{place}, kolom {name}"

    def _put(self, sheet, place, row):
        self.rows[sheet].append(row)
        self.places[sheet.title, len(self.rows[sheet]) + 1] = place

    def _add(self, entry):
        stored = self.stored.get(entry.number)
        points, renaksi = entry.points, entry.renaksi
        name = self._name(entry.number)
        self._put(Recommendations, entry.place, self._recommendation(entry, stored, points))
        for part in points.parts:
            self._put(Points, entry.place, [name, str(part.position), part.text])
        kept = {one.position: one for one in stored.renaksi.all()} if stored else {}
        answers = {part.position for part in points.parts}
        answers = answers if answers == {part.position for part in renaksi} else set()
        for part in renaksi:
            point = f"{name} butir {part.letter}" if part.position in answers else ""
            self._add_renaksi(entry, part, kept.get(part.position), name, point)
        self._say_unread_dates(entry)

    def _add_notes(self, extras):
        places = {note.number: note.place for note in reversed(extras.notes)}
        known = self.stored.keys() | {
            int(row[1]) for row in self.rows[Recommendations] if row[1].isdecimal()
        }
        for number, text in offers.notes_by_number(extras).items():
            if number in known:
                self._put(Notes, places[number], [self._name(number), text])
            else:
                said = f"Catatan atas rekomendasi {number} tidak ikut: rekomendasinya tidak ada."
                self.losses.append((places[number], said))

    def _add_scores(self, extras):
        found = offers.score_rows(extras, self._component)
        names = list(dict.fromkeys(name for figures in found.values() for name in figures))
        self.heads[EvaluationSheet] = [
            *HEADS[EvaluationSheet], *(f"{scores.WORDS[scores.SCORE]} {name}" for name in names)
        ]  # fmt: skip
        place = extras.scores[0].place if extras.scores else ""
        for year, figures in found.items():
            row = [self.directory.name("units", self.evaluation.unit), year, self.row.correction]
            row += [figures.get(name, "") for name in names]
            self._put(EvaluationSheet, place, row)

    def _name(self, number):
        if stored := self.stored.get(number):
            return self.directory.name("recommendations", stored)
        return f"{self.evaluation.unit.name} {self.evaluation.performance_year} / {number}"

    def _add_renaksi(self, entry, part, stored, parent, point):
        name, position = f"{parent}{part.letter}", str(part.position)
        row = self._renaksi(entry, part, stored, point)
        self._put(Renaksis, entry.place, [parent, position, *row])
        for number, text in enumerate(part.steps, 1):
            self._put(Steps, entry.place, [name, str(number), text])
        for row in self._evidence(entry, position, stored):
            self._put(EvidenceSheet, entry.place, [name, *row])
        percent = entry.percents.get(position)
        if percent is not None:
            self._add_percent(entry, name, percent)
        if self.row.keeps_claims and may_claim(entry, part, stored):
            self._put(Claims, entry.place, [name, DONE_MARK])

    def _add_percent(self, entry, name, percent):
        if not self.row.quarter:
            letter = name.rpartition(" / ")[2]
            said = f"Kemajuan {percent} % pada rencana aksi {letter} tidak ikut: triwulannya tidak dipilih."
            self.losses.append((entry.place, said))
            return
        year, quarter = self.row.quarter.split("-")
        self._put(Quarters, entry.place, [name, year, quarter, str(percent)])

    def _recommendation(self, entry, stored, points):
        heading = entry.heading
        component = self._component(entry.component) or self._component(heading)
        if stored:
            heading = stored.heading if heading in ("", stored.title) else heading
            component = component or stored.component
            if entry.heading and heading == stored.heading:
                component = stored.component
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
        """The cells of plan, follow-up, point, unit and due date."""
        position = str(part.position)
        plan, follow_up = self._texts(entry, part, stored)
        if stored:
            point = self.directory.name("points", stored.point) if stored.point_id else ""
        due = self._due(entry, position, stored)
        return [plan, follow_up, point, self._unit(entry, position, stored), due]

    def _due(self, entry, position, stored):
        said = entry.due.get(position, "")
        found = due_dates.parse(said) if said else None
        return format_date(found) if found else self._stored_due(stored)

    def _say_unread_dates(self, entry):
        unread = defaultdict(list)
        for position, said in entry.due.items():
            if said and due_dates.parse(said) is None:
                unread[said].append(f"{entry.number}.{list_letter(int(position))}")
        for said, names in unread.items():
            message = (
                f"Batas waktu “{said[:60]}” pada rencana aksi {', '.join(names)} tidak ikut: tanggal atau "
                "tahunnya tidak disebut."
            )
            self.losses.append((entry.place, message))

    @staticmethod
    def _stored_due(stored):
        return format_date(stored.due_date) if stored and stored.due_date else ""

    @staticmethod
    def _texts(entry, part, stored):
        """Keeps stored texts that print the same. Where one column holds both, a new text is a plan
        unless a status says that it has begun."""
        position = str(part.position)
        before = (
            (notation.from_html(stored.plan), notation.from_html(stored.follow_up))
            if stored
            else ("", "")
        )
        if own := entry.plans.get(position):
            return own, part.text or before[1]
        is_work = bool(part.steps) or entry.statuses.get(position, OPEN) != OPEN
        if stored is None:
            return ("", part.text) if is_work else (part.text, "")
        plan, follow_up = before
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
        return entry.units.get(position) or self.directory.name("units", self.row.default_unit)

    def _evidence(self, entry, position, stored):
        """A reference for each line that is not attached yet, as cells of number, kind and texts."""
        attached = list(stored.evidence.all()) if stored else []
        known = {folded_label(one.title) for one in attached if not one.is_archived}
        last = max((one.position for one in attached), default=0)
        for line in entry.evidence.get(position, "").split("\n"):
            text = notation.plain(lettered.opened(line)[1])
            title = text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"
            if not text or folded_label(title) in known:
                continue
            known.add(folded_label(title))
            last += 1
            if len(text) > CAPTION:
                said = f"Bukti “{text[:60]}…” dipotong: paling panjang {CAPTION} huruf."
                self.losses.append((entry.place, said))
            is_link = text.startswith(WEB) and " " not in text
            kind = Evidence.Kind.LINK if is_link else Evidence.Kind.SEPARATE
            caption = text[:CAPTION] if title != text else ""
            yield [str(last), kind.label, title, caption, text if is_link else ""]
