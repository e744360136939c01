"""Worker processes. They end with their document and also when the process that started them dies."""

import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[2]
MAX_PROCESSES = 4  # processes for one document


class WorkerFailed(Exception):
    """A process could not be started or has died. The message holds its standard error."""


class Workers:
    """`submit(job)` returns a Future of (report, content). Leaving the `with` block ends all processes."""

    def __init__(self):
        self._count = min(MAX_PROCESSES, _processors())
        self._idle = SimpleQueue()
        self._processes = []

    def __enter__(self):
        try:
            for _ in range(self._count):
                self._processes.append(_start())
                self._idle.put(self._processes[-1])
        except OSError as error:
            self.__exit__(None, None, None)
            raise WorkerFailed("No process could be started.") from error
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="typesetting")
        return self

    def __exit__(self, *_):
        for process in self._processes:
            process.kill()
        if hasattr(self, "_threads"):
            self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            with process:
                pass

    @property
    def count(self) -> int:
        return self._count

    def call(self, function, *arguments) -> Future:
        """Runs a function that itself calls `work`, in parallel with the others."""
        return self._threads.submit(function, *arguments)

    def work(self, job: dict, on_page=lambda page: None) -> tuple[dict, bytes]:
        """Calls `on_page` with the number of each page that was laid out."""
        process = self._idle.get()
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
            report = _answer(process, on_page)
            content = process.stdout.read(report["length"]) if report else b""
        except (OSError, ValueError) as error:
            raise WorkerFailed("A process has died.") from error
        finally:
            self._idle.put(process)
        if report is None or len(content) < report["length"]:
            raise WorkerFailed("A process has died.")
        return report, content


def _answer(process, on_page):
    while line := process.stdout.readline():
        said = json.loads(line)
        if "page" not in said:
            return said
        on_page(said["page"])
    return None


def _start() -> subprocess.Popen:
    command = [sys.executable, "-m", "reports.typesetting.worker"]
    return subprocess.Popen(  # noqa: S603 (nothing in the command comes from outside)
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1
