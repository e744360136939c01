"""A draft's entries as the correction page shows them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from recommendations.models import Renaksi
from recommendations.transitions import OPEN
from sakip import notation
from sakip.models import Unit
from workbooks.compare import previews
from workbooks.compare.plan import RowOutcome
from workbooks.word.content import DraftEntry
from workbooks.word.mapping import MARK_MEANINGS


@dataclass(frozen=True)
class PartRow:
    """One renaksi: `plan_html` is its plan where that has a column of its own, `html` its text, `mark`
    what the file says, `unit_now` who answers for it when nobody else is chosen."""

    position: int
    name: str
    plan_html: str
    html: str
    steps: list[str]
    mark: str
    status: str
    unit: int | None
    unit_now: str
    stored: Renaksi | None

    @property
    def may_begin(self) -> bool:
        """Says whether the coordinator may choose its status: only before the work has begun."""
        return self.stored is None or self.stored.status == OPEN


@dataclass(frozen=True)
class ComparedEntry:
    """One entry with what is stored under its number (`stored` are renaksi by position), and how many
    of its records would be new, changed and so on (`counts`, of the last preview)."""

    entry: DraftEntry
    stored: dict[int, Renaksi]
    default_unit: Unit
    counts: dict[str, int]

    @property
    def badges(self) -> list[tuple[str, str]]:
        """Words and tone of each outcome that occurs."""
        return [
            (f"{self.counts[outcome]} {word.lower()}", tone)
            for outcome, (word, tone) in previews.WORDS.items()
            if self.counts[outcome]
        ]

    @property
    def needs_a_look(self) -> bool:
        return self.entry.is_included and set(self.counts) != {RowOutcome.UNCHANGED}

    @cached_property
    def parts(self) -> list[PartRow]:
        return [self._part(part) for part in self.entry.renaksi]

    def _part(self, part):
        position, stored = str(part.position), self.stored.get(part.position)
        unit = stored.lead_unit if stored else None
        written = self.entry.units.get(position)
        return PartRow(
            part.position,
            f"rencana aksi {part.letter}",
            notation.to_html(self.entry.plans.get(position, "")),
            notation.to_html(part.text),
            [notation.to_html(step) for step in part.steps],
            self._mark(position),
            self.entry.statuses.get(position, "open"),
            self.entry.leads.get(position),
            f"Tetap: {unit}"
            if unit
            else f"Di berkas: {written}"
            if written
            else str(self.default_unit),
            stored,
        )

    def _mark(self, position):
        """The words of the file and, where they differ, what they were taken for."""
        mark = self.entry.marks.get(position)
        meaning = MARK_MEANINGS[mark] if mark else "tidak ada tanda"
        said = self.entry.said.get(position, "")
        if not said or said.casefold() == meaning.casefold():
            return meaning
        return f"“{said}”, dibaca {meaning}"

    @cached_property
    def point_count(self) -> int:
        return len(self.entry.points.parts)


def rows_of(entries, run) -> list[ComparedEntry]:
    """One query, however many entries."""
    draft, counts = run.draft, _counts(entries, previews.load(run))
    stored = defaultdict(dict)
    numbers = {entry.number for entry in entries}
    renaksi = Renaksi.objects.filter(
        recommendation__evaluation=draft.evaluation_id, recommendation__number__in=numbers
    )
    for one in renaksi.select_related("recommendation", "lead_unit"):
        stored[one.recommendation.number][one.position] = one
    return [
        ComparedEntry(entry, stored[entry.number], draft.default_unit, counts[entry.place])
        for entry in entries
    ]


def compared_remarks(draft, run) -> list[str]:
    """What the comparison says beyond the remarks of the reader, with its place."""
    preview = previews.load(run)
    known = {*draft.remarks, *(one for entry in draft.entries for one in entry.remarks)}
    found = [one for one in (*preview.problems, *preview.cells) if one["message"] not in known]
    return list(dict.fromkeys(map(_placed, found)))


def _placed(problem):
    place = problem["cell"] or problem["sheet"]
    return f"{place}: {problem['message']}" if place else problem["message"]


def _counts(entries, preview):
    """How often each outcome occurs among the rows of the preview, by the place of their entry."""
    found = {entry.place: Counter() for entry in entries}
    for row in preview.rows:
        place = row["label"].rpartition("(")[2].rstrip(")")
        if place in found:
            found[place][row["outcome"]] += 1
    return found
