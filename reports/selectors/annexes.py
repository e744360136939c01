"""Evidence as annexes (lampiran) of the follow-up table: “Rekomendasi 2.b → Lampiran 7, hlm. 3”."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from recommendations.models import Evidence, EvidenceRevision
from recommendations.selectors.follow_up_table import FollowUpItem, FollowUpRow

ANNEXED = (
    "annexed"  # attribute with the printed evidence of a renaksi, loaded for all renaksi at once
)


@dataclass(frozen=True)
class Annex:
    """One piece of evidence. `number` is unique in the whole report, `item` is the place in the follow-up
    table (“2.b”). `revision` is the latest file; None for a link and for a document kept elsewhere.
    """

    number: int
    item: str
    evidence: Evidence
    revision: EvidenceRevision | None

    @property
    def label(self) -> str:
        return f"Lampiran {self.number}"

    @property
    def reference(self) -> str:
        return f"Rekomendasi {self.item}"

    @property
    def pages(self) -> str:
        hint = self.evidence.page_hint.strip()
        return f"hlm. {hint}" if hint[:1].isdigit() else hint

    @property
    def place(self) -> str:
        """Returns for example “Lampiran 7, hlm. 3”."""
        return f"{self.label}, {self.pages}" if self.pages else self.label


def position(row: FollowUpRow, item: FollowUpItem | None) -> str:
    """Returns the position in the follow-up table: “2.b”, or “4” for the only item of its recommendation."""
    return f"{row.number}.{item.letter}" if item and item.letter else str(row.number)


def number_annexes(rows: Sequence[FollowUpRow]) -> list[Annex]:
    """Numbers every piece of evidence that is not archived, in the order of the table. Two queries.

    A reader who may not see all items gets numbers that are valid only for that reader's print.
    """
    load(rows)
    found: list[Annex] = []
    for row in rows:
        for item in row.items:
            for evidence in getattr(item.renaksi, ANNEXED):
                revision = next(iter(evidence.revisions.all()), None)
                found.append(Annex(len(found) + 1, position(row, item), evidence, revision))
    return found


def load(rows: Iterable[FollowUpRow]):
    """Loads the evidence of every renaksi that has not been loaded already."""
    shown = Evidence.objects.filter(is_archived=False).prefetch_related("revisions")
    renaksi = [item.renaksi for row in rows for item in row.items]
    prefetch_related_objects(renaksi, Prefetch("evidence", queryset=shown, to_attr=ANNEXED))


def by_renaksi(annexes: Sequence[Annex]) -> dict[int, list[Annex]]:
    found: dict[int, list[Annex]] = {}
    for annex in annexes:
        found.setdefault(annex.evidence.renaksi_id, []).append(annex)
    return found
