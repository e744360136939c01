"""Files and sheets that cannot be used as they are: refused or flagged in words, before and after parsing."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sakip.errors import WrongState
from sakip.models import Unit
from sakip.uploads.archive import OLD_OFFICE
from tests import factories
from tests.workbooks.books import exported, plan_of, repacked, upload, zipped
from workbooks.compare.plan import RowOutcome
from workbooks.models import ImportRun
from workbooks.readers import workbook
from workbooks.readers.guard import WorkbookRefused
from workbooks.services import imports
from workbooks.writers import rejected_rows

UNITS = [["Kode", "Nama", "Jenis", "Unit induk"]]
GOOD = ["baru", "Biro Baru", "Biro atau bidang", "Sekretariat Daerah"]
SHEET = "xl/worksheets/sheet1.xml"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Unit">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
)
WORD_CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def raw(content, name="buku.xlsx"):
    return SimpleUploadedFile(name, content)


def good(**options):
    return upload({"Unit": [*UNITS, GOOD]}, **options)


def with_part(path, content):
    return repacked(good(), lambda parts: parts.update({path: content}))


def with_xml(before, after):
    return repacked(
        good(), lambda parts: parts.update({SHEET: parts[SHEET].replace(before, after)})
    )


def moved(parts):
    """The sheet has another place, and its name another prefix."""
    parts["xl/tables/unit.xml"] = parts.pop(SHEET)
    for path in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/workbook.xml"):
        text = parts[path].replace(b"worksheets/sheet1.xml", b"tables/unit.xml")
        parts[path] = text.replace(b"xmlns:r=", b"xmlns:q=").replace(b" r:id=", b" q:id=")


def ods(rows, head=""):
    parts = {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": head + ODS.format(rows),
    }
    return zipped(parts, "buku.ods")


OTHERWISE = "tidak dapat dibaca sebagai buku kerja. Buka di Excel, simpan sebagai .xlsx"
FILES = {
    "a workbook with macros": (lambda: raw(b"PK", "buku.xlsm"), "buku kerja bermakro. Di Excel pilih Simpan sebagai"),
    "a binary workbook": (lambda: raw(b"PK", "buku.xlsb"), "buku kerja biner. Di Excel pilih Simpan sebagai"),
    "an old workbook": (lambda: raw(OLD_OFFICE + b"x", "buku.xls"), "berformat Excel lama. Di Excel pilih Simpan sebagai (Save as), jenis .xlsx"),
    "a password, or an .xls with another name": (
        lambda: raw(OLD_OFFICE + b"x"),
        "berformat Excel lama (.xls) atau dikunci dengan kata sandi. Simpan ulang",
    ),
    "a picture": (lambda: raw(b"\x89PNG", "foto.png"), "bukan buku kerja Excel"),
    "text named xlsx": (lambda: raw(b"Kode;Nama\n1;2\n"), "rusak atau bukan buku kerja Excel. Buka di Excel"),
    "nothing": (lambda: raw(b"x"), "rusak atau bukan buku kerja Excel"),
    "half a file": (lambda: raw(good().read()[:3000]), "rusak atau bukan buku kerja Excel"),
    "an archive of something else": (lambda: zipped({"a.txt": "a"}), "tidak dapat dibaca sebagai buku kerja"),
    "a bomb": (lambda: with_part("xl/media/a.bin", b"0" * 80_000_000), "menjadi terlalu besar saat dibuka"),
    "too many parts": (
        lambda: repacked(good(), lambda parts: parts.update({f"a{number}": b"" for number in range(2001)})),
        "bagian, terlalu banyak",
    ),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "berisi makro"),
    "a cell at the end of the world": (lambda: with_xml(b'r="A2"', b'r="XFD1048576"'), "XFD1048576 di luar batas"),
    "a far cell in other quotes": (lambda: with_xml(b'r="A2"', b"r='XFD1048576'"), OTHERWISE),
    "a far cell behind a blank": (lambda: with_xml(b'r="A2"', b'r = "XFD1048576"'), OTHERWISE),
    "a cell without its address": (lambda: with_xml(b'<c r="A2"', b"<c"), OTHERWISE),
    "a value that is quoted": (lambda: with_xml(b"<is><t>baru", b"<is><t><![CDATA[baru]]>"), OTHERWISE),
    "a sheet that nobody looked at": (lambda: repacked(good(), moved), OTHERWISE),
    "a definition": (
        lambda: with_xml(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "definisi XML yang tidak diperbolehkan",
    ),
    "a million rows in one": (
        lambda: ods(f'<table:table-row table:number-rows-repeated="1000000">{WORD_CELL.format("")}</table:table-row>'),
        "sel di luar batas",
    ),
    "a thousand columns in one": (
        lambda: ods("<table:table-row>" + WORD_CELL.format(' table:number-columns-repeated="1000"') + "</table:table-row>"),
        "sel di luar batas",
    ),
    "a definition in an ods": (lambda: ods("", '<!DOCTYPE a [<!ENTITY b "c">]>'), "definisi XML"),
    "an ods that is none": (lambda: zipped({"content.xml": "<a"}, "a.ods"), "a.ods"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_refused_in_words(name):
    make, sentence = FILES[name]
    file = make()
    with pytest.raises(WorkbookRefused) as refused:
        workbook.read_workbook(file, file.name)
    assert sentence in str(refused.value)


def test_a_refused_file_leaves_nothing(cast):
    with pytest.raises(WorkbookRefused):
        imports.start(kind="units", upload=raw(OLD_OFFICE), actor=cast.kadir, at=timezone.now())
    assert not ImportRun.objects.exists()


def test_a_previewed_file_that_a_newer_program_refuses_is_told(cast, monkeypatch):
    rows = {"Unit": [*UNITS, GOOD, ["lain", "", "Biro", ""]]}
    run = imports.start(kind="units", upload=upload(rows), actor=cast.kadir, at=timezone.now())
    imports.preview(run)

    def refuse(file, name):
        raise WorkbookRefused(f"{name} tidak dapat dibaca.")

    monkeypatch.setattr(workbook.guard, "check", refuse)
    for deed in (
        lambda: imports.carry_out(run, at=timezone.now(), skip_refused=True),
        lambda: imports.choose(run, {}),
        lambda: rejected_rows.write(BytesIO(), run),
    ):
        with pytest.raises(WrongState, match="buku.xlsx tidak dapat dibaca."):
            deed()


def hidden(book):
    book["Unit"].sheet_state = "hidden"


def meta(**said):
    def change(book):
        book.create_sheet("_sakip").append([json.dumps(said)])

    return change


SHEETS = {
    "no sheet of the name": (
        {"A": [["x"]], "B": [["y"]]}, None, "",
        "Tidak ada lembar yang dikenal. Lembar yang dicari: “Unit”, “Pengguna”. Unduh templatnya.",
    ),
    "nothing at all": (
        {"Unit": []}, None, "",
        "Tidak ada lembar yang dikenal. Lembar yang dicari: “Unit”, “Pengguna”. Unduh templatnya.",
    ),
    "a head alone": ({"Unit": UNITS}, None, "", "Buku kerja ini tidak berisi baris. Isi di bawah judul kolom, lalu unggah."),
    "no head": ({"Unit": [["satu", "dua"], [1, 2]]}, None, "",
        "Baris judul tidak ditemukan. Lembar ini memerlukan kolom “Kode”. Unduh templatnya."),
    "no key column": ({"Unit": [["Nama", "Jenis"], ["Biro", "Provinsi"]]}, None, "",
        "Kolom “Kode” tidak ada. Tambahkan, atau unduh templatnya."),
    "a column twice": ({"Unit": [["Kode", "Nama", "Nama unit"], ["a", "b", "c"]]}, None, "",
        "Kolom “Nama unit” ada dua kali. Hapus salah satunya."),
    "a hidden sheet": ({"Unit": [*UNITS, GOOD], "Lain": [["x"]]}, hidden, "",
        "Tidak ada lembar yang dikenal. Lembar yang dicari: “Unit”, “Pengguna”. Unduh templatnya."),
    "another template": ({"Unit": [*UNITS, GOOD]}, meta(kind="renaksi", version=2), "",
        "Ini buku kerja “Rencana aksi dan tindak lanjut”, bukan “Unit dan pengguna”. Pilih isi buku kerja yang sesuai, "
        "atau unduh templat yang benar."),
    "an old template": ({"Unit": [*UNITS, GOOD]}, meta(kind="units", version=1), "",
        "Ini templat versi lama (1); yang berlaku versi 2. Unduh templatnya sekarang, lalu salin isi Anda ke sana."),
    "a template of tomorrow": ({"Unit": [*UNITS, GOOD]}, meta(kind="units", version=9), "",
        "Ini templat versi yang lebih baru (9); yang berlaku versi 2. Unduh templatnya sekarang, lalu salin isi Anda ke sana."),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_cannot_be_used_is_told(cast, name):
    sheets, change, cell, message = SHEETS[name]
    plan = plan_of("units", cast.kadir, upload(sheets, change=change))
    assert [(problem.cell, problem.message) for problem in plan.errors] == [(cell, message)]
    assert plan.count(RowOutcome.NEW) == 0


def test_unknown_and_missing_columns_are_named(cast):
    head = ["Kode", "Nama", "Jenis", "Unit induk", "Nama singkatan", "Warna"]
    plan = plan_of("units", cast.kadir, upload({"Unit": [head, [*GOOD, "BB", "merah"]]}))
    assert [(problem.cell, problem.message) for problem in plan.warnings] == [
        (
            "",
            "Kolom yang tidak ada, jadi tidak diubah: “Urutan”, “Sebutan pimpinan”, “Aktif”.",
        ),
        ("F1", "Kolom “Warna” tidak dikenal dan dilewati."),
    ]
    [question] = plan.questions
    assert (question.cell, question.proposed) == ("E1", "Nama singkat")
    assert (plan.errors, plan.count(RowOutcome.NEW)) == ([], 1)


def test_values_below_an_empty_heading_are_said(cast):
    rows = [[*UNITS[0], "", "Urutan"], [*GOOD, "merah", 7], [*GOOD[:1], "", "", "", "biru"]]
    plan = plan_of("units", cast.kadir, upload({"Unit": rows}))
    (loss,) = plan.losses
    assert (loss.cell, loss.message) == (
        "E2",
        "Kolom ini berisi “merah”, tetapi tidak mempunyai judul; dilewati. "
        "Tulis judulnya di baris 1 bila isinya perlu dibaca.",
    )


def merged(book):
    page = book["Unit"]
    page.merge_cells("A1:D1")
    page.merge_cells("A3:B3")


YEARS = ["Sasaran", "Nomor", "Nama indikator", "Satuan", "Unit pemilik"]
VALUES = ["Sekretariat Daerah / 1", 1, "Indeks", "Indeks", "Biro Organisasi", 80, 81]
READABLE = {
    "a letterhead above": ({"Unit": [["PEMERINTAH PROVINSI"], [], ["Daftar unit", "", "2023"], *UNITS, GOOD]}, None),
    "merged titles": ({"Unit": [["DAFTAR UNIT"], [], ["Biro"], *UNITS, GOOD]}, merged),
    "aliases": ({"Unit": [["KODE UNIT", "nama  unit *", "Jenis:", "Induk"], GOOD]}, None),
    "column numbers": ({"Unit": [*UNITS, ["(1)", "(2)", "(3)", "(4)"], GOOD]}, None),
    "a head on every page, with blanks": ({"Unit": [*UNITS, GOOD, ["Kode ", "Nama*", "Jenis", " Unit induk"]]}, None),
    "a head on every page": ({"Unit": [*UNITS, GOOD, *UNITS]}, None),
    "empty rows": ({"Unit": [*UNITS, [], GOOD, *[[None] * 4] * 300]}, None),
    "a sheet called otherwise": ({"Sheet1": [*UNITS, GOOD]}, None),
    "a code as a number": ({"Unit": [*UNITS, [401, *GOOD[1:]]]}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_what_offices_make_of_a_table_is_understood(cast, name):
    sheets, change = READABLE[name]
    plan = plan_of("units", cast.kadir, upload(sheets, change=change))
    assert (plan.errors, plan.count(RowOutcome.NEW)) == ([], 1)


@pytest.mark.parametrize(
    "above", [["", "", "", "", "", "Realisasi", "Realisasi"], ["", "", "", "", "", "Realisasi", ""]]
)
def test_years_below_one_head_are_read(cast, units, above):
    factories.make_objective(units.setda)
    rows = [above, [*YEARS, 2021, 2022], VALUES]
    plan = plan_of("indicators", cast.kadir, upload({"Indikator": rows}))
    assert (plan.errors, plan.count(RowOutcome.NEW)) == ([], 1)
    assert [change.after for row in plan.sheets[0].rows for change in row.changes][-2:] == [
        "80",
        "81",
    ]


@pytest.mark.parametrize("is_merged", [True, False])
def test_quarters_below_one_year_are_read(cast, units, is_merged):
    factories.make_objective(units.setda)

    def change(book):
        if is_merged:
            book["Indikator"].merge_cells("F1:G1")

    rows = [[*YEARS, "Realisasi 2023", ""], ["", "", "", "", "", "TW I", "Triwulan II"], VALUES]
    plan = plan_of("indicators", cast.kadir, upload({"Indikator": rows}, change=change))
    assert plan.errors == []
    found = {one.column.label: one.after for row in plan.sheets[0].rows for one in row.changes}
    assert list(found.items())[-2:] == [
        ("Realisasi TW I 2023", "80"),
        ("Realisasi TW II 2023", "81"),
    ]


def test_a_lie_about_the_size_of_a_sheet_is_harmless(cast):
    file = with_xml(b'<dimension ref="A1:D2"', b'<dimension ref="A1:XFD1048576"')
    assert plan_of("units", cast.kadir, file).count(RowOutcome.NEW) == 1


def test_an_ods_is_read_like_an_xlsx(cast):
    def row(values):
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            for value in values
        )
        return f"<table:table-row>{cells}</table:table-row>"

    filler = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    file = ods(row(UNITS[0]) + row(GOOD) + filler)
    assert plan_of("units", cast.kadir, file).count(RowOutcome.NEW) == 1


FORMULAS = {
    "not yet counted": (
        "<f>1+1</f><v></v>",
        "",
        "Rumus belum dihitung. Simpan sekali di Excel, atau tulis nilainya.",
    ),
    "failed": (
        "<f>1/0</f><v>#DIV/0!</v>",
        ' t="e"',
        "Rumus di sel ini gagal. Perbaiki rumusnya, atau tulis nilainya.",
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_without_a_value_is_named_whatever_the_files_are_called(cast, name):
    """The second sheet lies in the first file."""
    inside, kind, message = FORMULAS[name]

    def change(parts):
        one, two = SHEET, "xl/worksheets/sheet2.xml"
        relations = "xl/_rels/workbook.xml.rels"
        text = parts[two].replace(b'r="B2" t="inlineStr"', b'r="B2"')
        start = text.index(b'<c r="B2"')
        end = text.index(b"</c>", start) + 4
        parts[two] = text[:start] + f'<c r="B2"{kind}>{inside}</c>'.encode() + text[end:]
        parts[one], parts[two] = parts[two], parts[one]
        swapped = (
            parts[relations].replace(b"sheet1.xml", b"?").replace(b"sheet2.xml", b"sheet1.xml")
        )
        parts[relations] = swapped.replace(b"?", b"sheet2.xml")

    file = repacked(upload({"Catatan": [["x"]], "Unit": [*UNITS, GOOD]}), change)
    plan = plan_of("units", cast.kadir, file)
    assert [(problem.cell, problem.message) for problem in plan.errors] == [("B2", message)]


@pytest.mark.parametrize(
    ("second", "cell"),
    [
        (["Sasaran", "Nomor", "Realisasi 2023", "Target 2023"], "A4"),
        (["Sasaran", "Nomor", "Target 2024", "Realisasi 2024"], "A4"),
        (["", "Sasaran", "Nomor", "Target 2023"], "B4"),
    ],
)
def test_a_second_table_with_other_columns_is_not_read_in_those_of_the_first(
    cast, units, second, cell
):
    objective = factories.make_objective(units.setda)
    for name in ("Satu", "Dua"):
        factories.make_indicator(objective, units.organisasi, name)
    head, key = ["Sasaran", "Nomor", "Target 2023", "Realisasi 2023"], "Sekretariat Daerah / 1"
    rows = [head, [key, 1, 80, 70], [], second, [key, 2, 60, 90]]
    plan = plan_of("indicators", cast.kadir, upload({"Indikator": rows}))
    assert [problem.cell for problem in plan.errors] == [problem.cell for problem in plan.losses]
    [loss] = plan.losses
    assert (loss.cell, loss.message[:36]) == (cell, "Baris 4 adalah judul tabel lain deng")
    assert [row.number for sheet in plan.sheets for row in sheet.rows] == [2]


def test_a_first_table_with_fewer_columns_is_told(cast, units):
    objective = factories.make_objective(units.setda)
    for name in ("Satu", "Dua"):
        factories.make_indicator(objective, units.organisasi, name)
    head, key = ["Sasaran", "Nomor", "Target 2023"], "Sekretariat Daerah / 1"
    rows = [["Tabel 1"], head, [key, 1, 80], [], [*head, "Realisasi 2023"], [key, 2, 60, 90]]
    plan = plan_of("indicators", cast.kadir, upload({"Indikator": rows}))
    [error] = plan.errors
    assert (error.cell, error.is_loss) == ("A2", True)
    assert error.message.startswith(
        "Baris 2 adalah judul tabel lain; baris 2 sampai 4 tidak dibaca"
    )
    assert [row.number for sheet in plan.sheets for row in sheet.rows] == [6]


def test_a_formula_that_makes_an_empty_text_is_an_empty_cell(cast):
    rows = [[*UNITS[0], "Nama singkat"], [*GOOD, "=IF(1,1)"]]

    def change(parts):
        made = rb'<c r="E2" t="str"><f>IF(A2="","",A3)</f><v></v></c>'
        parts[SHEET] = re.sub(rb'<c r="E2".*?</c>', made, parts[SHEET])
        assert made in parts[SHEET]

    plan = plan_of("units", cast.kadir, repacked(upload({"Unit": rows}), change))
    assert (plan.errors, plan.count(RowOutcome.NEW)) == ([], 1)


def test_units_of_one_workbook_may_name_one_another_in_any_order(cast):
    rows = [*UNITS, ["b", "Bagian", "Biro atau bidang", "Biro Baru"], GOOD]
    run = imports.start(
        kind="units", upload=upload({"Unit": rows}), actor=cast.kadir, at=timezone.now()
    )
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    assert Unit.objects.get(code="b").parent.parent.name == "Sekretariat Daerah"


def test_a_template_carries_what_it_is(cast):
    file = exported("renaksi", cast.kadir, empty=True)
    book = workbook.read_workbook(BytesUpload(file.read()), "renaksi.xlsx")
    assert workbook.template_of(book) == workbook.Template("renaksi", workbook.TEMPLATE_VERSION)
    assert [sheet.name for sheet in book][:3] == ["Petunjuk", "Rencana aksi", "Langkah"]


class BytesUpload(BytesIO):
    @property
    def size(self):
        return len(self.getvalue())
