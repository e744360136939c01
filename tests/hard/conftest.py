"""Slow tests against real servers: `make test-hard`. ARGS="--rounds 5" for a short run.

Each test prints its figure at the end of the run; `docs/keandalan.md` names it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.hard.office import Office

FIGURES = pytest.StashKey[list]()
HERE = Path(__file__).parent


def pytest_configure(config):
    config.stash[FIGURES] = []


def pytest_collection_modifyitems(items):
    """An installation takes its time on a slow disk, beside everything else."""
    for item in items:
        if item.path.parent == HERE and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(20 * 60))


def pytest_terminal_summary(terminalreporter, config):
    if config.stash[FIGURES]:
        terminalreporter.section("figures")
        for name, value in config.stash[FIGURES]:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture
def rounds(request):
    return request.config.getoption("--rounds")


@pytest.fixture
def figure(request):
    """figure("uploads killed", "50, no orphan") is printed at the end of the run."""
    return lambda name, value: request.config.stash[FIGURES].append((name, value))


@pytest.fixture(scope="session")
def is_postgres():
    return "postgres" in settings.DATABASES["default"]["ENGINE"]


def _run(*command):
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def filled(tmp_path_factory, is_postgres):
    """An installation with the demo, from which every other is copied."""
    folder = tmp_path_factory.mktemp("filled")
    if is_postgres:
        own = settings.DATABASES["default"]
        server = ["--host", own["HOST"], "--username", own["USER"]]
        _run("createdb", *server, "hard_filled")
        url = os.environ["DATABASE_URL"]  # that of scripts/with-postgres
        office = Office(folder, f"{url.rpartition('/')[0]}/hard_filled")
        office.server_options = server
    else:
        office = Office(folder, f"sqlite:///{folder}/db.sqlite3")
    office.manage("migrate")
    office.manage("load_demo")
    return office


@pytest.fixture
def make_office(filled, tmp_path_factory, is_postgres):
    """make_office(**settings) gives an installation of one's own with the demo; it is stopped afterwards.

    With `is_empty` it has neither tables nor files.
    """
    offices = []

    def make(*, is_empty=False, **environment):
        folder = tmp_path_factory.mktemp("office")
        if is_postgres:
            name = folder.name.replace("-", "_")
            template = "template0" if is_empty else "hard_filled"
            _run("createdb", *filled.server_options, "--template", template, name)
            url = filled.environment["DATABASE_URL"].replace("hard_filled", name)
        else:
            for file in [] if is_empty else filled.folder.glob("db.sqlite3*"):
                shutil.copy(file, folder)
            url = f"sqlite:///{folder}/db.sqlite3"
        if not is_empty:
            shutil.copytree(filled.media, folder / "media")
        offices.append(Office(folder, url, **environment))
        return offices[-1]

    yield make
    for office in offices:
        office.stop()


@pytest.fixture
def office(make_office):
    return make_office()
