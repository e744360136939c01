"""Import and export of workbooks, beside plain django-import-export and beside the bare work, on the same rows.

The peer is a ModelResource with the same columns, written as the manual of django-import-export shows.
It finds foreign keys by name. Its import does a dry run with differences and then the real import; its
export builds a dataset of the whole table and then the file. Our import also checks every row against the
rights and rules of the pages, keeps a preview, and writes history, undo data and the words for the
search. Our export also writes fingerprints, heights, looks and drop-down lists.

The bare export writes the same cells, already in memory, with XlsxWriter in constant memory. The bare import
reads the file with openpyxl in its read-only mode and inserts the rows with `bulk_create`. Each import is
rolled back at its end, so that every round begins with the same rows.
"""

import threading
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

from benchmarks.measuring import ask, measure
from benchmarks.rows import Bound, Growth, Measurement, Row
from benchmarks.turns import used_by

NEW = 10  # new rows for each recommendation
SMALL_IMPORTED, IMPORTED = (
    (50, 100),
    (125, 250, 500, 1_000),
)  # recommendations; the last has the rows of the table
WITH_PEER = 10_000
EXPORT_AIM, EXPORT_LIMIT = 4, 1.3
IMPORT_AIM, IMPORT_LIMIT = 10, 4
GROWTH, MEGABYTES = 1.05, 20
MOMENT = 0.02  # seconds between two looks at the memory
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
    """With the sizes that show how time grows, and the megabytes that a hundred thousand rows take."""
    found = {}
    for size in bench.sizes:
        database = bench.database(size, maker="make_province")
        with_peer = size in (WITH_PEER, bench.size)
        found[size] = ask(
            "benchmarks.excel:exports_in_turn", bench.rounds, with_peer, database=database
        )
        if with_peer:
            yield _row(f"export, {size:,} rows", found[size], EXPORT_AIM, EXPORT_LIMIT)
    last = bench.size
    yield Bound(f"export, {last:,} rows: growth", found[last]["megabytes"], MEGABYTES, "MB")
    seconds = {size: one["ours"] for size, one in found.items()}
    yield Growth("export, growth with the rows", seconds, GROWTH)


def _imports(bench):
    sizes = SMALL_IMPORTED if bench.quick else IMPORTED
    for name in bench.databases(sizes[0]):
        found = {}
        for size in sizes:
            database, path = bench.databases(size)[name], bench.folder / f"renaksi-{size}.xlsx"
            measure("benchmarks.excel:workbook", database=database, output=path)
            arguments = (str(path), size * NEW, bench.rounds, size == sizes[-1])
            found[size * NEW] = ask(
                "benchmarks.excel:imports_in_turn", *arguments, database=database
            )
        many = max(found)
        yield _row(f"import, {many:,} rows, {name}", found[many], IMPORT_AIM, IMPORT_LIMIT)
        seconds = {number: one["ours"] for number, one in found.items()}
        yield Growth(f"import, growth with the rows, {name}", seconds, GROWTH)


def _row(name, found, aim, limit):
    ours, peer, bare = (Measurement(found[one]) for one in ("ours", "peer", "bare"))
    return Row(name, ours, peer, aim, bare, limit)


def _in_turn(calls, peer, rounds) -> dict:
    """The median seconds of each call; the peer, which takes minutes, is called once."""
    from benchmarks.turns import take_turns

    found = take_turns(calls, rounds=rounds)
    return found | ({"peer": used_by(peer)} if peer else {})


def exports_in_turn(rounds, with_peer) -> dict:
    ours_out()
    megabytes = _grown_by(ours_out)
    cells = _cells()
    calls = {"ours": ours_out, "bare": lambda: bare_out(cells)}
    return _in_turn(calls, peer_out if with_peer else None, rounds) | {"megabytes": megabytes}


def imports_in_turn(path, wanted, rounds, with_peer) -> dict:
    def checked(by):
        if (number := _written(lambda: by(path))) != wanted:
            raise SystemExit(f"{by.__name__} has written {number} rows instead of {wanted}.")

    calls = {"ours": lambda: checked(ours_in), "bare": lambda: checked(bare_in)}
    return _in_turn(calls, (lambda: checked(peer_in)) if with_peer else None, rounds)


def _grown_by(act) -> float:
    """The megabytes that the memory of this process grows by at most, without the pages of mapped files."""
    seen, done = [_anonymous()], threading.Event()

    def look():
        while not done.wait(MOMENT):
            seen.append(_anonymous())

    watcher = threading.Thread(target=look)
    watcher.start()
    act()
    done.set()
    watcher.join()
    return max(seen) - seen[0]


def _anonymous() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1e3
    raise LookupError("This system does not tell how much memory a process has of its own.")


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


def ours_in(path):
    from django.core.files import File
    from django.utils import timezone

    from benchmarks.pdf import reader
    from workbooks.services import imports

    with open(path, "rb") as file:
        run = imports.start(
            kind="renaksi", upload=File(file, "b.xlsx"), actor=reader(), at=timezone.now()
        )
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())


def bare_in(path):
    import openpyxl

    from recommendations.models import Recommendation, Renaksi
    from sakip.models import Unit
    from workbooks.columns.cells import RichTextWidget

    rich = RichTextWidget().stored
    numbers = {str(one.number): one for one in Recommendation.objects.all()}
    units = {unit.name: unit for unit in Unit.objects.all()}
    rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(
        min_row=2, values_only=True
    )
    Renaksi.objects.bulk_create(
        Renaksi(
            recommendation=numbers[name.rpartition(" / ")[2]],
            position=position,
            plan=rich(plan),
            follow_up=rich(follow_up),
            lead_unit=units[unit],
            due_date=day.date(),
        )
        for name, position, plan, follow_up, unit, day in rows
    )


def peer_in(path):
    from import_export.formats.base_formats import XLSX

    for dry_run in (True, False):
        dataset = XLSX().create_dataset(Path(path).read_bytes())
        result = _peer()().import_data(dataset, dry_run=dry_run, raise_errors=not dry_run)
        if result.has_errors() or result.has_validation_errors():
            raise SystemExit("The peer refuses rows.")


def ours_out():
    from sakip.models import User
    from workbooks.kinds import KINDS
    from workbooks.writers import xlsx

    with TemporaryFile() as file:
        xlsx.write(file, KINDS["renaksi"], User.objects.get(username="pimpinan"))


def _cells() -> list[list]:
    """What `ours_out` writes into its cells."""
    from sakip.models import User
    from workbooks.kinds import KINDS
    from workbooks.writers import exports

    found = exports.exports(KINDS["renaksi"], User.objects.get(username="pimpinan"))
    return [[*values, mark] for export in found for values, mark in export]


def bare_out(cells):
    import xlsxwriter

    with TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        page, day = book.add_worksheet(), book.add_format({"num_format": "d mmmm yyyy"})
        for number, values in enumerate(cells):
            for place, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(number, place, value)
                elif isinstance(value, date):
                    page.write_datetime(number, place, value, day)
                elif value is not None:
                    page.write_number(number, place, value)
        book.close()


def peer_out():
    return _peer(PATHS)().export().xlsx


def _written(act) -> int:
    """The number of renaksi that `act` adds. Rolls them back."""
    from django.db import transaction

    from recommendations.models import Renaksi

    with transaction.atomic():
        before = Renaksi.objects.count()
        act()
        number = Renaksi.objects.count() - before
        transaction.set_rollback(True)
    return number


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
