"""One version: what the program says of itself is what CHANGELOG.md and docs/running.md are about."""

import re
from pathlib import Path

import pytest
import structlog
from django.core.management import call_command
from packaging.version import Version

from sakip import __version__, dates
from sakip.operations import log_lines

ROOT = Path(__file__).parent.parent
VERSION = Version(__version__)


def newest_heading():
    """The version and the rest of the newest release: its date, or that it is not out yet."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.search(r"^## (\S+) — (.+)$", changes, re.MULTILINE).groups()


def test_the_changelog_begins_with_this_version():
    number, date = newest_heading()
    assert number == VERSION.base_version
    if VERSION.is_prerelease:
        assert date == "belum dirilis"
    else:
        assert dates.parse_date(date)


def test_the_manual_is_about_this_version():
    manual = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert f"This page is about version {VERSION.base_version}." in manual


@pytest.mark.parametrize("path", ["/akun/masuk/", "/tidak-ada/", "/admin/"])
def test_every_page_tells_the_version(admin_client, path):
    footer = admin_client.get(path, follow=True).text.rpartition("<footer")[2]
    assert f"Tindak Lanjut SAKIP</strong> {__version__}" in footer or (
        path == "/admin/" and f"Tindak Lanjut SAKIP {__version__}" in footer
    )


def test_a_command_tells_the_version(capsys):
    call_command("program_version")
    assert capsys.readouterr().out.startswith(f"Tindak Lanjut SAKIP {__version__} (Django 5.2.")


def test_the_log_tells_the_version_at_the_start():
    with structlog.testing.capture_logs() as lines:
        log_lines.tell_start("web")
    assert lines == [
        {"event": "started", "what": "web", "version": __version__, "log_level": "info"}
    ]
