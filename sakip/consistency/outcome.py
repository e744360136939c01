"""Separates the findings that people have dismissed from the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from sakip.consistency.finding import DismissedFinding, Finding


@dataclass(frozen=True)
class SortedFindings:
    """Findings that nobody has handled yet, and dismissed ones, each with its DismissedFinding."""

    waiting: list[Finding]
    dismissed: list[tuple[Finding, DismissedFinding]]


def sort_out(findings: Iterable[Finding]) -> SortedFindings:
    """Sorts the findings into waiting and dismissed ones. One query."""
    said = {row.key: row for row in DismissedFinding.objects.select_related("dismissed_by")}
    outcome = SortedFindings([], [])
    for finding in findings:
        row = said.get(finding.key)
        if row and row.message == finding.message:
            outcome.dismissed.append((finding, row))
        else:
            outcome.waiting.append(finding)
    return outcome
