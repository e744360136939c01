"""The rules of the consistency checks: their words, and what to do about a finding (docs/design.md §2.6).

Each app registers its own rules (`<app>/rules/finding_words.py`). A finding holds the code of its rule
and figures; its sentence is made from them when it is read.
"""

from dataclasses import dataclass

SEVERITIES = {"error": "Kesalahan", "warning": "Peringatan", "info": "Keterangan"}
RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True)
class FindingRule:
    """One rule. `message` is a template for `str.format`, filled with the figures of a finding.

    `advice` says what to do. `page` is the name of the page where the record is mended; it takes the
    key of the record, and its year if `by_year`. "" means the page of the record itself. `is_whole`:
    the finding counts over the whole evaluation, so people who see only a part of it do not see it.
    """

    code: str
    severity: str
    title: str
    message: str
    advice: str
    page: str = ""
    by_year: bool = False
    is_whole: bool = False

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return RANKS[self.severity]


RULES: dict[str, FindingRule] = {}


def register(*rules: FindingRule):
    RULES.update((rule.code, rule) for rule in rules)
