"""Measures one call in a new process: its seconds, and the megabytes of the process and its children.

The new process runs this module as a script. It sets up Django, calls `warm_up()` of the subject to load
what a running server has loaded, makes the call, and writes the result of the call to a file.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INTERVAL = 0.05  # seconds between two readings of the memory
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measurement:
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Row:
    """One row of the printed table. `peer` is None when there is nothing to compare with.

    `aim` is the smallest wanted ratio of the peer's time to ours; None when there is no goal.
    """

    name: str
    ours: Measurement
    peer: Measurement | None = None
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.peer and self.peer.seconds / self.ours.seconds


def measure(call: str, *arguments, database: Path | str, output: Path) -> Measurement:
    """Runs `call`, "module:function" of this package; writes the bytes that it returns to `output`."""
    command = [sys.executable, "-m", __name__, call, json.dumps(arguments), str(output)]
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings(database), stdout=subprocess.PIPE
    ) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(INTERVAL)
        report = process.stdout.read()
    if process.returncode:
        raise SystemExit(f"{call} has failed.")
    return Measurement(json.loads(report)["seconds"], peak / 1e6)


def surroundings(database: Path | str) -> dict[str, str]:
    """The environment of the new process. `database` is the path of a SQLite file, or a URL."""
    is_file = isinstance(database, Path)
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{database}" if is_file else database,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "MEDIA_ROOT": str(database.parent / "media") if is_file else tempfile.gettempdir(),
    }


def in_turn(*calls: Callable[[], Measurement], rounds: int) -> list[Measurement]:
    """Makes each call once per round; returns for each call its shortest time and its largest memory."""
    results = [[call() for call in calls] for _ in range(rounds)]
    return [
        Measurement(min(one.seconds for one in column), max(one.megabytes for one in column))
        for column in zip(*results, strict=True)
    ]


def _resident(pid: int) -> int:
    """Bytes in memory of a process and its descendants. Shared memory counts once for each process."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [
            child for thread in threads for child in (thread / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0  # the process has just ended
    return pages * PAGE + sum(_resident(int(child)) for child in children)


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
    Path(output).write_bytes(content)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
