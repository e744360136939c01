"""Creates the databases that the measurements read."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmarks.measuring import ROOT, surroundings


class Bench:
    """The folder of one run. Its databases are made when first needed and then used again."""

    def __init__(self, folder: Path, *, quick: bool = False):
        self.folder = folder
        self.rounds = 1 if quick else 3
        self.quick = quick

    @cache  # noqa: B019  (there is only one Bench, and it exists during the whole run)
    def database(self, size: int, *, maker: str = "make") -> Path:
        """The path of a SQLite database that the function `maker` of `data` has filled."""
        path = self.folder / f"{maker}-{size}.sqlite3"
        self._fill(path, maker, size)
        return path

    @cache  # noqa: B019
    def databases(self, size: int) -> dict[str, Path | str]:
        """The same rows in SQLite and, when run through `scripts/with-postgres`, in PostgreSQL."""
        found = {"SQLite": self.database(size)}
        address = os.environ.get("DATABASE_URL", "")
        if address.startswith("postgres"):
            self._fill(address, "make", size)
            found["PostgreSQL"] = address
        return found

    def _fill(self, database, maker, size):
        command = [sys.executable, "-m", __name__, maker, str(size)]
        subprocess.run(command, cwd=ROOT, env=surroundings(database), check=True)


def fill(maker: str, size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from benchmarks import data

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        getattr(data, maker)(size)


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
