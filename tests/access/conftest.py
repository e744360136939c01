"""A browser for all of these tests, and what they looked at, counted (build/access/)."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from tests import browser
from tests.access.window import Window

BUILD = Path(__file__).resolve().parents[2] / "build" / "access"


@pytest.fixture(scope="session")
def chromium():
    with browser.started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def tally():
    return {"pages": Counter(), "open": Counter(), "faults": []}


@pytest.fixture
def window(chromium, client, tally):
    window = Window(chromium, client)
    yield window
    tally["pages"].update(window.seen)
    tally["open"].update(window.open_questions)
    window.context.close()
    write(tally)


def write(tally):
    """After each test, so that a run that is broken off leaves what it found; each process has its own file."""
    BUILD.mkdir(parents=True, exist_ok=True)
    pages = {
        " ".join(map(str, key)): count for key, count in sorted(tally["pages"].items(), key=str)
    }
    name = os.environ.get("PYTEST_XDIST_WORKER", "one")
    told = json.dumps(tally | {"pages": pages}, indent=1, ensure_ascii=False)
    (BUILD / f"{name}.json").write_text(told, encoding="utf-8")
