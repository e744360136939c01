"""Creates the databases that the measurements read.

To look at one by hand: with DJANGO_SETTINGS_MODULE=benchmarks.settings and a DATABASE_URL,
`python -m benchmarks.databases migrate` and then `python -m benchmarks.databases make_province 100000`.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmarks.measuring import ROOT, surroundings

# Renaksi of the province: all subjects share these databases. Time grows over them (`rows.Growth`). From 10,000
# on every page is full: an LHE has fifty.
SMALL, SIZES = (1_000, 5_000), (10_000, 20_000, 40_000, 100_000)


class Bench:
    """The folder of one run. Its databases are made when first needed and then used again.

    `quick` is the small run: few rounds and small sizes. The full run has the sizes of the province.
    """

    def __init__(self, folder: Path, *, quick: bool = False):
        self.folder = folder
        self.rounds = 1 if quick else 2
        self.quick = quick
        self.sizes = SMALL if quick else SIZES
        self.size = self.sizes[-1]  # of a subject that needs only one
        (folder / "media").mkdir(parents=True, exist_ok=True)
        os.environ["MEDIA_ROOT"] = str(folder / "media")  # for the processes that measure

    @cache  # noqa: B019  (there is only one Bench, and it exists during the whole run)
    def database(self, size: int, *, maker: str = "make") -> Path:
        """The path of a SQLite database that the maker has filled: `make` or `make_province`."""
        path = self.folder / f"{maker}-{size}.sqlite3"
        if not path.exists():
            shutil.copyfile(self.empty_file(), path)
            self._run(maker, size, database=path)
        return path

    def databases(self, size: int, *, maker: str = "make") -> dict[str, Path | str]:
        """The same rows in SQLite and, when run through `scripts/with-postgres`, in PostgreSQL."""
        found: dict[str, Path | str] = {"SQLite": self.database(size, maker=maker)}
        if address := self.postgresql(size, maker=maker):
            found["PostgreSQL"] = address
        return found

    @cache  # noqa: B019
    def postgresql(self, size: int, *, maker: str = "make") -> str | None:
        """The address of such a database in PostgreSQL; None without a server."""
        if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
            return None
        address = self._create(f"{maker}_{size}", template=self._empty_copy())
        self._run(maker, size, database=address)
        return address

    def scratch(self, size: int, *, maker: str, name: str) -> dict[str, Path | str]:
        """Copies of the same databases, to write in: what others read stays as it is."""
        path = self.folder / f"{name}-{size}.sqlite3"
        shutil.copyfile(self.database(size, maker=maker), path)
        found: dict[str, Path | str] = {"SQLite": path}
        if self.postgresql(size, maker=maker):
            copy = self._create(f"{name}_{size}", template=f"{maker}_{size}")
            found["PostgreSQL"] = copy
        return found

    @cache  # noqa: B019
    def empty_file(self) -> Path:
        path = self.folder / "empty.sqlite3"
        if not path.exists():
            self._run("migrate", database=path)
        return path

    @cache  # noqa: B019
    def _empty_copy(self) -> str:
        """The name of a migrated PostgreSQL database: copying it is quicker than to migrate again."""
        self._run("migrate", database=self._create("empty", template="template1"))
        return "empty"

    def _create(self, name, template) -> str:
        server = os.environ["DATABASE_URL"]
        with connect(server) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{server.rpartition('/')[0]}/{name}"

    def _run(self, *arguments, database):
        command = [sys.executable, "-m", __name__, *map(str, arguments)]
        # The log of what was written would bury the table.
        log = self.folder / "made.log"
        with log.open("a") as output:
            made = subprocess.run(
                command, cwd=ROOT, env=surroundings(database), stdout=output, stderr=output
            )
        if made.returncode:
            raise SystemExit(f"{' '.join(command[1:])} has failed:\n{log.read_text()[-3000:]}")


def connect(address: str):
    """A connection to PostgreSQL without Django, which commits each statement."""
    import psycopg
    from environ import Env

    found = Env.db_url_config(address)
    parts = {"dbname": found["NAME"], "user": found["USER"], "host": found["HOST"]}
    parts |= {"password": found["PASSWORD"], "port": found["PORT"]}
    return psycopg.connect(autocommit=True, **{key: part for key, part in parts.items() if part})


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _end(vacuum=False)


def fill(maker: str, size: str) -> None:
    """Fills a migrated database."""
    from django.db import transaction

    from benchmarks import data, province

    makers = {"make": data.make, "make_province": province.make_province}
    with transaction.atomic():
        makers[maker](int(size))
    _end()


def _end(*, vacuum=True):
    """Leaves a SQLite file that may be copied, and PostgreSQL with the statistics that autovacuum makes."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif vacuum:
            cursor.execute("VACUUM ANALYZE")
    connection.close()


if __name__ == "__main__":
    import django

    django.setup()
    name, *rest = sys.argv[1:]
    if name != "migrate":
        fill(name, *rest)
    else:
        migrate()
