"""What stands beside the cells' text: notes, captions, pictures, scores, footnotes."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image

from sakip import notation
from tests.workbooks.word.papers import HEAD, add_table, upload
from tests.workbooks.word.shapes import COMPONENTS, five, paper, row_of
from workbooks.word import drafts
from workbooks.word.extras import ScoreRow, WordNote


def read(document):
    file = upload(document)
    return drafts.read(file, file.name, COMPONENTS)


def picture():
    content = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(content, "PNG")
    content.seek(0)
    return content


@pytest.fixture
def document():
    return paper([row_of(said) for said in five()])


def put_picture(paragraph):
    paragraph.add_run().add_picture(picture(), width=Cm(1))


def test_notes_belong_to_the_recommendation_whose_number_they_carry(document):
    for text in (
        "Catatan atas rekomendasi dan tindak lanjut :",
        "1. Target mengacu pada Renstra.",
        "Lanjutan catatan.",
        "4. Monev renaksi triwulan.",
        "Untuk rekomendasi 2 lihat lampiran.",
        "TELAAH STAF",
        "Bukan catatan.",
    ):
        document.add_paragraph(text)
    place = "Di bawah tabel 1, “Catatan atas rekomendasi dan tindak lanjut”"
    assert read(document).extras.notes == [
        WordNote(place, "Target mengacu pada Renstra.", 1),
        WordNote(place, "Lanjutan catatan.", 1),
        WordNote(place, "Monev renaksi triwulan.", 4),
        WordNote(place, "Untuk rekomendasi 2 lihat lampiran.", 2),
    ]


def test_a_note_of_one_paragraph(document):
    document.add_paragraph("Catatan: rekomendasi nomor 3 menunggu APBD-P.")
    document.add_paragraph("Demikian disampaikan.")
    (note,) = read(document).extras.notes
    assert (note.number, note.text) == (3, "Catatan: rekomendasi nomor 3 menunggu APBD-P.")


def test_pictures_with_their_captions(document):
    document.add_paragraph("Catatan atas rekomendasi:")
    document.add_paragraph("1. Rapat.")
    put_picture(document.add_paragraph())
    document.add_paragraph("Gambar 1. Rapat bersama")
    document.add_paragraph("(Gambar 2: tanpa gambar)")
    file = upload(document)
    extras = drafts.read(file, file.name, COMPONENTS).extras
    (found,) = extras.pictures
    assert (found.caption, found.number) == ("Gambar 1. Rapat bersama", 1)
    with zipfile.ZipFile(file) as package:
        assert package.read(found.part).startswith(b"\x89PNG")
    assert [(one.text, one.number) for one in extras.captions] == [("(Gambar 2: tanpa gambar)", 1)]
    assert [note.text for note in extras.notes] == ["Rapat."]


def test_a_table_that_arranges_pictures(document):
    table = add_table(document, [["", ""], ["Foto rapat", "Foto sidak"]], head=None)
    for cell in table.rows[0].cells:
        put_picture(cell.paragraphs[0])
    draft = read(document)
    assert [one.caption for one in draft.extras.pictures] == ["Foto rapat", "Foto sidak"]
    assert draft.remarks == []


def test_scores(document):
    head = [
        "No",
        "Komponen yang dinilai",
        "Bobot",
        "Nilai Tahun 2021",
        "Nilai Tahun 2022",
        "Perubahan",
    ]
    rows = [
        ["1", "Perencanaan Kinerja", "30", "23,75", "22,20", "-1,55"],
        ["2", "Pengukuran Kinerja", "20", "-", "14,00", ""],
    ]
    add_table(document, rows, head)
    draft = read(document)
    (scores,) = draft.extras.scores
    assert (scores.place, draft.remarks) == ("Tabel 2", [])
    assert scores.rows == [
        ScoreRow("Perencanaan Kinerja", "30", {"2021": "23,75", "2022": "22,20"}),
        ScoreRow("Pengukuran Kinerja", "20", {"2022": "14,00"}),
    ]


def test_other_tables_are_named(document):
    add_table(document, [["Kepada", ":", "Sekda"], ["Dari", ":", "Biro"]], head=None)
    for name in ("Indikator", "Anggaran"):
        add_table(document, [["1", name, "5"]], ["No", name, "Nilai"])
    assert read(document).remarks == [
        "Tabel 3 dan 4 tidak dibaca: bukan tabel tindak lanjut. Bila isinya rekomendasi, atur kolomnya."
    ]


def test_what_a_cell_holds_beside_its_text_is_said(document):
    table = document.tables[0]
    put_picture(table.cell(1, 2).paragraphs[0])
    struck = table.cell(2, 2).paragraphs[0].add_run("Batal saja")
    struck.font.strike = True
    add_table(table.cell(3, 2), [["Uraian", "Jumlah"], ["Rapat", "4"]], head=None)
    first, second, third, *_ = read(document).entries
    assert first.remarks == ["1 gambar di dalam sel tidak ikut dibaca."]
    assert second.remarks == ["Teks yang dicoret “Batal saja” tidak dibaca."]
    assert third.remarks == ["Tabel di dalam sel dibaca sebagai tabel; periksa susunannya."]
    assert "| Uraian | Jumlah |\n| Rapat | 4 |" in third.follow_up
    assert [one.number for one in read(document).extras.pictures] == [1]


def test_a_footnote_is_said_with_its_text():
    document = paper([["1", "Judul\nTeks.", "Rapat.", "Sudah"]])
    reference = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'
    document.tables[0].cell(1, 2).paragraphs[0]._p.append(parse_xml(reference))
    with_footnotes(document)
    (entry,) = read(document).entries
    assert entry.remarks == ["Catatan kaki “Menurut Permenpan.” tidak dibaca."]


def with_footnotes(document):
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>Menurut Permenpan."
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        notes.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def test_a_follow_up_table_within_a_cell_of_a_layout():
    document = docx.Document()
    outer = document.add_table(1, 1)
    add_table(outer.cell(0, 0), [row_of(said) for said in five()], HEAD)
    assert [one.number for one in read(document).entries] == [1, 2, 3, 4, 5]


def inner(document, rows):
    add_table(document.tables[0].cell(3, 2), rows, head=None)
    return read(document).entries[2].follow_up


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["a.", "Rapat"], ["b.", "Notula"]], "a. Rapat\nb. Notula"),
        ([["Rapat"], ["Notula"]], "Rapat\nNotula"),
        (
            [["No", "Uraian"], ["1.", "Rapat | Notula"]],
            "| No | Uraian |\n| 1. | Rapat \\| Notula |",
        ),
    ],
)
def test_a_table_that_only_sets_a_list_is_one(document, rows, lines):
    assert inner(document, rows).endswith(lines)


def test_heads_and_merged_cells_of_a_table_in_a_cell(document):
    cell = document.tables[0].cell(3, 2)
    add_table(
        cell, [["Uraian", "Target", ""], ["Rapat", "TW I", "4"], ["", "TW II", "8"]], head=None
    )
    table = cell.tables[-1]
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    text = read(document).entries[2].follow_up
    assert text.endswith(
        "| Uraian | Target | |\n|---|---|---|\n| Rapat | TW I | 4 |\n| | TW II | 8 |"
    )
    assert notation.to_html(text).count('scope="col"') == 3
