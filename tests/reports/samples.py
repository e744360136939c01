"""A small report that has one of everything."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from reports.tables.table import Cell, CellKind, Column, Figure, Prose, Report, Table

LETTERS = (
    "<p>Supaya:</p>"
    '<ol type="a"><li><p>memberi <em>reward</em>;</p></li><li><p>menata.</p></li></ol>'
)
FROM_D = '<ol type="a"><li value="4"><p>mengukur;</p></li><li><p>melapor.</p></li></ol>'
STEPS = '<ol type="a"><li><ol class="steps"><li>memilih;</li><li>memberi.</li></ol></li></ol>'

TABLE = (
    "<p>Rinciannya:</p><table><thead>"
    '<tr><th scope="col"><p>Kegiatan</p></th><th scope="col" colspan="2"><p>Target</p></th></tr></thead><tbody>'
    '<tr><td rowspan="2"><p>Rapat <em>monev</em></p></td><td><p>TW I</p></td><td><p>4 kali</p></td></tr>'
    "<tr><td><p>TW II</p></td><td><ul><li><p>8 kali</p></li></ul></td></tr></tbody></table><p>Selesai.</p>"
)

COLUMNS = (
    Column("No.", "number", CellKind.ORDINAL, width=6),
    Column("Rekomendasi", "text", CellKind.RICH, width=40),
    Column("Catatan", "remark", width=20),
    Column("2022", "before", CellKind.NUMBER, width=10, group="Realisasi"),
    Column("2023", "after", CellKind.NUMBER, width=10, group="Realisasi"),
    Column("Batas waktu", "due", CellKind.DATE, width=14),
)
LABELS = ["No.", "Rekomendasi", "Catatan", "Realisasi 2022", "Realisasi 2023", "Batas waktu"]


def row(number=1, **values):
    defaults = {
        "number": number,
        "text": "<p>Capaian</p>",
        "remark": "",
        "before": Decimal("1234.5"),
        "after": None,
        "due": date(2023, 10, 2),
    }
    return SimpleNamespace(**defaults | values)


ROWS = (
    row(1, text=LETTERS, after=Cell(value=Decimal("3.51"), mark="*", note="tahun 2022")),
    row(2, text=FROM_D, after=Cell(value=Decimal("65.64"), annotation="(peringkat 4)")),
    row(3, text=STEPS, after=Decimal("-0.395")),
    row(4, due=None),
)


def table(rows=ROWS, **values):
    return Table(columns=COLUMNS, rows=rows, **values)


def report(*sections, **values):
    defaults = {"name": "contoh", "title": "Tindak Lanjut LHE", "sections": sections or (table(),)}
    return Report(**defaults | values)


def hostile(text):
    """A report with `text` wherever a person may type, and as a picture's address."""
    return report(
        table([row(text=text, remark=text)], title=text, name=text, notes=[text], subtitle=text),
        Prose(text, text, [Figure(text, data_uri=text)]),
        title=text,
        subtitle=text,
    )
