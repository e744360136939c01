"""What a follow-up table may look like, and what is read from it."""

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sakip.numbers import list_letter
from tests.workbooks.word.papers import HEAD, Lists, add_table, paper, upload
from workbooks.readers.guard import WorkbookRefused
from workbooks.word import drafts

HEADINGS = ["Perencanaan Kinerja", "Pengukuran Kinerja"]
FIRST = ["1.", "Perencanaan Kinerja\nSusun target.", "a. Rapat;\nb. Surat.", "a. Sudah\nb. Belum"]


def read(file):
    return drafts.read(file, file.name, HEADINGS)


def entry(*row, head=HEAD):
    (found,) = read(paper(row, head=head)).entries
    return found


def parts(found):
    return [(part.letter, part.text) for part in found.renaksi]


def marks(found):
    return [found.marks[str(part.position)] for part in found.renaksi]


def test_a_plain_row():
    found = entry(*FIRST)
    assert (found.number, found.heading, found.text) == (1, "Perencanaan Kinerja", "Susun target.")
    assert parts(found) == [("a", "Rapat;"), ("b", "Surat.")]
    assert marks(found) == ["done", "not_yet"]
    assert (found.place, found.remarks) == ("Tabel 1 baris 2", [])


def test_a_cell_without_letters_is_one_renaksi():
    found = entry("4", "Evaluasi\nManfaatkan hasil.", "Hasil digunakan.\nSeterusnya.", "Sudah")
    assert (found.lead, parts(found)) == ("", [("a", "Hasil digunakan.\nSeterusnya.")])
    assert marks(found) == ["done"]


@pytest.mark.parametrize("mark", ["✓", "V", "v", "√", "Sudah", "SUDAH.", "Selesai", "Sudah (100%)"])
def test_marks_that_mean_done(mark):
    assert marks(entry("1", "Judul\nTeks.", "Rapat.", mark)) == ["done"]


@pytest.mark.parametrize("mark", ["Belum", "-", "x", "Tidak dapat", "0%"])
def test_marks_that_mean_not_yet(mark):
    assert marks(entry("1", "Judul\nTeks.", "Rapat.", mark)) == ["not_yet"]


def test_a_mark_that_says_both_is_asked_about():
    found = entry("1", "Judul\nTeks.", "Rapat.", "Sudah/Belum")
    assert marks(found) == [""]
    assert found.remarks == ["Tanda “Sudah/Belum” tidak jelas; dibaca Belum."]


def test_two_columns_with_ticks():
    head = ["No", "Rekomendasi", "Tindak Lanjut", "Sudah", "Belum"]
    found = entry("1", "Judul\nTeks.", "a. Satu\nb. Dua", "a. ✓", "b. √", head=head)
    assert marks(found) == ["done", "not_yet"]


def test_ticks_below_a_head_of_two_rows():
    document = docx.Document()
    table = add_table(
        document,
        [["", "", "", "Sudah", "Belum"], ["1", "Judul\nTeks.", "Rapat.", "", "V"]],
        ["No", "Rekomendasi", "Rencana Aksi", "Status", "Status"],
    )
    table.cell(0, 3).merge(table.cell(0, 4)).text = "Status"
    (found,) = read(upload(document)).entries
    assert marks(found) == ["not_yet"]


def test_a_tick_of_a_symbol_font():
    document = docx.Document()
    table = add_table(document, [["1", "Judul\nTeks.", "Rapat.", ""]])
    run = table.cell(1, 3).paragraphs[0].add_run("ü")
    run.font.name = "Wingdings"
    (found,) = read(upload(document)).entries
    assert marks(found) == ["done"]


def test_a_row_cut_by_a_page_break_is_made_whole():
    rows = [
        ["2", "Judul\nDasar dalam:\na. Satu;\nb. Dua", "a. Penempatan jabatan baik", "a. Sudah"],
        ["", "c. Tiga.", "maupun fungsional;\nb. Usulan.", "b. Belum"],
    ]
    (found,) = read(paper(*rows)).entries
    assert [part.text for part in found.points.parts] == ["Satu;", "Dua", "Tiga."]
    assert parts(found) == [("a", "Penempatan jabatan baik maupun fungsional;"), ("b", "Usulan.")]
    assert (marks(found), found.place) == (["done", "not_yet"], "Tabel 1 baris 2–3")


def test_repeated_heads_and_numbered_columns_are_no_rows():
    second = ["2", "Pengukuran Kinerja\nUkur.", "Diukur.", "Sudah"]
    found = read(paper(["1", "2", "3", "4"], FIRST, HEAD, second, ["", "", "", ""])).entries
    assert [(one.number, one.text) for one in found] == [(1, "Susun target."), (2, "Ukur.")]


def test_the_number_may_stand_in_the_text():
    found = entry("", "3. Laporan Kinerja\nSusun laporan.", "Disusun.", "Sudah")
    assert (found.number, found.heading, found.text) == (3, "Laporan Kinerja", "Susun laporan.")


def test_a_row_may_be_one_cell_to_the_left():
    found = entry("3. Laporan Kinerja\nSusun laporan.", "a. Satu\nb. Dua", "a. Sudah\nb. Sudah", "")
    assert (found.number, parts(found)) == (3, [("a", "Satu"), ("b", "Dua")])
    assert marks(found) == ["done", "done"]


def test_number_and_text_in_one_merged_cell():
    document = docx.Document()
    table = add_table(document, [["", "", "Disusun.", "Sudah"]])
    table.cell(1, 0).merge(table.cell(1, 1)).text = "3. Laporan Kinerja\nSusun laporan."
    (found,) = read(upload(document)).entries
    assert (found.number, found.text, parts(found)) == (3, "Susun laporan.", [("a", "Disusun.")])


def test_cells_merged_downwards_hold_one_renaksi_for_each_row():
    document = docx.Document()
    rows = [["1", "Judul\nTeks.", "Rapat.", "Sudah"], ["", "", "Surat.", "Belum"]]
    table = add_table(document, rows)
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(2, 1))
    hidden = table._tbl.tr_lst[2].tc_lst[1].p_lst[0]
    hidden.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>tidak terlihat</w:t></w:r>"))
    (found,) = read(upload(document)).entries
    assert (found.text, parts(found)) == ("Teks.", [("a", "Rapat."), ("b", "Surat.")])
    assert marks(found) == ["done", "not_yet"]


def test_letters_that_go_on_counting_begin_again_at_a():
    found = entry("2", "Judul\nDalam:\nd. Satu\ne. Dua", "d. Rapat\ne. Surat", "d. Sudah\ne. Belum")
    assert [part.letter for part in found.points.parts] == ["a", "b"]
    assert (parts(found), marks(found)) == ([("a", "Rapat"), ("b", "Surat")], ["done", "not_yet"])
    assert found.remarks == ["Huruf d, e dibaca sebagai a, b."]


def test_a_letter_written_twice_counts_on():
    found = entry("2", "Judul\nTeks.", "a. Rapat\na. Surat", "Sudah\nBelum")
    assert (parts(found), marks(found)) == ([("a", "Rapat"), ("b", "Surat")], ["done", "not_yet"])


def test_a_number_written_twice_counts_on():
    second = ["1", "Pengukuran Kinerja\nUkur.", "Diukur.", "Sudah"]
    found = read(paper(FIRST, second)).entries
    assert [one.number for one in found] == [1, 2]
    assert found[1].remarks == ["Nomor 1 tertulis dua kali; dibaca sebagai 2."]


def test_steps_within_a_letter():
    found = entry(
        "2", "Judul\nTeks.", "a. (1) Reward; (2) Punishment 3 (tiga);\nb. Surat.", "Sudah"
    )
    assert [part.steps for part in found.renaksi] == [["Reward;", "Punishment 3 (tiga);"], []]


OURS = [list_letter(place) for place in range(1, 31)]
AS_WORD_COUNTS = [list_letter(place % 26 or 26) * (1 + (place > 26)) for place in range(1, 31)]


@pytest.mark.parametrize("letters", [OURS, AS_WORD_COUNTS])
def test_letters_beyond_z(letters):
    follow_up = "\n".join(f"{mark}. Rapat {place}" for place, mark in enumerate(letters))
    said = "\n".join(f"{mark}. Sudah" for mark in letters)
    found = entry("2", "Judul\nTeks.", follow_up, said)
    assert parts(found) == [(mark, f"Rapat {place}") for place, mark in enumerate(OURS)]
    assert (set(marks(found)), found.remarks) == ({"done"}, [])


def test_automatic_letters_beyond_z():
    document = docx.Document()
    table = add_table(document, [["1", "Judul\nTeks.", "", "Sudah"]])
    lists = Lists(document)
    letters = lists.begin(("lowerLetter", "%1."))
    for place in range(30):
        lists.put(table.cell(1, 2).add_paragraph(f"Rapat {place}"), letters)
    (found,) = read(upload(document)).entries
    assert parts(found) == [(mark, f"Rapat {place}") for place, mark in enumerate(OURS)]


def test_a_list_may_begin_beyond_z_where_it_goes_on_from_another_cell():
    found = entry("2", "Judul\nTeks.", "ab. Rapat\nac. Surat", "Sudah")
    assert parts(found) == [("a", "Rapat"), ("b", "Surat")]
    assert found.remarks == ["Huruf ab, ac dibaca sebagai a, b."]


def test_an_abbreviation_is_no_letter():
    text = "a. Rapat dengan\ndr. Budi dan\nno. 5\nb. Surat"
    found = entry("2", "Judul\nSesuai Perda\nno. 5 tahun 2022.", text, "a. Sudah\nb. Ya")
    assert parts(found) == [("a", "Rapat dengan\ndr. Budi dan\nno. 5"), ("b", "Surat")]
    assert found.points.parts == []


def test_a_line_that_begins_with_an_abbreviation_is_joined_across_a_page_break():
    rows = [["2", "Judul\nTeks.", "Sesuai Perda", "Sudah"], ["", "", "no. 5.", ""]]
    (found,) = read(paper(*rows)).entries
    assert parts(found) == [("a", "Sesuai Perda no. 5.")]


def test_automatic_numbers_of_word():
    document = docx.Document()
    table = add_table(document, [["", "Judul\nDalam:", "", ""]])
    lists = Lists(document)
    numbers = lists.begin(("decimal", "%1."))
    letters = lists.begin(("lowerLetter", "%1."), ("decimal", "%2)"))
    lists.put(table.cell(1, 0).paragraphs[0], numbers)
    for text in ("Satu;", "Dua."):
        lists.put(table.cell(1, 1).add_paragraph(text), letters)
    for text, depth in (
        ("Rapat", 0), ("Undangan", 1), ("Notula", 1), ("Surat", 0), ("Konsep", 1)
    ):  # fmt: skip
        lists.put(table.cell(1, 2).add_paragraph(text), letters, depth)
    (found,) = read(upload(document)).entries
    assert (found.number, [part.text for part in found.points.parts]) == (1, ["Satu;", "Dua."])
    assert [(part.letter, part.text, part.steps) for part in found.renaksi] == [
        ("a", "Rapat", ["Undangan", "Notula"]),
        ("b", "Surat", ["Konsep"]),
    ]


def test_italics_bold_and_lists_are_kept():
    document = docx.Document()
    table = add_table(document, [["1", "Judul\nBeri <i>reward </i>(<i>best</i>).", "", "Sudah"]])
    paragraph = table.cell(1, 2).paragraphs[0]
    paragraph.add_run("Tebal").bold = True
    paragraph.add_run(" dan 3,51* serta a_b_c")
    (found,) = read(upload(document)).entries
    assert found.text == "Beri _reward_ (_best_)."
    assert found.follow_up == r"*Tebal* dan 3,51\* serta a\_b\_c"


def test_text_taken_out_is_not_read():
    document = docx.Document()
    table = add_table(document, [["1", "Judul\nTeks.", "Rapat", "Sudah"]])
    struck = table.cell(1, 2).paragraphs[0].add_run(" batal")
    struck.font.strike = True
    table.cell(1, 2).paragraphs[0].add_run().add_break(WD_BREAK.PAGE)
    table.cell(1, 2).paragraphs[0].add_run("bulanan.")
    (found,) = read(upload(document)).entries
    assert parts(found) == [("a", "Rapat bulanan.")]


def test_several_tables_in_one_file():
    document = docx.Document()
    add_table(document, [["1", "Perencanaan Kinerja", "30,00"]], ["No", "Komponen", "Nilai"])
    add_table(document, [FIRST])
    add_table(document, [["2", "Pengukuran Kinerja\nUkur.", "Diukur.", "Belum"]])
    add_table(document, [["", *FIRST[1:]]])
    found = read(upload(document)).entries
    assert [(one.number, one.is_included) for one in found] == [(1, True), (2, True), (1, False)]
    assert found[2].remarks == ["Salinan dari Tabel 2 baris 2, jadi tidak diimpor."]


def test_tables_that_grew_together_are_read_apart():
    scores = [["No", "Komponen", "Nilai", ""], ["1", "Perencanaan Kinerja", "30,00", ""]]
    copy = ["", *FIRST[1:]]
    found = read(paper(FIRST, *scores, HEAD, copy, *scores)).entries
    assert [(one.number, one.is_included, one.place) for one in found] == [
        (1, True, "Tabel 1 baris 2"),
        (1, False, "Tabel 1 baris 6"),
    ]


def test_a_column_for_units_and_an_unknown_one():
    head = ["No", "Rekomendasi", "Rencana Aksi", "Penanggung Jawab", "Anggaran"]
    draft = read(paper(["1", "Judul\nTeks.", "Rapat.", "Biro Umum", "0"], head=head))
    assert draft.entries[0].units == {"1": "Biro Umum"}
    assert draft.remarks == [
        "Tabel 1: kolom “Anggaran” tidak dikenal dan dilewati.",
        "Tabel 1 tidak mempunyai kolom Sudah/Belum; semuanya dibaca Belum.",
    ]


def test_a_second_column_of_the_same_kind_is_not_lost_in_silence():
    head = ["No", "Rekomendasi", "Rencana Aksi", "Renaksi", "Sudah/Belum"]
    draft = read(paper(["1", "Judul\nTeks.", "Rapat.", "Sudah rapat.", "Sudah"], head=head))
    assert parts(draft.entries[0]) == [("a", "Rapat.")]
    assert draft.remarks[0] == "Tabel 1: kolom “Renaksi” tidak dikenal dan dilewati."
    assert not draft.mapping.is_certain


def test_rows_and_words_that_were_deleted_are_not_read():
    document = docx.Document()
    table = add_table(document, [FIRST, ["2", "Judul\nTeks.", "Rapat.", "Sudah"]])
    row = table._tbl.tr_lst[2]
    row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="x"/>'))
    cell = table.cell(1, 1).paragraphs[1]._p
    cell.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>lama</w:delText></w:r></w:del>"))
    cell.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t> Baru.</w:t></w:r></w:ins>"))
    (found,) = read(upload(document)).entries
    assert (found.number, found.text) == (1, "Susun target. Baru.")


def test_a_text_box_is_read_once():
    document = docx.Document()
    table = add_table(document, [FIRST])
    box = "<w:txbxContent><w:p><w:r><w:t>Kotak.</w:t></w:r></w:p></w:txbxContent>"
    names = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    table.cell(1, 1).paragraphs[1]._p.append(
        parse_xml(
            f"<w:r {names}><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    (found,) = read(upload(document)).entries
    assert found.text == "Susun target.\nKotak."


def test_a_file_without_a_table_is_refused():
    with pytest.raises(WorkbookRefused, match="tidak berisi tabel"):
        read(upload(docx.Document()))


def test_a_table_that_is_not_understood_is_shown():
    draft = read(paper(["1", "Perencanaan"], head=["No", "Komponen"]))
    (shape,) = draft.mapping.tables
    assert (draft.entries, shape.is_read, shape.head_rows) == ([], False, 1)
    assert [(column.heading, column.samples) for column in shape.columns] == [
        ("No", ["1"]), ("Komponen", ["Perencanaan"])
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["2 )", "No. 2", "Nomor 2", "２.", "Rekomendasi 2", "²"])
def test_a_number_in_its_column_may_have_words_and_signs(number):
    second = [number, "Ukur kinerja.", "Surat.", "Sudah"]
    found = read(paper(FIRST, second)).entries
    assert [(one.number, one.text) for one in found] == [(1, "Susun target."), (2, "Ukur kinerja.")]


def test_words_in_the_column_of_numbers_are_told():
    [found] = read(paper(FIRST, ["*) sesuai LHE", "", "", ""])).entries
    assert found.text == "Susun target.\n*) sesuai LHE"
    said = "Baris 3: “*) sesuai LHE” di kolom nomor dibaca sebagai teks rekomendasi ini."
    assert found.remarks == [said]


@pytest.mark.parametrize(
    ("mark", "remarks"),
    [
        ("Sudah", ["Tanda “Sudah” tidak dapat ditempatkan karena sel tindak lanjutnya kosong."]),
        ("Belum", []),
    ],
)
def test_a_mark_without_a_follow_up_is_told(mark, remarks):
    found = entry("1", "Susun target.", "\u200b", mark)
    assert (found.renaksi, found.remarks) == ([], remarks)
