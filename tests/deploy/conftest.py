"""The server as it is installed: `make test-deploy`. Runs only inside `scripts/throwaway-machine`."""

import os
from pathlib import Path

import pytest

from tests.deploy.machine import Machine

FIGURES = pytest.StashKey[list]()
HERE = Path(__file__).parent


def pytest_configure(config):
    config.stash.setdefault(FIGURES, [])


def pytest_collection_modifyitems(items):
    """A server takes its time to install, and a slow disk more."""
    for item in items:
        if item.path.parent == HERE and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(20 * 60))


def pytest_terminal_summary(terminalreporter, config):
    if config.stash[FIGURES]:
        terminalreporter.section("figures")
        for name, value in config.stash[FIGURES]:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def figure(request):
    """figure("Observatory, sign-in page", "A+, 135") is printed at the end of the run."""
    return lambda name, value: request.config.stash[FIGURES].append((name, value))


@pytest.fixture(scope="session")
def machine(figure):
    """A fresh server with the demo, reached through nginx."""
    assert os.environ.get("SAKIP_THROWAWAY_MACHINE"), "Start these tests with `make test-deploy`."
    machine = Machine()
    machine.bring_program()
    machine.bring_certificate()
    machine.start_postgres()
    machine.installed = machine.install()
    machine.complete_settings()
    machine.backed_up = machine.run_service("sakip-backup.service")
    machine.verified = machine.run_service("sakip-verify.service")
    machine.completed = machine.manage("check", "--deploy", "--fail-level", "WARNING", check=False)
    machine.manage("load_demo")
    machine.open_socket()
    try:
        machine.start_web()
        machine.start("sakip-documents.service")
        machine.start_nginx()
        yield machine
    finally:
        machine.stop_all()
