"""Import and export of workbooks, compared with plain django-import-export on the same rows.

The peer is a ModelResource with the same columns, written as the manual of django-import-export shows.
It finds foreign keys by name. Its import does a dry run with differences and then the real import; its
export builds a dataset of the whole table and then the file. Our import also checks every row against the
rights and rules of the pages, keeps a preview, and writes history, undo data and the words for the
search. Our export also writes fingerprints and drop-down lists. Each import is rolled back at its end, so
that every round begins with the same rows.
"""

from datetime import date
from io import BytesIO
from pathlib import Path

from benchmarks.measuring import in_turn, measure
from benchmarks.rows import Row

RECOMMENDATIONS = 1000
NEW = 10  # new rows for each recommendation
QUICK = 100
FEW, MANY = 1000, 100_000  # exported rows
EXPORT_AIM = 4
AIMS = {"SQLite": 15, "PostgreSQL": 10}
HEAD = ("Rekomendasi", "Urutan", "Rencana aksi", "Tindak lanjut", "Penanggung jawab", "Batas waktu")
PATHS = (
    "recommendation__number",
    "position",
    "plan",
    "follow_up",
    "lead_unit__name",
    "due_date",
)
FIELDS = ("recommendation", "position", "plan", "follow_up", "lead_unit", "due_date")


def rows(bench):
    yield from _imports(bench)
    yield from _exports(bench)


def _exports(bench):
    """Measures the export with two sizes, to show how memory grows with the number of rows."""
    for size in (FEW, FEW * 10 if bench.quick else MANY):
        database = bench.database(size, maker="make_province")
        output = bench.folder / "written"
        calls = [
            lambda by=by, database=database, output=output: measure(
                f"benchmarks.excel:{by}", database=database, output=output
            )
            for by in ("ours_out", "peer_out")
        ]
        ours, peer = in_turn(*calls, rounds=1)
        yield Row(f"export, {size:,} rows", ours, peer, EXPORT_AIM if size == MANY else None)


def _imports(bench):
    size = QUICK if bench.quick else RECOMMENDATIONS
    for name, database in bench.databases(size).items():
        path = bench.folder / "renaksi.xlsx"
        measure("benchmarks.excel:workbook", database=database, output=path)
        written = bench.folder / "written"

        def imported(by, path=path, database=database, written=written):
            found = measure(f"benchmarks.excel:{by}", str(path), database=database, output=written)
            if (number := written.read_text()) != str(size * NEW):
                raise SystemExit(f"{by} has written {number} rows.")
            return found

        ours, peer = in_turn(
            lambda: imported("ours_in"),  # noqa: B023
            lambda: imported("peer_in"),  # noqa: B023
            rounds=1,
        )
        yield Row(
            f"import, {size * NEW:,} rows, {name}", ours, peer, None if bench.quick else AIMS[name]
        )


def warm_up():
    """Imports the modules that a running server has already loaded."""
    import openpyxl  # noqa: F401

    import workbooks.views.imports  # noqa: F401


def workbook() -> bytes:
    """The workbook with the new rows, which both imports read."""
    import random

    from openpyxl import Workbook

    from benchmarks.data import words
    from recommendations.models import Recommendation

    chance, book = random.Random(NEW), Workbook(write_only=True)
    page = book.create_sheet("Rencana aksi")
    page.append(HEAD)
    for row in Recommendation.objects.select_related("evaluation__unit").order_by("number"):
        evaluation = row.evaluation
        name = f"{evaluation.unit.name} {evaluation.performance_year} / {row.number}"
        first = row.renaksi.count() + 1
        for position in range(first, first + NEW):
            texts = words(chance, 10, 20), words(chance, 30, 60)
            page.append([name, position, *texts, "Biro Organisasi", date(2023, 12, position)])
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def ours_in(path) -> bytes:
    from django.core.files import File
    from django.utils import timezone

    from benchmarks.pdf import reader
    from workbooks.services import imports

    def act():
        with open(path, "rb") as file:
            run = imports.start(
                kind="renaksi", upload=File(file, "b.xlsx"), actor=reader(), at=timezone.now()
            )
        imports.preview(run)
        imports.carry_out(run, at=timezone.now())

    return _written(act)


def peer_in(path) -> bytes:
    from import_export.formats.base_formats import XLSX

    def act():
        for dry_run in (True, False):
            dataset = XLSX().create_dataset(Path(path).read_bytes())
            result = _peer()().import_data(dataset, dry_run=dry_run, raise_errors=not dry_run)
            if result.has_errors() or result.has_validation_errors():
                raise SystemExit("The peer refuses rows.")

    return _written(act)


def ours_out() -> bytes:
    from tempfile import TemporaryFile

    from sakip.models import User
    from workbooks.kinds import KINDS
    from workbooks.writers import xlsx

    with TemporaryFile() as file:
        xlsx.write(file, KINDS["renaksi"], User.objects.get(username="pimpinan"))
        return str(file.tell()).encode()


def peer_out() -> bytes:
    return str(len(_peer(PATHS)().export().xlsx)).encode()


def _written(act) -> bytes:
    """The number of renaksi that `act` adds, as text. Rolls them back."""
    from django.db import transaction

    from recommendations.models import Renaksi

    with transaction.atomic():
        before = Renaksi.objects.count()
        act()
        number = Renaksi.objects.count() - before
        transaction.set_rollback(True)
    return str(number).encode()


def _peer(attributes=FIELDS):
    from import_export import fields, resources, widgets

    from recommendations.models import Recommendation, Renaksi
    from sakip.models import Unit

    class Numbered(widgets.ForeignKeyWidget):
        def clean(self, value, row=None, **kwargs):
            return super().clean(value.rpartition(" / ")[2], row, **kwargs)

    special = {
        "recommendation": Numbered(Recommendation, "number"),
        "lead_unit": widgets.ForeignKeyWidget(Unit, "name"),
        "due_date": widgets.DateWidget(),
        "position": widgets.IntegerWidget(),
    }

    class Peer(resources.ModelResource):
        class Meta:
            model = Renaksi
            fields = FIELDS
            import_id_fields = ("recommendation", "position")

    for name, attribute, label in zip(FIELDS, attributes, HEAD, strict=True):
        widget = special.get(name) if attribute == name else None
        Peer.fields[name] = fields.Field(attribute, label, widget or widgets.CharWidget())
    return Peer
