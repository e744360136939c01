"""Keeps what was measured in `latest.json`: by size of the run and subject, with commit, date and machine."""

import json
import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LATEST = Path(__file__).parent / "latest.json"
PACKAGES = ("Django", "psycopg", "gunicorn", "weasyprint", "openpyxl", "django-import-export")


def keep(
    subject: str, rows: list[dict], *, size: str, error: str = "", path: Path = LATEST
) -> None:
    """Puts the rows in place of those of the last run of this subject and size; others stay. `error` says what
    ended the subject before its last row.

    Raises ValueError when two rows have one name: nobody could tell them apart in the next run.
    """
    names = [row["name"] for row in rows]
    if len(set(names)) < len(names):
        raise ValueError(f"{subject}: two rows have one name: {sorted(names)}")
    found = read(path)
    run = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "commit": commit(), "machine": machine()}
    run |= {"error": error} if error else {}
    found.setdefault(size, {})[subject] = run | {"versions": versions(), "rows": rows}
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def read(path: Path = LATEST) -> dict:
    return json.loads(path.read_text()) if path.exists() else {}


def commit() -> str:
    """The commit that was measured, with a plus when files differ from it; empty outside git."""
    known = _answer("git", "rev-parse", "--short=9", "HEAD")
    changed = known and _answer("git", "status", "--porcelain", "--", ":!benchmarks/latest.json")
    return f"{known}+" if changed else known


def machine() -> str:
    kind = next(
        (
            line.partition(":")[2].strip()
            for line in _lines("/proc/cpuinfo")
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{len(os.sched_getaffinity(0))} × {kind}, {memory:.0f} GiB, {system}"


def versions() -> dict[str, str]:
    known = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    if server := os.environ.get("DATABASE_URL", "").startswith("postgres") and _server_version():
        known["PostgreSQL"] = server
    return known | {package: version(package) for package in PACKAGES}


def _server_version() -> str:
    from benchmarks.databases import connect

    with connect(os.environ["DATABASE_URL"]) as connection:
        return connection.execute("SHOW server_version").fetchone()[0].split()[0]


def _answer(*command: str) -> str:
    try:
        return subprocess.run(
            command, cwd=LATEST.parent, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
