"""Sample letters for trying a template: one with all possible content, one with as little as possible."""

from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

from PIL import Image

from reports.documents.telaah_staf.word.letter import Letter, LetterText, Section
from reports.documents.telaah_staf.word.placeholders import PLACEHOLDERS
from reports.tables.table import CellKind, Column, PrintedLetterhead, Report, Table, data_uri
from sakip import colours

SHORT = {row.name: row.example for row in PLACEHOLDERS}
LIST = '<p>Untuk itu disarankan:</p><ol type="a"><li>menetapkan rencana aksi;</li><li>memantaunya setiap triwulan.</li></ol>'
OPTIONAL = ("tanggal", "nomor", "mencabut")


def full() -> Letter:
    sections = [
        Section(
            "Persoalan", [LetterText("<p>Nilai komponen <em>Pengukuran Kinerja</em> menurun.</p>")]
        ),
        Section(
            "Fakta-fakta yang mempengaruhi",
            [LetterText("<p>Nilainya sebagai berikut.</p>"), _table()],
        ),
        Section("Kesimpulan/Saran", [LetterText(LIST), LetterText("<p>Demikian disampaikan.</p>")]),
    ]
    head = PrintedLetterhead(
        government=SHORT["kop_pemerintah"],
        body=SHORT["kop_badan"],
        address=SHORT["kop_alamat"],
        phone=SHORT["kop_telepon"],
        online=SHORT["kop_daring"],
        logo=_logo(),
    )
    return Letter(SHORT, ["Asisten Administrasi Umum", "Inspektur"], sections, _report(head))


def sparse() -> Letter:
    values = SHORT | dict.fromkeys(OPTIONAL, "")
    return Letter(values, [], [Section("Persoalan", [])], _report(None))


def _report(head):
    return Report(name="telaah-staf", title=SHORT["judul"], sections=[], letterhead=head)


def _table():
    columns = (
        Column("Komponen", "name", width=50),
        Column("2021", "before", CellKind.NUMBER, width=25, group="Nilai"),
        Column("2022", "after", CellKind.NUMBER, width=25, group="Nilai"),
    )
    rows = [
        SimpleNamespace(
            name="Perencanaan Kinerja", before=Decimal("23.75"), after=Decimal("22.20")
        ),
        SimpleNamespace(name="Pengukuran Kinerja", before=Decimal("15"), after=Decimal("14.80")),
    ]
    return Table(columns=columns, rows=rows, name="Contoh")


def _logo():
    content = BytesIO()
    Image.new("RGB", (120, 120), colours.SAMPLE_LOGO).save(content, "PNG")
    return data_uri(content.getvalue(), "image/png")
