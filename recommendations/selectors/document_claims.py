"""Finds the document that says “Sudah” in the name of a unit (docs/design.md §2.3)."""

from sakip.history.entries import HistoryEntry

PRINTED_CLAIMS = (
    "claim_printed",
    "submit",
)  # the second where no person did it: the source document


def document_claim(renaksi) -> HistoryEntry | None:
    """Returns the history entry of the claim; None when a person sent the item. At most one query."""
    if not renaksi.is_claimed_by_document:
        return None
    entries = HistoryEntry.objects.about(renaksi).filter(action__in=PRINTED_CLAIMS)
    return entries.select_related("actor").order_by("-at", "-pk").first()
