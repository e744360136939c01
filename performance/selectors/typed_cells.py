"""What a person typed into cells of the entry grid and has not saved: sakip/unsaved.py keeps it on the server."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from performance.selectors.entry_grid import Grid, GridCell
from sakip.dates import time_of
from sakip.models import UnsavedText
from sakip.services import unsaved

SEEN = "lama-"  # before the name of a cell: the text that was stored when the person began to type


def about(user) -> dict:
    """Whose cells, and that all pages of the grid keep theirs together: the name of a cell is like no other."""
    return {"address": reverse("performance:entry-grid"), "actor": user}


@dataclass
class TypedCells:
    """`when` in words, None when no cell of the page is among what was typed. `closed` are the cells that nobody
    may write into any more, with the text that was typed.
    """

    when: str | None = None
    closed: list[GridCell] = field(default_factory=list)


def put_back(grids: list[Grid], user) -> TypedCells:
    """Shows in the cells what was typed into them. One query."""
    kept: UnsavedText | None = unsaved.form_kept(**about(user))
    if kept is None:
        return TypedCells()
    fields, found = dict(kept.content["fields"]), TypedCells()
    for cell in (cell for grid in grids for cell in grid.cells):
        typed = fields.get(cell.name)
        if typed is None or typed.strip() == cell.stored:
            continue
        found.when = time_of(kept.saved_at, timezone.localdate())
        cell.typed = typed
        if cell.is_open:
            cell.seen, cell.is_kept = fields.get(SEEN + cell.name, ""), True
        else:
            found.closed.append(cell)
    return found
