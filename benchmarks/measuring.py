"""Measures one call in a new process: its seconds, and the megabytes of the process and its children.

The new process runs this module as a script. It sets up Django, calls `warm_up()` of the subject to load
what a running server has loaded, makes the call, and writes the result of the call to a file.
"""

import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.rows import Measurement, Row  # noqa: F401  (subjects may take Row from here)

ROOT = Path(__file__).resolve().parent.parent
INTERVAL = 0.05  # seconds between two readings of the memory
SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def measure(call: str, *arguments, database: Path | str, output: Path) -> Measurement:
    """Runs `call`, "module:function" of this package; writes the bytes that it returns to `output`."""
    command = [sys.executable, "-m", __name__, call, json.dumps(arguments), str(output)]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            command, cwd=ROOT, env=surroundings(database), stdout=subprocess.PIPE, stderr=log
        ) as process,
    ):
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(INTERVAL)
        report = process.stdout.read()
        if process.returncode:
            log.seek(0)
            raise SystemExit(f"{call} has failed:\n{log.read().decode()[-3000:]}")
    return Measurement(json.loads(report)["seconds"], peak / 1e6)


def ask(call: str, *arguments, database: Path | str) -> Any:
    """Runs `call` in a new process; returns what it returns, which must be JSON. Measures nothing itself."""
    with tempfile.NamedTemporaryFile(prefix="sakip-bench-") as answer:
        measure(call, *arguments, database=database, output=Path(answer.name))
        return json.load(answer)


def surroundings(database: Path | str) -> dict[str, str]:
    """The environment of the new process. `database` is the path of a SQLite file, or a URL."""
    is_file = isinstance(database, Path)
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{database}" if is_file else database,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "SECRET_KEY": "a-key-for-tests-only-"
        + "x" * 40,  # not that of an `.env`, which gunicorn reads
        "HISTORY_KEY": "",
    }


def in_turn(*calls: Callable[[], Measurement], rounds: int) -> list[Measurement]:
    """Makes each call once per round; returns for each call its shortest time and its largest memory."""
    results = [[call() for call in calls] for _ in range(rounds)]
    return [
        Measurement(min(one.seconds for one in column), max(one.megabytes for one in column))
        for column in zip(*results, strict=True)
    ]


def _resident(pid: int) -> int:
    """Bytes in memory of a process and its descendants. What they share counts once (Pss)."""
    try:
        size = SHARE.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [
            child for thread in threads for child in (thread / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0  # the process has just ended
    return (int(size[1]) * 1024 if size else 0) + sum(_resident(int(child)) for child in children)


def main(call, arguments, output):
    import django

    django.setup()
    module, function = call.split(":")
    subject = importlib.import_module(module)
    function = getattr(subject, function)
    subject.warm_up()

    started = time.perf_counter()
    content = function(*json.loads(arguments))
    seconds = time.perf_counter() - started
    is_bytes = isinstance(content, bytes)
    Path(output).write_bytes(content if is_bytes else json.dumps(content).encode())
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
