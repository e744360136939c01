"""axe-core in a page: what it finds against WCAG 2.2 A and AA and its own good practice (`scripts/install-axe`)."""

from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "build/axe/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, rules: {"label-content-name-mismatch": {enabled: true}}, resultTypes: ["violations", "incomplete"]})
  .then(({violations, incomplete}) => [violations, incomplete].map(kind => kind.flatMap(rule => rule.nodes.map(
    node => ({rule: rule.id, at: node.target.flat().join(" "), why: (node.any[0] || node.all[0] || node.none[0])?.message ?? rule.help})))))"""

needs_axe = pytest.mark.skipif(
    not SCRIPT.exists(), reason="axe-core is not installed: npm is missing on this machine."
)


def violations(page) -> list[dict]:
    """Each with `rule`, `at` (a selector) and `why`."""
    return findings(page)[0]


def findings(page) -> tuple[list[dict], list[dict]]:
    """What is wrong, and what axe leaves for people to judge."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))  # a tag would be against the policy
    wrong, open_ = page.evaluate(RUN, TAGS)
    return wrong, open_
