"""Renamed sheets and headings are recognised by likeness and asked about; what is not read is always said."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from sakip.errors import WrongState
from sakip.models import Unit
from tests.workbooks.books import plan_of, upload
from workbooks.compare.plan import RowOutcome
from workbooks.models import ImportRun
from workbooks.readers import workbook
from workbooks.readers.guesses import closest, is_like
from workbooks.services import imports
from workbooks.writers import rejected_rows

HEAD = ["Kode", "Nama", "Jenis", "Unit induk"]
GOOD = ["baru", "Biro Baru", "Biro atau bidang", "Sekretariat Daerah"]
PEOPLE = [["Nama pengguna", "Nama", "Peran", "Unit"]]


def book(*, sheet="Unit", head=HEAD, row=GOOD, **others):
    return upload({sheet: [head, row], "Pengguna": PEOPLE, **others})


def started(cast, file):
    run = imports.start(kind="units", upload=file, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    return run


# ── Likeness ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("Indikator 2023", "Indikator"),
        ("INDIKATOR_KINERJA", "Indikator"),
        ("Rencana Aksi (lama)", "Rencana aksi"),
        ("Renaksi", "Rencana aksi"),
        ("Uraian Tindak Lanjut", "Tindak lanjut"),
        ("OPD", "Perangkat daerah"),
        ("Realisasi Tahun 2023", "Realisasi 2023"),
        ("Penanggungjawab", "Penanggung jawab"),
    ],
)
def test_one_looks_like_the_other(found, known):
    assert is_like(found, known)


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("Realisasi 2022", "Realisasi 2023"),
        ("Target TW II 2023", "Target TW I 2023"),
        ("Warna", "Nama"),
        ("Capaian 2023", "Realisasi 2023"),  # achievement, not result
        ("Rekap", "Indikator"),
    ],
)
def test_these_do_not(found, known):
    assert not is_like(found, known)


def test_the_most_similar_comes_first():
    known = ["Nama", "Tindak lanjut", "Rencana aksi"]
    assert closest("Rencana aksi 2023", known) == ["Rencana aksi", "Nama", "Tindak lanjut"]


# ── Questions ───────────────────────────────────────────────────────────────────────────────────
def test_a_renamed_sheet_is_asked_about_and_read_when_it_is_named(cast):
    plan = plan_of("units", cast.kadir, book(sheet="Unit 2023"))
    [question] = plan.questions
    assert (question.key, question.proposed, question.options) == ("Unit 2023", "Unit", ("Unit",))
    assert (plan.count(RowOutcome.NEW), plan.errors) == (0, [])
    plan = plan_of("units", cast.kadir, book(sheet="Unit 2023"), names={"Unit 2023": "Unit"})
    assert (plan.count(RowOutcome.NEW), plan.questions) == (1, [])
    plan = plan_of("units", cast.kadir, book(sheet="Unit 2023"), names={"Unit 2023": ""})
    assert (plan.questions, plan.losses) == ([], [])
    assert "Lembar “Unit 2023” dilewati." in [one.message for one in plan.warnings]


def test_a_sheet_is_recognised_by_its_head_too(cast):
    [question] = plan_of("units", cast.kadir, book(sheet="Lembar1")).questions
    assert (question.found, question.proposed) == ("Lembar1", "Unit")


def test_a_renamed_heading_is_asked_about_and_read_when_it_is_named(cast):
    file = book(head=["Kode", "Nama Unit", "Jenis unit kerja", "Unit induk"])
    plan = plan_of("units", cast.kadir, file)
    assert [(one.cell, one.proposed) for one in plan.questions] == [("C1", "Jenis")]
    file = book(head=["Kode unit kerja", "Nama Unit", "Jenis unit kerja", "Unit induk"])
    plan = plan_of("units", cast.kadir, file)
    assert [(one.cell, one.proposed) for one in plan.questions] == [("A1", "Kode"), ("C1", "Jenis")]
    assert (plan.count(RowOutcome.NEW), plan.errors) == (0, [])
    names = {one.key: one.proposed for one in plan.questions}
    plan = plan_of("units", cast.kadir, file, names=names)
    assert (plan.count(RowOutcome.NEW), plan.questions, plan.errors) == (1, [], [])


def test_every_heading_is_asked_about_while_a_key_is_missing(cast):
    plan = plan_of("units", cast.kadir, book(head=["Singkatan resmi", *HEAD[1:]]))
    [question] = plan.questions
    assert (question.found, question.proposed, "Kode" in question.options) == (
        "Singkatan resmi",
        "",
        True,
    )


def test_nothing_is_written_before_the_answer_and_the_answer_is_kept(cast):
    run = started(cast, book(sheet="Unit 2023"))
    with pytest.raises(WrongState, match="Jawab dahulu"):
        imports.carry_out(run, at=timezone.now(), skip_refused=True)
    imports.choose(run, {}, {"Unit 2023": "Warna", "Lain": "Unit"})  # neither fits
    assert run.names == {}
    imports.choose(run, {}, {"Unit 2023": "Unit"})
    imports.carry_out(run, at=timezone.now())
    assert Unit.objects.filter(code="baru").exists()
    assert ImportRun.objects.get().names == {"Unit 2023": "Unit"}


def test_the_page_asks_and_takes_the_answer(signed_in, cast):
    run = started(cast, book(sheet="Unit 2023"))
    client = signed_in(cast.kadir)
    page = client.get(run.get_absolute_url()).text
    assert 'name="sebagai:Unit 2023"' in page
    assert "Tulis 1 baris" not in page
    client.post(f"{run.get_absolute_url()}pilih/", {"sebagai:Unit 2023": "Unit"})
    page = client.get(run.get_absolute_url()).text
    assert "Tulis 1 baris" in page
    assert "Jawab dahulu" not in page
    assert "“Unit 2023” dibaca sebagai “Unit”" in page


def test_no_change_is_said_only_when_all_was_read(signed_in, cast, units):
    row = [units.organisasi.code, units.organisasi.name, "Biro atau bidang", "Sekretariat Daerah"]
    whole = upload({"Unit": [HEAD, row]})
    skipped = started(cast, upload({"Unit": [HEAD, row], "Unit 2023": [HEAD, row]}))
    assert skipped.summary["losses"] == 1
    part = upload({"Unit": [[*HEAD, "Warna"], [*row, "merah"]]})
    pages = [
        signed_in(cast.kadir).get(started(cast, file).get_absolute_url()).text
        for file in (whole, part)
    ]
    assert ["Tidak ada perubahan" in page for page in pages] == [True, False]
    assert "tidak semuanya terbaca" in pages[1]


def test_the_rejected_rows_have_the_known_names_and_every_cell(cast):
    head = ["Kode", "Nama", "Jenis unit kerja", "Unit induk"]
    rows = [head, ["baru", "Biro Baru", "Biro atau bidang", "Tidak ada"], ["lain", "Biro Lain"]]
    file = upload(
        {"Unit 2023": rows, "Pengguna": PEOPLE},
        change=lambda made: made["Unit 2023"].merge_cells("D2:D3"),
    )
    run = started(cast, file)
    imports.choose(run, {}, {"Unit 2023": "Unit"})
    imports.choose(run, {}, {"Unit 2023!Jenis unit kerja": "Jenis"})
    output = BytesIO()
    rejected_rows.write(output, run)
    [sheet] = workbook.read_workbook(
        SimpleUploadedFile("ditolak.xlsx", output.getvalue()), "ditolak.xlsx"
    )
    assert sheet.name == "Unit"
    assert sheet.rows[0][1] == HEAD
    assert [values[3] for _number, values in sheet.rows[1:]] == ["Tidak ada", "Tidak ada"]


# ── On the command line ─────────────────────────────────────────────────────────────────────────
@pytest.fixture
def renamed(tmp_path, cast):
    path = tmp_path / "unit.xlsx"
    head = [*HEAD[:2], "Jenis unit kerja", "Unit induk", "Warna"]
    path.write_bytes(upload({"Unit 2023": [head, [*GOOD, "merah"]], "Pengguna": PEOPLE}).read())
    return str(path)


def run(path, *options):
    output = StringIO()
    try:
        call_command("import_workbook", "units", path, "--as", "kadir", *options, stdout=output)
    except CommandError as error:
        return output.getvalue(), str(error)
    return output.getvalue(), ""


def test_the_command_refuses_until_it_is_answered(renamed):
    text, error = run(renamed, "--dry-run")
    assert '--read-as "Unit 2023=Unit"' in text
    assert "Jawab dengan --read-as" in error
    text, error = run(renamed, "--read-as", "Unit 2023=Unit", "--format", "json")
    [question] = json.loads(text)["questions"]
    assert (question["key"], question["proposed"]) == ("Unit 2023!Jenis unit kerja", "Jenis")
    answers = ["--read-as", "Unit 2023=Unit", "--read-as", "Unit 2023!Jenis unit kerja=Jenis"]
    text, error = run(renamed, *answers)
    assert "1 hal dari berkas ini tidak ikut" in error
    assert "1 baru" in text
    assert "Peringatan: Unit 2023 E1: Kolom “Warna” tidak dikenal dan dilewati." in text


def test_an_answer_to_nothing_is_refused(renamed):
    assert "tidak menjawab pertanyaan" in run(renamed, "--read-as", "Unit 2024=Unit")[1]
    assert "tidak memuat “=”" in run(renamed, "--read-as", "Unit")[1]
    assert not Unit.objects.filter(code="baru").exists()


def test_the_command_says_what_the_page_says(signed_in, cast, renamed):
    answers = ["--read-as", "Unit 2023=Unit", "--read-as", "Unit 2023!Jenis unit kerja=-"]
    found = json.loads(run(renamed, *answers, "--dry-run", "--format", "json")[0])
    page = signed_in(cast.kadir).get(ImportRun.objects.get().get_absolute_url()).text
    said = [one["message"] for one in found["errors"] + found["warnings"]]
    assert len(said) > 2
    assert [message for message in said if message not in page] == []
