"""One call in a fresh process: seconds, and megabytes of it and its children together.

Run as a script it is that process: it sets Django up, lets the subject `warm_up()` as a server that
runs has, makes the call, writes what the call returned.
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
INTERVAL = 0.05  # seconds between two looks at the memory
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measurement:
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Row:
    """`aim` is the least ratio wanted, None where only the figure is of interest; what has no peer
    has no `peer`."""

    name: str
    ours: Measurement
    peer: Measurement | None = None
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.peer and self.peer.seconds / self.ours.seconds


def measure(call: str, *arguments, database: Path | str, output: Path) -> Measurement:
    """`call` is "module:function" of this package; the bytes that it returns are left in `output`."""
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
    """`database` is the file of SQLite's, or an address."""
    is_file = isinstance(database, Path)
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{database}" if is_file else database,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "MEDIA_ROOT": str(database.parent / "media") if is_file else tempfile.gettempdir(),
    }


def in_turn(*calls: Callable[[], Measurement], rounds: int) -> list[Measurement]:
    """Each call once a round; of the rounds the fastest, with the most memory of any."""
    results = [[call() for call in calls] for _ in range(rounds)]
    return [
        Measurement(min(one.seconds for one in column), max(one.megabytes for one in column))
        for column in zip(*results, strict=True)
    ]


def _resident(pid: int) -> int:
    """Bytes in memory of a process and its descendants; what they share counts for each of them."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [
            child for thread in threads for child in (thread / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0  # has just ended
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
