"""The audit of the packages: a hole stops, an index without advisories does not and says so."""

import json
from subprocess import CompletedProcess

import pytest

from scripts import audit_packages

SAFE = {"name": "django", "version": "5.2.19", "vulns": []}
HOLE = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}],
}
UNKNOWN = {"name": "nh3", "skip_reason": "not found"}


@pytest.fixture
def told(monkeypatch):
    """told(*packages) makes the audit find these; told() makes it fail without a network."""

    def tell(*packages):
        out = json.dumps({"dependencies": packages}) if packages else ""
        done = CompletedProcess([], 1, out, "Traceback\nno network")
        monkeypatch.setattr(audit_packages.subprocess, "run", lambda *a, **options: done)

    return tell


def test_a_hole_stops(told, capsys):
    told(SAFE, HOLE)
    assert audit_packages.main("requirements.lock") == 1
    assert "pillow 1.0: PYSEC-1, mended in 1.1" in capsys.readouterr().out


@pytest.mark.parametrize("packages", [(), (UNKNOWN,)])
def test_without_advisories_it_says_so(told, capsys, packages):
    told(*packages)
    assert audit_packages.main("requirements.lock") == 0
    assert "NOT AUDITED" in capsys.readouterr().out


def test_packages_without_holes_pass(told, capsys):
    told(SAFE, UNKNOWN)
    assert audit_packages.main("requirements.lock") == 0
    assert "1 of 2 packages audited, 0 known holes" in capsys.readouterr().out
