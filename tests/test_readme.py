"""README, .env.example and the list of tests for one database name what the program really has."""

import json
import re
from pathlib import Path

from tests.e2e import budgets

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def test_every_setting_is_explained():
    modules = sorted((ROOT / "sakip" / "settings").glob("*.py"))
    settings = "\n".join(module.read_text(encoding="utf-8") for module in modules)
    names = set(re.findall(r"environment\.(?:read_\w+)\(\s*\"(\w+)\"", settings))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert {"DATABASE_URL", "SECRET_KEY"} <= names
    assert names <= set(re.findall(r"^\| `(\w+)`", RUNNING, re.MULTILINE))
    assert names <= set(re.findall(r"^# (\w+)=", example, re.MULTILINE))


def test_every_demo_person_is_named():
    demo = json.loads((ROOT / "fixtures" / "demo.json").read_text(encoding="utf-8"))
    missing = [
        person["username"] for person in demo["people"] if f"`{person['username']}`" not in README
    ]
    assert not missing
    assert f"`{demo['password']}`" in README


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    assert targets == set(re.findall(r"^\| `make ([a-z-]+)`", README, re.MULTILINE))


def test_clicks_are_those_that_the_tests_count():
    rows = re.findall(r"^\| (T\d [^|]+?) \| (\d+) \|.*\| `(.+)` \|$", README, re.MULTILINE)
    tasks = {name: task for name, task in vars(budgets).items() if name.isupper()}
    assert [row[:2] for row in rows] == [(task.label, str(task.count)) for task in tasks.values()]
    for name, (*_, path) in zip(tasks, rows, strict=True):
        assert f"budgets.{name}.count" in (ROOT / path).read_text(encoding="utf-8")


def test_the_index_of_the_documentation_names_every_page():
    docs = ROOT / "docs"
    pages = {path.name for path in docs.glob("*.md")} - {"README.md"}
    linked = set(
        re.findall(r"\]\(([\w-]+\.md)\)", (docs / "README.md").read_text(encoding="utf-8"))
    )
    assert linked == pages


def test_what_one_database_is_enough_for_is_there():
    lines = (ROOT / "tests" / "once.txt").read_text(encoding="utf-8").split("\n")
    names = [line for line in lines if line.startswith("tests/")]
    assert [name for name in names if not list(ROOT.glob(name))] == []


def test_a_release_names_the_packages_of_the_system():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    needed = re.findall(r"^(?:LIBRARIES|SERVER) := (.+)$", makefile, re.MULTILINE)
    guide = (ROOT / "deploy" / "PASANG.md").read_text(encoding="utf-8")
    named = {name for line in re.findall(r"`([^`]+)`", guide) for name in line.split()}
    assert len(needed) == 2
    assert set(" ".join(needed).split()) <= named
