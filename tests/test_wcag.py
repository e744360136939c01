"""The table of WCAG names every criterion once, and tests that are there (`docs/wcag.md`)."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs" / "wcag.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (\d\.\d\.\d+) (.+?) \| (A{1,2}) \| (.+) \| (.+) \| (.+) \|$", TABLE, re.MULTILINE
)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_criterion_stands_there_once_in_order():
    numbers = [tuple(map(int, row[0].split("."))) for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert Counter(row[2] for row in ROWS) == {"A": 31, "AA": 24}
    assert (4, 1, 1) not in numbers  # WCAG 2.2 has taken it out


def test_the_tests_that_it_names_are_there():
    named = NAMED.findall(TABLE)
    assert len(named) > 25
    for path, name in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {name}(" in text if name else "def " in text, (path, name)


def test_each_row_says_how_it_is_checked():
    for number, *_, checked, _ in ROWS:
        assert re.search(r"axe|tests/|probe|dilihat \d+ \w+ 20\d\d", checked), number
