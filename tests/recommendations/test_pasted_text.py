"""Text copied from Word and Excel: a table of what is pasted and what is made of it."""

import pytest

from recommendations.rules.evaluation_table import EntryLine, merged
from recommendations.rules.pasted_text import MOST_ROWS, cleaned, read
from tests.growth import WORST, ends

COMPONENTS = ("Perencanaan Kinerja", "Pengukuran Kinerja")
SHORT = {"rekomendasi": "R", "butir": "b", "renaksi": "x"}


def made(text, shape=""):
    """Each line as its kind, its number or letter, and its text."""
    lines = read(text, shape, COMPONENTS).lines
    return [(SHORT[line.kind], line.number, line.text) for line in lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Satu\n2. Dua", [("R", "1", "Satu"), ("R", "2", "Dua")]),
        ("1) Satu\na) butir", [("R", "1", "Satu"), ("b", "", "butir")]),
        ("1.\tSatu\n\ta.\tbutir", [("R", "1", "Satu"), ("b", "", "butir")]),
        ("(1) Satu\n(a) butir", [("R", "1", "Satu"), ("b", "", "butir")]),
        ("1. Satu\na. satu\nb. dua\n2. Dua\na. tiga",
         [("R", "1", "Satu"), ("b", "", "satu"), ("b", "", "dua"), ("R", "2", "Dua"), ("b", "", "tiga")]),
        ("1. Satu\na. butir\n1) langkah\n2) langkah dua\nb. dua",
         [("R", "1", "Satu"), ("b", "", "butir\n1. langkah\n2. langkah dua"), ("b", "", "dua")]),
        ("1. Satu\n  a. butir\n    1. dalam\n    2. dalam dua\n2. Dua",
         [("R", "1", "Satu"), ("b", "", "butir\n1. dalam\n2. dalam dua"), ("R", "2", "Dua")]),
        ("1. Satu yang\npanjang sekali", [("R", "1", "Satu yang panjang sekali")]),
        ("1. Satu.\nParagraf kedua.", [("R", "1", "Satu.\nParagraf kedua.")]),
        ("1. Satu\n•\tpeluru\no\tanak\n§\tlain\n\uf0b7 simbol",
         [("R", "1", "Satu\n- peluru\n- anak\n- lain\n- simbol")]),
        ("• Satu\n• Dua", [("R", "", "Satu"), ("R", "", "Dua")]),
        ("1. men\u00adja\u200bdi\u00a0satu", [("R", "1", "menjadi satu")]),
        ("1. menindak\u00ad\nlanjuti", [("R", "1", "menindaklanjuti")]),
        ("1. file_nama_x dan *bintang*", [("R", "1", r"file\_nama\_x dan \*bintang\*")]),
        ("1. Satu\nA. satu\nB. dua\n2. Dua",
         [("R", "1", "Satu"), ("b", "", "satu"), ("b", "", "dua"), ("R", "2", "Dua")]),
        ("1. Satu\n1. Satu lagi", [("R", "1", "Satu"), ("R", "1", "Satu lagi")]),
        ("1. Tahun\n2023. Lanjutan kalimat", [("R", "1", "Tahun 2023. Lanjutan kalimat")]),
        ("1. Satu\n\n\n   \n2. Dua", [("R", "1", "Satu"), ("R", "2", "Dua")]),
        ("1. Satu\r\n2. Dua\r", [("R", "1", "Satu"), ("R", "2", "Dua")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_list(text, expected):
    assert made(text) == expected


def test_a_heading_is_the_component_of_what_follows():
    pasted = read(
        "A. PERENCANAAN KINERJA\n1. Satu\nB. Pengukuran Kinerja\n2. Dua\nC. Lain-lain\n3. Tiga",
        "",
        COMPONENTS,
    )
    assert [line.component for line in pasted.lines] == [
        "Perencanaan Kinerja", "Pengukuran Kinerja", "Pengukuran Kinerja",
    ]  # fmt: skip
    assert pasted.remarks == ["Baris 5 tidak dipakai: “C. Lain-lain”"]


def test_a_component_as_the_title_of_a_recommendation():
    [line] = read("1. Perencanaan Kinerja\nAgar menyusun pohon kinerja.", "", COMPONENTS).lines
    assert (line.component, line.text) == ("Perencanaan Kinerja", "Agar menyusun pohon kinerja.")


def test_a_letter_without_a_number_is_told_with_its_line():
    pasted = read("Pengantar\na. satu\n1. Satu")
    assert pasted.remarks == ["Baris 1 tidak dipakai: “Pengantar”"]
    assert pasted.lines[0].remarks == ["Baris 2: huruf a tanpa nomor rekomendasi di atasnya."]


CELLS = ("kind", "number", "text", "units", "person", "due_date")


def cells(text, shape=""):
    return [tuple(getattr(line, name) for name in CELLS) for line in read(text, shape).lines]


def test_a_table_with_a_head_in_another_order():
    text = (
        "Tenggat waktu\tPIC\tPenanggung-Jawab\tNo.\tUraian Rencana Aksi\tUnit Pendukung\n"
        '31 Des 2026\tRina\tBiro Organisasi\t2\t"Rapat\n• satu\n• dua"\tBiro Umum\n'
    )
    assert cells(text) == [
        ("rekomendasi", "2", "", "", "", ""),
        ("renaksi", "", "Rapat\n- satu\n- dua", "Biro Organisasi; Biro Umum", "Rina", "31 Des 2026"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # In the usual order, merged cells of the number, and a letter beside the number.
        ("1\tRapat\tBiro A\tRina\t1/2/2026\n\tSurat\tBiro B\t\t\n2.a\tBuku\tBiro A\t\t",
         [("1", ""), ("", "Rapat"), ("", "Surat"), ("2", ""), ("a", "Buku")]),
        # Recommendation 1 comes back below 2.
        ("1\tRapat\tA\t\t\n2\tSurat\tA\t\t\n1\tBuku\tA\t\t",
         [("1", ""), ("", "Rapat"), ("", "Buku"), ("2", ""), ("", "Surat")]),
        # Word breaks a row at the paragraphs of a cell.
        ("No\tRencana aksi\tUnit\n1\tRapat\nlanjutan\tBiro A\n2\tSurat\tBiro B",
         [("1", ""), ("", "Rapat\nlanjutan"), ("2", ""), ("", "Surat")]),
        # A quotation mark that does not close is text.
        ('1\t"SAKIP baik\tBiro A\t\t\n2\tSurat\tBiro B\t\t',
         [("1", ""), ("", '"SAKIP baik'), ("2", ""), ("", "Surat")]),
        # The recommendation itself stands in a column, merged.
        ("No\tRekomendasi\tRencana aksi\tUnit\n1\tSusun pohon\tRapat\tA\n\t\tSurat\tA",
         [("1", "Susun pohon"), ("", "Rapat"), ("", "Surat")]),
        # The columns are numbered below the head.
        ("No\tRencana aksi\tUnit\n(1)\t(2)\t(3)\n4\tRapat\tA", [("4", ""), ("", "Rapat")]),
        ("No\tRencana aksi\tUnit\n1\t2\t3\n4\tRapat\tA", [("4", ""), ("", "Rapat")]),
        # A column “Rekomendasi” of numbers.
        ("Rekomendasi\tRencana aksi\tUnit\n3\tRapat\tA", [("3", ""), ("", "Rapat")]),
        # Without numbers every text of a recommendation is one.
        ("Rekomendasi\tRencana aksi\nSusun\tRapat\nSusun\tSurat\nUkur\tBuku",
         [("", "Susun"), ("", "Rapat"), ("", "Surat"), ("", "Ukur"), ("", "Buku")]),
    ],
)  # fmt: skip
def test_a_table(text, expected):
    assert [(line.number, line.text) for line in read(text).lines] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1\tRapat\tBiro A", "Baris 1 hanya 3 kolom, padahal seharusnya 5."),
        ("abc\tRapat\tBiro A\t\t", "“abc” bukan nomor rekomendasi."),
        ("1\tRapat\tBiro A\tRina\t1/2/2026\tlebih", "kolom lebih, “lebih”, tidak dipakai."),
        ("\tRapat\tBiro A\t\t", "Tidak ada nomor rekomendasi."),
        (
            "No\tRekomendasi\tRencana aksi\tUnit\n1\tSusun\tBuku\tX\n1\tUkur\tRapat\tBiro A",
            "Baris 3: nomor 1 sudah dipakai untuk rekomendasi lain.",
        ),
    ],
)
def test_what_is_wrong_in_a_row_is_told_at_its_line(text, words):
    line = read(text).lines[-1]
    assert words in " ".join(line.remarks)
    assert (line.kind, line.text, line.units) == ("renaksi", "Rapat", "Biro A")


def test_a_column_that_is_not_known_is_told():
    pasted = read("No\tRencana aksi\tUnit\tAnggaran\n1\tRapat\tA\t5 juta")
    assert pasted.remarks == ["Kolom “Anggaran” tidak dikenal, jadi tidak dipakai."]


@pytest.mark.parametrize("number", ["1", "1.", ""])
def test_a_first_row_of_work_is_not_taken_for_the_head(number):
    """Its plan and its unit begin like titles of columns."""
    pasted = read(f"{number}\tRencana kerja\tBidang Pemasaran\tMega\t31 Desember 2030")
    (line,) = [one for one in pasted.lines if one.kind == "renaksi"]
    assert (line.text, line.units, line.person) == ("Rencana kerja", "Bidang Pemasaran", "Mega")
    assert pasted.remarks == []


def test_the_shape_can_be_chosen():
    text = "1.\tRapat"
    assert made(text)[0][0] == "R"
    assert [one[0] for one in made(text, "tabel")] == ["R", "x"]


def test_too_many_rows_are_cut_and_told():
    pasted = read("\n".join(f"{count % 999 + 1}. Isi" for count in range(MOST_ROWS + 20)))
    assert len(pasted.lines) == MOST_ROWS
    assert "20 baris terakhir tidak diambil" in pasted.remarks[-1]


def test_invisible_characters_go_and_blanks_become_blanks():
    assert cleaned("a\u200bb\ufeff\u00a0c\u2009d\u00ade\x07") == "ab c de"


def test_pasted_renaksi_come_below_their_recommendation_and_nothing_comes_twice():
    known = [
        EntryLine("rekomendasi", key="1:x", number="1", text="Satu"),
        EntryLine("butir", key="1:x", text="butir"),
        EntryLine("rekomendasi", key="2:x", number="2", text="Dua"),
    ]
    pasted = read("1. Satu\na. butir\nb. baru\n3. Tiga").lines
    both = merged(
        merged(known, pasted), read("1\tRapat\tA\t\t\n1\tRapat\tA\t\t\n9\tSurat\tA\t\t").lines
    )
    assert [(line.kind, line.text, line.is_new) for line in both] == [
        ("rekomendasi", "Satu", False), ("butir", "butir", False), ("butir", "baru", True),
        ("renaksi", "Rapat", True), ("renaksi", "Rapat", True),
        ("rekomendasi", "Dua", False), ("rekomendasi", "Tiga", True),
        ("rekomendasi", "", True), ("renaksi", "Surat", True),
    ]  # fmt: skip


def test_another_text_with_a_number_in_use_stays_and_is_not_merged():
    known = [EntryLine("rekomendasi", key="1:x", number="1", text="Satu")]
    assert [line.text for line in merged(known, read("1. Lain").lines)] == ["Satu", "Lain"]


@pytest.mark.parametrize("shape", ["daftar", "tabel", ""])
@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_reading_ends_whatever_is_pasted(text, shape):
    assert ends(lambda: read(text, shape, COMPONENTS))


@pytest.mark.parametrize(
    "text",
    [
        "1. a\n" * 40_000,
        "1. a\na. b\nx\n" * 15_000,
        "1\ta\n" * 40_000,
        "\t" * 200_000,
        '"' * 200_000,
        "1\t" * 90_000,
    ],
)
def test_long_lists_end_too(text):
    assert ends(lambda: read(text, "", COMPONENTS))
