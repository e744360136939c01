"""Shared code of the reports with one row per renaksi: its recommendation, its annexes, its texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from recommendations.selectors.follow_up_table import FollowUpItem, FollowUpRow
from reports.definitions.follow_up_table import recommendation_record
from reports.selectors import annexes
from reports.selectors.annexes import Annex
from reports.tables.table import Column, Record, values_of
from sakip.dates import format_date
from sakip.numbers import list_letter


@dataclass(frozen=True)
class ItemRow:
    """One row of a report. `item` is None when the recommendation has no renaksi yet.

    `is_first` marks the first row of a recommendation; only this row prints the recommendation's text.
    `points` are the (position, text) of the recommendation's points that are printed in this row.
    `answers` is the letter of the point that this renaksi answers, when each renaksi answers its own.
    """

    row: FollowUpRow
    item: FollowUpItem | None
    is_first: bool
    points: tuple[tuple[int, str], ...]
    annexes: tuple[Annex, ...]
    answers: str = ""

    @property
    def position(self) -> str:
        return annexes.position(self.row, self.item)

    @property
    def recommendation(self) -> str:
        return self._html("recommendation_part")

    @property
    def follow_up(self) -> str:
        return self._html("plan_and_follow_up")

    @property
    def places(self) -> str:
        """Returns for example “Lampiran 1, hlm. 3; Lampiran 2”."""
        return "; ".join(annex.place for annex in self.annexes)

    def _html(self, template):
        return render_to_string(f"reports/cells/{template}.html", {"entry": self})


def item_rows(rows: Sequence[FollowUpRow]) -> list[ItemRow]:
    """Returns one row per renaksi, and one row for a recommendation without renaksi. Two queries.

    A recommendation that has renaksi is left out when the reader may see none of them.
    """
    proofs = annexes.by_renaksi(annexes.number_annexes(rows))
    return [entry for row in rows for entry in _entries(row, proofs)]


def _entries(row, proofs):
    points = list(enumerate(row.points, start=1))
    if not row.items:
        if not row.hidden:
            yield ItemRow(row, None, True, tuple(points), ())
        return
    ids = [point.pk for point in row.recommendation.points.all()]
    answered = [
        ids.index(pk) if (pk := item.renaksi.point_id) in ids else None for item in row.items
    ]
    one_each = sorted(at for at in answered if at is not None) == list(range(len(points)))
    one_each = one_each and None not in answered
    for number, (item, at) in enumerate(zip(row.items, answered, strict=True)):
        is_first = number == 0
        beside = points if is_first and not one_each else [] if at is None else [points[at]]
        found = proofs.get(item.renaksi.pk, ())
        answers = list_letter(beside[0][0]) if one_each and len(points) > 1 else ""
        yield ItemRow(row, item, is_first, tuple(beside), tuple(found), answers)


def item_records(entry: ItemRow, columns: Sequence[Column]) -> Iterator[Record]:
    """Returns Records: the recommendation, in the row that prints its text, then the renaksi with its
    cells.
    """
    if entry.is_first:
        yield recommendation_record(entry.row)
    values = values_of(columns, entry)
    if entry.answers:
        values.append(("Menjawab butir", entry.answers))
    key = entry.item.renaksi.pk if entry.item else f"tanpa:{entry.row.recommendation.pk}"
    yield Record(f"renaksi:{key}", f"Rekomendasi {entry.position}", values, entry.position)


def source(evaluation) -> list[str]:
    """Returns “Sumber: LHE Nomor … tanggal …”, or an empty text when the letter is not recorded."""
    words = f"LHE Nomor {evaluation.letter_number}" if evaluation.letter_number else ""
    if words and evaluation.letter_date:
        words += f" tanggal {format_date(evaluation.letter_date)}"
    return [f"Sumber: {words}"] if words else []


def as_of(today) -> str:
    return f"Keadaan per {format_date(today)}"
