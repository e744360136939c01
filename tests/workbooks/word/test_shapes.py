"""Five recommendations with ten renaksi, in every shape that an office gives them."""

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.workbooks.word import shapes
from tests.workbooks.word.papers import HEAD, add_table, upload
from tests.workbooks.word.shapes import COMPONENTS, expected, five, paper, read_back, row_of
from workbooks.word import drafts

ALIASES = ["Laporan Kinerja", "Perencanaan"]


def read(document, mapping=None):
    file = upload(document)
    return drafts.read(file, file.name, COMPONENTS + ALIASES, mapping)


def remarks(draft):
    return [*draft.remarks, *(remark for entry in draft.entries for remark in entry.remarks)]


def is_right(document, has_component=True, says=None):
    draft = read(document)
    assert read_back(draft.entries) == expected(says or five(), has_component)
    return draft


@pytest.mark.parametrize("style", shapes.OPENINGS)
def test_lists_in_any_style(style):
    draft = is_right(paper([row_of(said, style) for said in five()]))
    assert (remarks(draft), draft.mapping.is_certain) == ([], True)


@pytest.mark.parametrize("style", shapes.AUTOMATIC)
def test_lists_that_word_counts(style):
    assert remarks(is_right(shapes.automatic(five(), style))) == []


@pytest.mark.parametrize("marks", ["none", "a)", "1.", "A.", "-"])
def test_marks_in_another_style_than_the_list(marks):
    is_right(paper([row_of(said, "a.", marks=marks) for said in five()]))


@pytest.mark.parametrize("component", ["line", "colon"])
@pytest.mark.parametrize("number", ["column", "text"])
def test_where_number_and_component_stand(component, number):
    rows = [row_of(said, component=component, number=number) for said in five()]
    is_right(paper(rows, HEAD if number == "column" else HEAD[1:]))


def test_numbers_in_the_text_without_a_component():
    rows = [row_of(said, component="", number="text") for said in five()]
    is_right(paper(rows, HEAD[1:]), has_component=False)


def test_group_rows():
    assert remarks(is_right(shapes.with_groups(five()))) == []


def test_a_group_row_that_is_not_merged():
    rows = []
    for said, letter in zip(five(), "ABCDE", strict=True):
        rows += [[f"{letter}.", said.component, "", ""], row_of(said, component="")]
    is_right(paper(rows))


def test_a_title_row_is_no_recommendation():
    document = paper([[""] * 4, *(row_of(said) for said in five())])
    cells = document.tables[0].rows[1].cells
    cells[0].merge(cells[-1]).text = "HASIL EVALUASI TAHUN 2023"
    draft = is_right(document)
    assert "“HASIL EVALUASI TAHUN 2023” dibaca sebagai judul" in draft.remarks[0]
    assert "TAHUN 2023" in draft.text


def test_a_sum_is_no_recommendation():
    rows = [*(row_of(said) for said in five()), ["", "Jumlah", "10 rencana aksi", "6"]]
    assert "“Jumlah | 10 rencana aksi | 6” adalah jumlah" in is_right(paper(rows)).remarks[0]


def test_a_row_for_each_renaksi():
    is_right(shapes.merged_down(five()))


def test_a_second_table_without_a_head_goes_on():
    rows = [row_of(said) for said in five()]
    document = paper(rows[:2])
    document.add_paragraph("")
    add_table(document, rows[2:], head=None)
    draft = is_right(document)
    assert [shape.goes_on for shape in draft.mapping.tables] == [False, True]


def test_a_row_cut_between_two_tables():
    rows = [row_of(said) for said in five()]
    number, text, work, marks = rows[1]
    first, rest = work.split("\nb. ")
    document = paper([rows[0], [number, text, first, "a. Sudah"]])
    document.add_paragraph("")
    cut = ["", "", f"b. {rest}", "\n".join(marks.split("\n")[1:])]
    add_table(document, [cut, *rows[2:]], head=None)
    assert is_right(document).entries[1].place == "Tabel 1 baris 3 dan Tabel 2 baris 1"


def test_a_table_of_scores_does_not_go_on():
    document = paper([row_of(said) for said in five()])
    scores = [["1", "Perencanaan Kinerja", "30,00", "23,75"], ["2", "Pengukuran", "20,00", "14,00"]]
    add_table(document, scores, head=None)
    is_right(document)


def test_letters_that_run_on_in_one_paragraph():
    rows = [
        [cell.replace(";\n", "; ").replace(":\n", ": ") for cell in row_of(said)] for said in five()
    ]
    for row, said in zip(rows, five(), strict=True):
        row[3] = row_of(said)[3]
    is_right(paper(rows))


def test_marks_without_a_place_are_said():
    row = ["1", "Judul\nTeks.", "Rapat dan surat.", "a. Sudah\nb. Belum"]
    (entry,) = read(paper([row])).entries
    assert entry.marks == {"1": "done"}
    assert entry.remarks == ["Tanda “b. Belum” tidak dapat ditempatkan pada rencana aksi a."]


@pytest.mark.parametrize("marks", ["Sudah\nBelum", "Sudah\nSudah\nBelum\nBelum", "a. Sudah\nBelum"])
def test_marks_that_do_not_count_with_the_renaksi_are_not_spread(marks):
    (entry,) = read(paper([["1", "Judul\nTeks.", "a. Satu\nb. Dua\nc. Tiga", marks]])).entries
    assert set(entry.marks.values()) <= {"", "done"}
    assert list(entry.marks.values())[1:] == ["", ""]
    assert any("tidak dapat ditempatkan" in remark for remark in entry.remarks)


def test_one_clear_mark_of_several():
    (entry,) = read(
        paper([["1", "Judul\nTeks.", "a. Satu\nb. Dua\nc. Tiga", "Sudah\n50%\n25%"]])
    ).entries
    assert list(entry.marks.values()) == ["done", "in_progress", "in_progress"]
    assert (entry.percents, entry.said["2"]) == ({"2": 50, "3": 25}, "50%")
    assert entry.statuses == {"1": "in_progress", "2": "in_progress", "3": "in_progress"}


def test_ticks_of_two_columns_are_not_guessed():
    head = ["No", "Rekomendasi", "Tindak Lanjut", "Sudah", "Belum"]
    row = ["1", "Judul\nTeks.", "a. Satu\nb. Dua\nc. Tiga", "V\nV", "V"]
    (entry,) = read(paper([row], head)).entries
    assert set(entry.marks.values()) == {""}


HEADS = {
    "Keterangan": ["No", "Rekomendasi", "Tindak Lanjut", "Keterangan"],
    "Capaian": ["No.", "Uraian Rekomendasi", "Rencana Tindak Lanjut", "Capaian"],
    "Status": [
        "NO",
        "REKOMENDASI HASIL EVALUASI",
        "TINDAK LANJUT YANG TELAH DILAKSANAKAN",
        "STATUS",
    ],
    "Status Tindak Lanjut": [
        "Nomor",
        "Rekomendasi LHE",
        "Realisasi Renaksi",
        "Status Tindak Lanjut",
    ],
    "Another": ["No", "Rekomendasi dari Inspektorat", "Tindaklanjut", "Ya/Tdk"],
}


@pytest.mark.parametrize("head", HEADS)
def test_heads_in_other_words(head):
    is_right(paper([row_of(said) for said in five()], HEADS[head]))


@pytest.mark.parametrize("head", [None, ["No", "Hal", "Langkah", "Ket"], ["#", "Hal", "Isi", "?"]])
def test_without_known_heads_the_cells_are_looked_at(head):
    draft = is_right(paper([row_of(said) for said in five()], head))
    assert not draft.mapping.is_certain
    assert "diperkirakan" in draft.remarks[-1]


def test_columns_of_their_own():
    head = ["No", "Komponen", "Rekomendasi", "Rencana Aksi", "Tindak Lanjut", "Bukti Dukung", "Batas Waktu",
            "Penanggung Jawab", "Status"]  # fmt: skip
    row = ["1", "Pengukuran Kinerja", "Ukur ulang.", "a. Rencana satu\nb. Rencana dua", "a. Rapat", "SK\nNotula",
           "Triwulan IV", "a. Biro Umum\nb. Biro Hukum", "a. Sudah\nb. Belum"]  # fmt: skip
    (entry,) = read(paper([row], head)).entries
    assert (entry.component, entry.text, entry.heading) == ("Pengukuran Kinerja", "Ukur ulang.", "")
    assert entry.plans == {"1": "Rencana satu", "2": "Rencana dua"}
    assert [part.text for part in entry.renaksi] == ["Rapat", ""]
    assert entry.evidence == {"1": "SK Notula", "2": "SK Notula"}
    assert (entry.due["2"], entry.units) == ("Triwulan IV", {"1": "Biro Umum", "2": "Biro Hukum"})
    assert list(entry.marks.values()) == ["done", "not_yet"]


def test_one_plan_for_all_renaksi():
    head = ["No", "Rekomendasi", "Rencana Aksi", "Tindak Lanjut", "Status"]
    (entry,) = read(
        paper([["1", "Judul\nTeks.", "Satu rencana.", "a. Rapat\nb. Surat", "Sudah"]], head)
    ).entries
    assert entry.plans == {"1": "Satu rencana.", "2": "Satu rencana."}


def test_a_head_of_two_rows():
    document = docx.Document()
    rows = [
        ["", "", "Rencana Aksi", "Realisasi", "Status"],
        ["1", "Judul\nTeks.", "Rapat", "Dirapatkan", "Sudah"],
    ]
    table = add_table(document, rows, ["No", "Rekomendasi", "Tindak Lanjut", "", ""])
    table.cell(0, 2).merge(table.cell(0, 4)).text = "Tindak Lanjut"
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column))
    (entry,) = read(document).entries
    assert (entry.plan, entry.follow_up, entry.marks) == ("Rapat", "Dirapatkan", {"1": "done"})


def test_letters_in_the_column_of_numbers():
    rows = [
        ["2", "Judul\nDalam:", "", ""],
        ["a.", "Satu;", "Rapat", "Sudah"],
        ["b.", "Dua.", "Surat", "Belum"],
    ]
    (entry,) = read(paper(rows)).entries
    assert [part.text for part in entry.points.parts] == ["Satu;", "Dua."]
    assert [part.text for part in entry.renaksi] == ["Rapat", "Surat"]
    assert list(entry.marks.values()) == ["done", "not_yet"]


def test_a_line_break_within_a_paragraph():
    document = paper([["1", "", "", ""]])
    cells = ["Judul", "Teks."], ["a. Satu", "b. Dua"], ["a. Sudah", "b. Belum"]
    for place, lines in enumerate(cells, 1):
        paragraph = document.tables[0].cell(1, place).paragraphs[0]
        for line in lines:
            paragraph.add_run(line).add_break(WD_BREAK.LINE)
    (entry,) = read(document).entries
    assert (entry.heading, entry.text, entry.follow_up) == ("Judul", "Teks.", "a. Satu\nb. Dua")
    assert list(entry.marks.values()) == ["done", "not_yet"]


def test_a_copy_with_other_marks_says_which():
    document = paper([row_of(said) for said in five()])
    document.add_paragraph("TELAAH STAF")
    add_table(document, [row_of(said) for said in five(("Sudah", "50%", "Sudah"))])
    copies = read(document).entries[5:]
    assert not any(copy.is_included for copy in copies)
    assert "rencana aksi b di sini “50%”, di sana “Belum”; periksa" in copies[0].remarks[-1]
    assert "Tandanya" not in copies[3].remarks[-1]


def test_signs_that_nobody_sees_are_no_part_of_a_word():
    row = ["1.", "Capaian Kinerja\nCapaian supaya lengkap.", "a.\u00a0Satu;\nb. Dua\u00adlipat.",
           "\u200ea. Sudah\u200f\nb. \ufeffBe\u00adlum"]  # fmt: skip
    draft = read(paper([row]))
    (entry,) = draft.entries
    assert (list(entry.said.values()), entry.follow_up) == (
        ["Sudah", "Belum"],
        "a. Satu;\nb. Dualipat.",
    )
    assert remarks(draft) == []


def test_a_mark_that_is_missing_is_said_though_no_other_stands_there():
    document = paper([row_of(said) for said in five()])
    table = document.tables[0]
    for cell in (table.cell(4, 3), table.cell(5, 3)):
        cell.text = ""
    table.cell(4, 3).merge(table.cell(5, 3)).text = "Sudah"
    *_, above, below = read(document).entries
    assert (above.marks, above.remarks) == ({"1": "done"}, [])
    assert below.marks == {"1": ""}
    assert below.remarks == ["Tanda Sudah/Belum untuk rencana aksi tidak ditemukan; dibaca Belum."]


@pytest.mark.parametrize(
    "head",
    [
        ["No", "Recommendation", "Follow-up / Action Plan", "Done / Not yet"],
        ["No.", "Recommendations", "Action taken", "Status"],
    ],
)
def test_an_english_head(head):
    assert remarks(is_right(paper([row_of(said) for said in five()], head))) == []


def test_a_second_head_row_under_two_cells_of_the_same_words():
    head = ["No", "Rekomendasi", "Tindak Lanjut", "Tindak Lanjut"]
    rows = [["", "", "Uraian", "Status"], *(row_of(said) for said in five())]
    assert remarks(is_right(paper(rows, head))) == []


def test_what_was_deleted_while_changes_were_tracked_is_said():
    document = paper([row_of(said) for said in five()])
    last, above = (document.tables[0].rows[number]._tr for number in (5, 4))
    last.get_or_add_trPr().append(OxmlElement("w:del"))
    run = above.findall(f".//{qn('w:r')}")[-1]
    deletion = OxmlElement("w:del")
    run.addprevious(deletion)
    deletion.append(run)
    for text in run.iter(qn("w:t")):
        text.tag = qn("w:delText")
    draft = read(document)
    assert draft.remarks[0].startswith("Tabel 1: baris yang dihapus dengan Lacak Perubahan “5")
    assert "Teks yang dihapus dengan Lacak Perubahan “Sudah” tidak dibaca." in remarks(draft)
    assert (len(draft.entries), draft.entries[-1].marks) == (4, {"1": ""})
