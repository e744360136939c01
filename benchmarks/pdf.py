"""The follow-up table as PDF, compared with WeasyPrint and a plain template of the same content.

The peer has the same paper, margins and font sizes. Everything else is WeasyPrint's default: automatic
table layout, no tags, one process. Another row compares a document whose data did not change, which we
take from the store, with printing it.
"""

import re
from collections import Counter
from pathlib import Path

from pypdf import PdfReader

from benchmarks.data import TODAY
from benchmarks.measuring import in_turn, measure
from benchmarks.rows import Row

SIZES = {10: None, 100: None, 1000: 2.5}
HEAD_AND_FOOT = "rekomendasi tindak lanjut rencana aksi sudah belum halaman dari"
UNCHANGED = 50
TEMPLATE = Path(__file__).parent / "templates" / "follow_up_table.html"


def rows(bench):
    for size, aim in SIZES.items():
        if bench.quick and size > 100:
            continue
        database = bench.database(size)
        files = [bench.folder / f"{name}-{size}.pdf" for name in ("ours", "peer")]
        ours, peer = in_turn(
            lambda: measure("benchmarks.pdf:ours", database=database, output=files[0]),  # noqa: B023
            lambda: measure("benchmarks.pdf:peer", database=database, output=files[1]),  # noqa: B023
            rounds=bench.rounds,
        )
        if words(files[0]) != words(files[1]):
            raise SystemExit(f"{size} rows: the two files do not say the same.")
        name = f"follow-up table, {size:,} rows, PDF"
        yield Row(name, ours, peer, aim)
        served, again = (
            measure("benchmarks.pdf:served", database=database, output=files[0]) for _ in range(2)
        )
        yield Row(f"{name}, unchanged", again, served, UNCHANGED if aim else None)


def warm_up():
    import weasyprint  # noqa: F401

    from reports.exports import validity

    validity.program_version()


def ours() -> bytes:
    from reports.exports.catalogue import export_file

    return export_file(order(), reader(), today=TODAY).content


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
