"""The papers on security say what is there: every item is answered, every test and file that they name exists."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# OWASP ASVS 5.0.0, levels 1 and 2: how many items each section has; their numbers run from 1.
SECTIONS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 "
    "4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 "
    "7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 "
    "11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 "
    "14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2"
)
CODES = [
    f"V{section}.{number}"
    for section, count in (entry.split(":") for entry in SECTIONS.split())
    for number in range(1, int(count) + 1)
]
MET, PARTLY, OPEN, NOT_HERE = "dipenuhi", "sebagian", "belum", "tidak berlaku"
PAPERS = ["SECURITY.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
NAMED_FILE = re.compile(
    r"`((?:sakip|performance|recommendations|reports|workbooks|api|deploy|templates|static|scripts)/[\w./-]+\.\w+)`"
)


@pytest.fixture(scope="module")
def register():
    with (ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def names_in(path) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def is_there(evidence) -> bool:
    path, _, test = evidence.partition("::")
    return (ROOT / path).exists() and (not test or test in names_in(path))


def test_every_item_is_answered_once(register):
    assert len(CODES) == 253
    assert sorted(row["kode"] for row in register) == sorted(CODES)
    assert {row["tingkat"] for row in register} == {"1", "2"}
    assert {row["keadaan"] for row in register} <= {MET, PARTLY, OPEN, NOT_HERE}


def test_every_answer_has_its_ground(register):
    """What is met has evidence; what is not met, or not here, says why in a few words."""
    for row in register:
        assert 0 < len(row["pokok"].split()) <= 10, row
        assert bool(row["bukti"]) is (row["keadaan"] in (MET, PARTLY)), row
        assert row["catatan"] or row["keadaan"] == MET, row
        assert len(row["catatan"].split()) <= 25, row


def test_the_evidence_of_the_register_exists(register):
    named = {evidence for row in register for evidence in row["bukti"].split()}
    assert [evidence for evidence in sorted(named) if not is_there(evidence)] == []


def test_most_of_it_has_a_test_of_its_own(register):
    """What a test shows stays true."""
    tested = [row for row in register if "::" in row["bukti"]]
    assert len(tested) >= 120


@pytest.mark.parametrize("paper", PAPERS)
def test_links_and_files_of_a_paper_exist(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    links = {link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link}
    assert [link for link in links if not (ROOT / paper).parent.joinpath(link).exists()] == []
    named = {f"{path}::{test}" if test else path for path, test in NAMED_TEST.findall(text)}
    named |= set(NAMED_FILE.findall(text))
    assert [evidence for evidence in sorted(named) if not is_there(evidence)] == []
