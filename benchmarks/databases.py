"""Where measurements find their data."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmarks.measuring import ROOT, surroundings


class Bench:
    """A folder for one run, and databases in it that are made once."""

    def __init__(self, folder: Path, *, quick: bool = False):
        self.folder = folder
        self.rounds = 1 if quick else 3
        self.quick = quick

    @cache  # noqa: B019  (there is one bench, and it lives as long as the run)
    def database(self, recommendations: int) -> Path:
        path = self.folder / f"{recommendations}.sqlite3"
        command = [sys.executable, "-m", __name__, str(recommendations)]
        subprocess.run(command, cwd=ROOT, env=surroundings(path), check=True)
        return path


def fill(recommendations: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from benchmarks import data

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        data.make(recommendations)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
