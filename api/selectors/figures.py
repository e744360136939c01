"""Summary figures for the API, from the kept ones: nothing is counted for a request."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from recommendations.models import Evaluation
from recommendations.rules.figures import FollowUpFigures, summed
from recommendations.selectors.figures import KeptFigures
from recommendations.transitions import STATUSES
from sakip.models import User


def body_rows(records: list[Evaluation], user: User, today: date) -> Iterator[dict[str, Any]]:
    """One row for each LHE: of what the reader may see of it."""
    found = summed(KeptFigures(user, today=today).counted(records), "evaluation")
    for record in records:
        yield _row(record, found.get(record.pk) or FollowUpFigures())


def unit_figure_rows(
    records: list[Evaluation], user: User, today: date
) -> Iterator[dict[str, Any]]:
    """One row for each LHE and lead unit that the reader may see."""
    counted = defaultdict(list)
    for row in KeptFigures(user, today=today).counted(records, by_unit=True):
        counted[row.evaluation].append(row)
    for record in records:
        of_units = summed(counted[record.pk], "lead_unit")
        for unit in sorted(pk for pk in of_units if pk is not None):
            yield {"unit": unit, **_row(record, of_units[unit])}


def _row(record, figures):
    progress = figures.progress
    return {
        "evaluation": record.pk,
        "body": record.unit_id,
        "performance_year": record.performance_year,
        "total": figures.total,
        **{status: getattr(figures, status) for status in STATUSES},
        "countable": progress.countable,
        "claimed": progress.claimed,
        "verified": progress.verified,
        "late": figures.overdue,
        "oldest_due": figures.oldest_due,
    }
