"""The text that a coordinator pastes into a chat group: what a unit must still do, until when, and where."""

from collections.abc import Sequence
from datetime import date

from recommendations.transitions import RETURNED
from sakip.dates import format_date

MOST_LISTED = 30  # of a unit: people read a chat on a phone


def reminder_text(
    unit, body, items: Sequence, *, today: date, address: str, list_address: str
) -> str:
    """Returns the text about these renaksi of `unit`, the most urgent first.

    `address` is the start of every link (`https://…`), `list_address` the link to all items.
    """
    place = str(unit) if unit == body else f"{unit}, {body}"
    lines = [f"Tindak lanjut rekomendasi LHE: {place}", f"Keadaan {format_date(today)}"]
    number = 0
    for heading, rows in _grouped(items[:MOST_LISTED], today):
        lines += ["", f"{heading} ({len(rows)})"]
        for item in rows:
            number += 1
            lines += [f"{number}. {_line(item, today)}", f"{address}{item.get_absolute_url()}"]
    if more := len(items) - MOST_LISTED:
        lines += ["", f"dan {more} lainnya: {address}{list_address}"] if more > 0 else []
    return "\n".join(lines)


def _grouped(items, today):
    """Yields the headings that have items. A returned item stands only among the returned ones."""
    groups: dict[str, list] = {"Dikembalikan": [], "Terlambat": [], "Akan jatuh tempo": []}
    for item in items:
        if item.status == RETURNED:
            groups["Dikembalikan"].append(item)
        elif item.is_overdue(today):
            groups["Terlambat"].append(item)
        else:
            groups["Akan jatuh tempo"].append(item)
    return [(heading, rows) for heading, rows in groups.items() if rows]


def _line(item, today):
    year = item.recommendation.evaluation.performance_year
    parts = [f"{item}, LHE {year}: {item.get_plan_excerpt() or item.recommendation.title}"]
    if item.due_date:
        late = (today - item.due_date).days
        when = f"lewat {late} hari" if late > 0 else f"{-late} hari lagi" if late else "hari ini"
        parts.append(f"batas {format_date(item.due_date)} ({when})")
    if item.person:
        parts.append(f"petugas {item.person}")
    return " · ".join(parts)
