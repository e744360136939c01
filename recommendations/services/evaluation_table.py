"""Saves the lines of an LHE that was entered like a table: all of them in one transaction, or nothing.

Each stored line is compared three times: as it was shown, as it came back, and as it is now. A line
that came back as it was shown is left alone, whatever others have saved meanwhile.
"""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from recommendations.models import (
    Evaluation,
    Recommendation,
    RecommendationPoint,
    Renaksi,
)
from recommendations.permissions import evaluation_policy
from recommendations.rules.evaluation_table import EntryLine
from recommendations.rules.table_entries import Entry
from recommendations.selectors import evaluation_table as selectors
from recommendations.services.recommendations import (
    OUT_OF_THE_WAY,
    create_recommendation,
    edit_recommendation,
)
from recommendations.services.renaksi_batch import RenaksiBatch
from recommendations.transitions import WORKABLE
from sakip import notation
from sakip.editing import StaleEdit
from sakip.errors import require, still_there
from sakip.history.entries import HistoryEntry
from sakip.writing import shortened

CELLS = {"point": "number", "lead_unit": "units", "supporting_units": "units", "plan": "text"}
GONE = (
    "Orang lain sudah menghapus yang tersimpan di baris ini. Simpan lagi untuk menambahkannya sebagai "
    "yang baru, atau hapus barisnya."
)
SHOWN = 120  # characters of what somebody else saved


@dataclass
class Saved:
    """What was written. `is_again`: the same page was sent before, and nothing was written now."""

    recommendations: int = 0
    renaksi: int = 0
    changed: int = 0
    is_again: bool = False


class StaleTable(StaleEdit):
    """`conflicts` are pairs of the new key and a sentence, by the index of the line."""

    def __init__(self, evaluation, conflicts):
        reason = "Orang lain mengubah baris yang juga Anda ubah. Baris itu ditandai di bawah."
        super().__init__("tabel", evaluation, reason=reason)
        self.conflicts = conflicts


def line_key(line: EntryLine, cell: str) -> str:
    """The name of a cell in a ValidationError; the cell "" is the whole line."""
    return f"{line.index}-{cell}"


def is_saved(batch: UUID) -> bool:
    """Whether the page with this batch was sent and saved before."""
    return HistoryEntry.objects.filter(batch=batch).exists()


@transaction.atomic
def save_table(*, evaluation, actor, at, batch: UUID, entries: Sequence[Entry]) -> Saved:
    """Writes what differs from the stored lines. Raises StaleTable, or a ValidationError by `line_key`.

    `batch` belongs to the page: when it is in the history already, the page is sent a second time.
    """
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("unit")
    evaluation = still_there(rows, evaluation)
    require(evaluation_policy.check(actor, "edit", evaluation))
    if is_saved(batch):
        return Saved(is_again=True)
    writer = _Writer(evaluation, actor, at, batch)
    touched = writer.compare(entries)
    for entry, number in zip(entries, _numbers(entries, evaluation), strict=True):
        writer.write(entry, number, touched)
    return writer.finish()


def _numbers(entries, evaluation):
    """The number of each new recommendation; those without one count on from the one above."""
    given = {entry.number for entry in entries}
    last = evaluation.last_number
    for entry in entries:
        number = entry.number
        if entry.line.pk:
            yield None
            continue
        if number is None:
            number = last + 1
            while number in given:
                number += 1
        last = max(last, number)
        yield number


class _Writer:
    """Writes the entries of one page, below the locks of everything that it may change."""

    def __init__(self, evaluation, actor, at, batch):
        self.evaluation, self.saved = evaluation, Saved()
        self.said = {"actor": actor, "at": at, "batch": batch}
        self.batch = RenaksiBatch(evaluation.unit, **self.said)
        self.now = {one.pk: one for one in self._locked()}
        self.directory = selectors.EntryNames(evaluation)

    def _locked(self):
        of_lhe = Recommendation.objects.filter(evaluation=self.evaluation)
        parts = Renaksi.objects.filter(recommendation__evaluation=self.evaluation)
        for rows in (of_lhe, parts):
            list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        return selectors.stored_recommendations(self.evaluation)

    # ── Comparing ───────────────────────────────────────────────────────────────────────────────
    def compare(self, entries: Iterable[Entry]) -> set[int]:
        """The indexes of the lines to write. Raises StaleTable when others changed or deleted one of them."""
        touched, conflicts = set(), {}
        for entry in entries:
            for line, current, parts in self._pairs(entry):
                is_changed, conflict = _judged(line, current, parts)
                if conflict:
                    conflicts[line.index] = conflict
                if is_changed:
                    touched.add(line.index)
            is_needed = any(line.index in touched for line in entry.lines)
            if entry.line.pk and entry.line.pk not in self.now and is_needed:
                conflicts[entry.line.index] = ("", GONE)
        if conflicts:
            raise StaleTable(self.evaluation, conflicts)
        return touched

    def _pairs(self, entry):
        """Each line of the block with the stored line as it is now, and the parts of its digest."""
        known = self.now.get(entry.line.pk)
        points = list(known.points.all()) if known else []
        current = selectors.head_line(known) if known else None
        yield entry.line, current, entry.parts
        stored = {point.pk: selectors.point_line(point) for point in points}
        for point in entry.points:
            yield point.line, stored.get(point.line.pk), ()
        listed = known.listed if known else []
        stored = {one.pk: selectors.renaksi_line(one, points, self.directory) for one in listed}
        for renaksi in entry.renaksi:
            yield renaksi.line, stored.get(renaksi.line.pk), renaksi.parts(entry.points)

    def finish(self) -> Saved:
        self.batch.finish()
        self.saved.renaksi = self.batch.created
        self.saved.changed += self.batch.changed
        return self.saved

    # ── Writing ─────────────────────────────────────────────────────────────────────────────────
    def write(self, entry: Entry, number: int, touched: set[int]):
        if not any(line.index in touched for line in entry.lines) and not self._is_resorted(entry):
            return
        known = self.now.get(entry.line.pk)
        if known is None and entry.line.pk:
            return  # deleted by somebody else, and nobody touched it here
        with _about(entry.line):
            if known:
                recommendation, spare = self._edit(known, entry, touched)
            else:
                recommendation, spare = self._create(entry, number), False
        points = self._points_of(recommendation, entry)
        self._write_renaksi(recommendation, entry, points, touched)
        if spare:
            with _about(entry.line):
                self._edit(known, entry, touched, is_last=True)

    def _is_resorted(self, entry):
        """Whether the page has the stored renaksi in another order than the database."""
        known = self.now.get(entry.line.pk)
        stored = [one.pk for one in known.listed] if known else []
        posted = [one.line.pk for one in entry.renaksi if one.line.pk in stored]
        return posted != [pk for pk in stored if pk in posted]

    def _create(self, entry, number):
        points = [
            {"id": None, "text": notation.to_html(one.text)} for one in entry.points if one.text
        ]
        created = create_recommendation(
            evaluation=self.evaluation,
            number=number,
            component=entry.component,
            text=notation.to_html(entry.text),
            points=points,
            **self.said,
        )
        self.saved.recommendations += 1
        created.evaluation, created.listed = self.evaluation, []
        return created

    def _edit(self, known, entry, touched, *, is_last=False):
        """The recommendation, and whether removed points stay until the renaksi that answer them moved on."""
        stored = {point.pk: point.text for point in known.points.all()}
        is_arranged = entry.line.index in touched
        if not is_arranged and not any(one.line.index in touched for one in entry.points):
            return known, False
        if is_arranged:
            rows = [
                {"id": one.key, "text": _html(one.text, stored.get(one.line.pk))}
                for one in entry.points
                if one.text
            ]
        else:
            typed = {one.line.pk: one.text for one in entry.points}
            rows = [
                {"id": pk, "text": _html(typed.get(pk, notation.from_html(text)), text)}
                for pk, text in stored.items()
            ]
        answered = {one.point_id for one in known.listed}
        kept = {row["id"] for row in rows if row["text"]}
        spare = [pk for pk in stored if pk in answered and pk not in kept]
        if not is_last:
            rows = [row for row in rows if row["id"] not in spare]
            rows += [{"id": pk, "text": stored[pk]} for pk in spare]
        fields = {"component": entry.component, "text": _html(entry.text, known.text)}
        fields = fields if is_arranged else {}
        before = known.version
        edited = edit_recommendation(
            recommendation=known, version=None, points=rows, **fields, **self.said
        )
        edited.evaluation, edited.listed = self.evaluation, known.listed
        self.saved.changed += edited.version != before and not is_last
        return edited, bool(spare)

    def _points_of(self, recommendation, entry):
        """The stored point of each line, by its place in the block."""
        stored = list(RecommendationPoint.objects.filter(recommendation=recommendation))
        by_key = {point.pk: point for point in stored}
        known = self.now.get(entry.line.pk)
        before = {point.pk for point in known.points.all()} if known else set()
        new = iter([point for point in stored if point.pk not in before])
        found: dict[int, RecommendationPoint | None] = {}
        for place, one in enumerate(entry.points, 1):
            if one.line.pk:
                found[place] = by_key.get(one.line.pk)
            elif one.text:
                found[place] = next(new, None)
            if point := found.get(place):
                point.recommendation = recommendation
                one.created = None if one.line.pk else point.pk
        return found

    def _write_renaksi(self, recommendation, entry, points, touched):
        stored = {one.pk: one for one in recommendation.listed}
        places = self._places(recommendation, entry)
        moved = self._move(stored, places, entry)
        for one in entry.renaksi:
            if one.line.index not in touched:
                continue
            with _about(one.line):
                self._write_one(one, stored, recommendation, points, places, moved)
        for pk, rows in moved.items():
            self.batch.moved(stored[pk], rows)

    def _places(self, recommendation, entry):
        """The position of each renaksi, by the index of its line or by its key.

        Renaksi that the page does not show, since somebody else has just added them, stay behind the
        one that they follow.
        """
        line_up = _merged_order([one.pk for one in recommendation.listed], entry.renaksi)
        positions = sorted(one.position for one in recommendation.listed)
        last = positions[-1] if positions else 0
        positions += range(last + 1, last + 1 + len(line_up) - len(positions))
        return dict(zip(line_up, positions, strict=True))

    def _move(self, stored, places, entry):
        """Gives stored renaksi their new positions; returns rows for the history by key."""
        wanted = {pk: places[pk] for pk in stored if places[pk] != stored[pk].position}
        lines = {one.line.pk: one.line for one in entry.renaksi}
        for pk in wanted:
            if stored[pk].status not in WORKABLE:
                message = (
                    f"{stored[pk]} terkunci, jadi hurufnya tetap. Letakkan baris lain di bawahnya."
                )
                raise ValidationError({line_key(lines.get(pk, entry.line), ""): message})
        rows = Renaksi.objects.filter(pk__in=wanted)
        rows.update(position=F("position") + OUT_OF_THE_WAY)
        found = {}
        for pk, position in wanted.items():
            found[pk] = [("position", stored[pk].position, position)]
            stored[pk].position = position
            stored[pk].save(update_fields=["position"])
        return found

    def _write_one(self, one, stored, recommendation, points, places, moved):
        if one.place and points.get(one.place) is None:
            raise ValidationError({"point": "Butir ini sudah dihapus. Tulis huruf butir lain."})
        current = stored.get(one.line.pk)
        plan = {
            "plan": _html(one.text, current.plan if current else ""),
            "lead_unit": one.lead,
            "point": points.get(one.place),
            "supporting_units" if current else "supporting": one.supporting,
            "person": one.person,
            "due_date": one.due_date,
        }
        if current:
            current.recommendation = recommendation
            self.batch.change(current, moved=moved.pop(current.pk, ()), **plan)
        else:
            self.batch.add(recommendation, places[_new(one)], **plan)


def _judged(line, current, parts):
    """Whether the line is to be written, and (new key, sentence) when somebody else was quicker."""
    if line.pk is None:
        return True, None
    typed = line.digest(parts)
    if typed == line.seen or (current and typed == current.seen):
        return False, None
    if current is None:
        return True, ("", GONE)
    if current.locked:
        return True, (line.key, current.locked)
    if current.seen != line.seen:
        words = shortened(" · ".join(filter(None, current.words())), SHOWN)
        message = f"Orang lain lebih dahulu menyimpan “{words}”. Simpan lagi untuk menggantinya."
        return True, (current.key, message)
    return True, None


def _merged_order(stored, entries):
    """Keys of stored renaksi, and `_new` of new lines, in the order that they shall have."""
    order = [one.line.pk or _new(one) for one in entries if one.line.pk in (None, *stored)]
    for place, pk in enumerate(stored):
        if pk not in order:
            order.insert(order.index(stored[place - 1]) + 1 if place else 0, pk)
    return order


def _new(one):
    return f"new {one.line.index}"


def _html(text, stored):
    """The stored text when it has these words; so what the notation cannot write is kept."""
    stored = stored or ""
    return stored if notation.from_html(stored) == notation.normal(text) else notation.to_html(text)


@contextmanager
def _about(line):
    """Names the line and the cell in a ValidationError about a field."""
    try:
        yield
    except ValidationError as error:
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        found: dict[str, list[str]] = {}
        for name, messages in named.items():
            cell = CELLS.get(name, name if hasattr(line, name) else "")
            found.setdefault(line_key(line, cell), []).extend(messages)
        raise ValidationError(found) from error
