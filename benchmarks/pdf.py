"""The follow-up table as PDF, compared with WeasyPrint and a plain template of the same content.

The peer has the same paper, margins and font sizes. Everything else is WeasyPrint's default: automatic
table layout, no tags, one process. The other rows compare the program with itself: a document that did
not change and one with a single changed renaksi with printing it for the first time, the first PDF after
a start with the page of the same table, and five people who print at once with one.
"""

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

from pypdf import PdfReader

from benchmarks.data import TODAY
from benchmarks.measuring import in_turn, measure
from benchmarks.rows import Bound, Growth, Row

SIZES = {5: None, 10: None, 60: 1.3, 1000: 2.5}
SMALL = {10, 60}
SMALL_KEPT = 160  # rows; pages are kept of documents that several processes lay out
HEAD_AND_FOOT = "rekomendasi tindak lanjut rencana aksi sudah belum halaman dari"
UNCHANGED, CHANGED, PAGES, PEOPLE, MEANWHILE, GROWTH = 50, 5, 20, 5, 1.2, 1.05
TEMPLATE = Path(__file__).parent / "templates" / "follow_up_table.html"


def rows(bench):
    sizes = sorted(SMALL if bench.quick else SIZES)
    largest = sizes[-1]
    times = {}
    for size in sizes:
        row = of_size(bench, size, SIZES[size])
        times[size] = row.ours.seconds
        yield row
        if size == largest:
            yield Bound(
                f"… megabytes, {size:,} rows; limit: those of the peer",
                row.ours.megabytes,
                row.peer.megabytes,
                "MB",
            )
    yield from of_a_known_document(bench, SMALL_KEPT if bench.quick else largest)
    yield first_and_page(bench)
    if not bench.quick:  # takes minutes
        yield from people(bench, largest)
    yield Growth("… growth with the rows", {n: times[n] for n in times if n >= 10}, GROWTH)


def of_size(bench, size, aim):
    database = bench.database(size)
    files = [bench.folder / f"{name}-{size}.pdf" for name in ("ours", "peer")]
    ours, peer = in_turn(
        lambda: measure("benchmarks.pdf:ours", database=database, output=files[0]),
        lambda: measure("benchmarks.pdf:peer", database=database, output=files[1]),
        rounds=bench.rounds,
    )
    if words(files[0]) != words(files[1]):
        raise SystemExit(f"{size} rows: the two files do not say the same.")
    return Row(f"follow-up table, {size:,} rows, PDF", ours, peer, aim)


def of_a_known_document(bench, size):
    def call(name):
        output = bench.folder / "again.pdf"
        return measure(f"benchmarks.pdf:{name}", database=bench.database(size), output=output)

    first, again, changed = call("made"), call("served"), call("changed")
    yield Row(f"… {size:,} rows, unchanged; peer: the first time", again, first, UNCHANGED)
    yield Row(f"… {size:,} rows, one changed; peer: the first time", changed, first, CHANGED)


def first_and_page(bench):
    """A server process that has not printed yet, and the page with the same table."""
    page, first = (
        measure(
            f"benchmarks.first_pdf:{name}",
            database=bench.database(5),
            output=bench.folder / "first.pdf",
        )
        for name in ("page", "pdf")
    )
    return Row("… first PDF of 5 rows; bare: its page", first, bare=page, limit=PAGES)


def people(bench, size):
    """People who print at once, and one alone; a page meanwhile, and alone."""

    def print_for(count):
        return measure(
            "benchmarks.pdf:printed_by",
            count,
            database=bench.database(size),
            output=bench.folder / f"people-{count}.pdf",
        )

    def look():
        return measure(
            "benchmarks.first_pdf:pages",
            database=bench.database(5),
            output=bench.folder / "page.html",
        )

    alone, one = look(), print_for(1)
    with ThreadPoolExecutor(1) as others:
        printing = others.submit(print_for, PEOPLE)
        time.sleep(4)  # they have begun
        meanwhile = look()
        five = printing.result()
    yield Row(f"… {PEOPLE} people print at once; bare: one", five, bare=one, limit=PEOPLE)
    yield Row("… 100 pages meanwhile; bare: alone", meanwhile, bare=alone, limit=MEANWHILE)


def warm_up():
    """What a server process has loaded that has printed before."""
    import weasyprint

    from reports.exports import validity

    validity.program_version()
    weasyprint.HTML(string="<p>x").write_pdf()


def ours() -> bytes:
    from reports.exports.catalogue import export_file

    with no_kept_pages():
        return export_file(order(), reader(), today=TODAY).content


def changed() -> bytes:
    """After one renaksi in the middle has got another text."""
    from recommendations.models import Renaksi
    from reports.exports.catalogue import export_file

    found = Renaksi.objects.order_by("pk")
    item = found[found.count() // 2]
    text = item.follow_up.replace("<p>", "<p>Setelah reviu ").replace(".</p>", " dan selesai.</p>")
    Renaksi.objects.filter(pk=item.pk).update(follow_up=text)
    return export_file(order(), reader(), today=TODAY).content


def printed_by(count: int) -> bytes:
    """A worker makes one document after the other; none of them finds the pages of another."""
    from django.utils import timezone

    from reports.exports import background
    from tests import factories

    body = reader().unit
    jobs = [
        background.enqueue(
            spec=order(),
            title="Tabel",
            actor=factories.make_user(f"orang-{count}-{number}", "coordinator", body),
            at=timezone.now(),
        )
        for number in range(count)
    ]
    with no_kept_pages():
        for job in jobs:
            background.run(job.pk)
    job.refresh_from_db()
    return job.stored_file.file.read()


def made() -> bytes:
    """The PDF as the page returns it when it was never printed."""
    with no_kept_pages():
        return served()


def served() -> bytes:
    """The PDF as the page returns it: the stored file when the data did not change."""
    from reports.exports.stored_files import get_or_render

    return get_or_render(order(), reader(), today=TODAY).file.read()


def peer() -> bytes:
    import weasyprint
    from django.template import engines

    from recommendations.models import Evaluation
    from recommendations.selectors.follow_up_table import follow_up_rows

    evaluation = Evaluation.objects.select_related("unit").get()
    template = engines["django"].from_string(TEMPLATE.read_text())
    rows = follow_up_rows(evaluation, reader())
    page = template.render({"evaluation": evaluation, "rows": rows})
    return weasyprint.HTML(string=page).write_pdf()


def no_kept_pages():
    """As for the first time."""
    from reports.exports import kept_layouts

    return patch.object(kept_layouts, "load", return_value=None)


def order():
    from reports.exports.catalogue import ExportSpec

    return ExportSpec(name="follow-up-table", format="pdf")


def reader():
    from sakip.models import User

    return User.objects.get(username="koordinator")


def words(path: Path) -> Counter:
    """The number of times each word is printed. The table head and the page foot count only once."""
    pages = [page.extract_text() for page in PdfReader(path).pages]
    found = Counter(word for page in pages for word in re.findall(r"[^\W\d_]{3,}", page.lower()))
    return found - Counter({word: len(pages) - 1 for word in HEAD_AND_FOOT.split()})
