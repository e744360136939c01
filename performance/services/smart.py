"""The check list SMART-C of an indicator."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from performance.history_words import judgement_in_words
from performance.models import Indicator, SmartMark
from performance.permissions import indicator_policy
from performance.services.shared import lock_indicator, record_changes
from sakip.editing import require_version
from sakip.errors import require
from sakip.history.words import code_of
from sakip.models import User
from sakip.writing import raise_version, write


@transaction.atomic
def judge_indicator(
    *,
    indicator: Indicator,
    marks: Mapping[str, tuple[bool, str]],
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Indicator:
    """Writes the check list SMART-C whole: by criterion whether it is met, and a remark.

    StaleEdit when the indicator is newer than `version` and the list would change.
    """
    indicator = lock_indicator(indicator)
    require(indicator_policy.check(actor, "edit", indicator))
    stored = {row.criterion: row for row in indicator.smart_marks.all()}
    changes = []
    for code in SmartMark.Criterion.values:
        row, given = stored.get(code), marks.get(code)
        before = (row.is_met, row.remark) if row else None
        if before == given:
            continue
        changes.append((f"smart_{code}", _judgement(before), _judgement(given)))
        if row and given is None:
            row.delete()
        elif given is not None:
            row = row or SmartMark(indicator=indicator, criterion=code)
            write(row, is_met=given[0], remark=given[1])
    if changes:
        require_version(
            indicator, version, "indikator"
        )  # what was written goes with the transaction
        raise_version(indicator)
    record_changes(actor, at, indicator, changes, adding=False)
    return indicator


def smart_words(indicator) -> list[tuple[str, str]]:
    """How each criterion was judged, as pairs of label and words."""
    return [
        (row.get_criterion_display(), judgement_in_words(_judgement((row.is_met, row.remark))))
        for row in indicator.smart_marks.all()
    ]


def _judgement(mark):
    """As the history keeps it: `history_words.judgement_in_words` reads it."""
    if mark is None:
        return ""
    is_met, remark = mark
    return code_of(is_met) + (f": {remark}" if remark else "")
