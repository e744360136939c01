"""Writes the check list SMART-C of an indicator."""

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
    """Replaces the whole check list. `marks` has (is met, remark) for each judged criterion.

    Raises StaleEdit when the indicator is newer than `version` and the list would change.
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
        require_version(indicator, version, "indikator")  # a StaleEdit rolls back the changes
        raise_version(indicator)
    record_changes(actor, at, indicator, changes, adding=False)
    return indicator


def smart_words(indicator) -> list[tuple[str, str]]:
    """The judgement of each criterion, as pairs of label and text."""
    return [
        (row.get_criterion_display(), judgement_in_words(_judgement((row.is_met, row.remark))))
        for row in indicator.smart_marks.all()
    ]


def _judgement(mark):
    """The mark as the history stores it; `history_words.judgement_in_words` reads it."""
    if mark is None:
        return ""
    is_met, remark = mark
    return code_of(is_met) + (f": {remark}" if remark else "")
