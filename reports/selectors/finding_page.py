"""What the page of the consistency findings shows: one page of them, by rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator

from reports.exports.kept_pages import kept
from reports.permissions import may_dismiss
from sakip.consistency import reading, renewing
from sakip.consistency.finding import DismissedFinding, Finding
from sakip.consistency.rules import RULES, FindingRule
from sakip.editing import digest
from sakip.policy import Decision


@dataclass(frozen=True)
class FindingRow:
    """One finding on the page. `allowed` says whether the reader may dismiss it or make it count again."""

    finding: Finding
    said: DismissedFinding | None
    allowed: Decision

    @cached_property
    def seen(self) -> str:
        """Identifies the finding and its dismissal as the page shows them."""
        return digest_of(self.finding, self.said)

    @cached_property
    def choice(self) -> str:
        return f"{self.seen} {self.finding.key}"

    @property
    def mending_url(self) -> str:
        """Where it is mended; the page of the record for a reader who may not edit it."""
        return self.finding.mending_url if self.allowed else self.finding.url


@dataclass(frozen=True)
class RuleGroup:
    """The findings of one rule on this page; `number` counts those of all pages."""

    rule: FindingRule
    number: int
    rows: list[FindingRow]

    @cached_property  # each row asks
    def has_choice(self) -> bool:
        """Several can be dismissed at once; a single one has its own page for it."""
        return sum(bool(row.allowed) for row in self.rows) > 1

    @cached_property
    def shared_message(self) -> str:
        """The sentence that all of them say; "" when they differ."""
        messages = {row.finding.message for row in self.rows}
        return messages.pop() if len(messages) == 1 else ""


@dataclass(frozen=True)
class WaitingFindings:
    """`counts` by rule. Without `page` and `groups` they are too many for one page."""

    counts: list[tuple[FindingRule, int]]
    total: int
    page: Page | None = None
    groups: Sequence[RuleGroup] = ()


def digest_of(finding: Finding, said: DismissedFinding | None) -> str:
    return digest([finding.message, said and said.message, said and said.reason])


def waiting(user, found, number, *, one_rule, about) -> WaitingFindings:
    """The findings that nobody has dismissed. `found` are KeptFinding rows, `about` (JSON) says which.

    When they are more than a page, the page lists the rules alone, until the reader chooses `one_rule`.
    """
    rows = found.filter(dismissal=None)
    counts = counts_of(user, rows, about)
    total = sum(some for _, some in counts)
    if total > settings.PAGE_LENGTH and not one_rule:
        return WaitingFindings(counts, total)
    paginator = Paginator(rows.order_by(*ORDER), settings.PAGE_LENGTH)
    paginator.count = total  # known already: counting costs as much as the page
    page = paginator.get_page(number)
    numbers = dict(counts)
    groups = [
        RuleGroup(rule, numbers[rule], list(some))
        for rule, some in groupby(_rows(user, page), key=lambda row: row.finding.rule)
    ]
    return WaitingFindings(counts, total, page, groups)


def counts_of(user, rows, about) -> list[tuple[FindingRule, int]]:
    """By rule; stored until something changes, because the database would count every finding."""

    def count():
        is_current = (
            renewing.renew_if_possible()
        )  # what changed since the page began has another number
        found = [(rule.code, number) for rule, number in reading.counts(rows)]
        return found, sum(number for _, number in found) if is_current else 0

    found = kept(user, about=("findings", *about), count=count)
    return [(RULES[code], number) for code, number in found]


@dataclass(frozen=True)
class DismissedFindings:
    """No page when nobody has ever dismissed a finding."""

    page: Page | None = None
    rows: Sequence[FindingRow] = ()


def dismissed(user, found, number) -> DismissedFindings:
    """One page of the dismissed findings."""
    if not DismissedFinding.objects.exists():
        return DismissedFindings()
    rows = found.exclude(dismissal=None).select_related("dismissal__dismissed_by")
    page = Paginator(rows.order_by(*ORDER), settings.PAGE_LENGTH).get_page(number)
    return DismissedFindings(page, _rows(user, page))


ORDER = ("rank", "code", "body_id", "scope", "place")


def _rows(user, page: Iterable[Any]) -> list[FindingRow]:
    return [
        FindingRow(finding, said, may_dismiss(user, finding.record))
        for finding, said in reading.findings(page)
    ]
