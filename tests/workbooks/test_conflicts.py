"""A workbook that was away: three values meet in a cell, and what was refused comes back with comments."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Evidence, Notice, Renaksi, Step
from recommendations.workflow import has_authored
from sakip.history.entries import HistoryEntry
from sakip.models import Unit
from sakip.roles import Role
from tests import factories
from tests.workbooks.books import exported, plan_of, upload
from workbooks.columns import cells
from workbooks.compare.plan import RowOutcome
from workbooks.services import imports
from workbooks.writers import rejected_rows

NAME = "Sekretariat Daerah 2022 / 1"


def edited(file, cells, sheet="Rencana aksi"):
    """The workbook after somebody typed into it: `cells` by column label, in the first row."""
    book = openpyxl.load_workbook(BytesIO(file.read()))
    labels = [str(cell.value).rstrip("*") for cell in book[sheet][1]]
    for label, value in cells.items():
        book[sheet].cell(2, labels.index(label) + 1, value)
    output = BytesIO()
    book.save(output)
    return SimpleUploadedFile(file.name, output.getvalue())


@pytest.fixture
def away(cast, units, renaksi):
    """The renaksi as it was when the workbook left; its plan and due date are changed there."""
    Renaksi.objects.update(plan="<p>Awal</p>")
    return edited(
        exported("renaksi", cast.kadir),
        {"Rencana aksi": "Dari lembar", "Batas waktu": "31 Mei 2024"},
    )


def started(actor, file, kind="renaksi"):
    file.seek(0)
    run = imports.start(kind=kind, upload=file, actor=actor, at=timezone.now())
    return run, imports.preview(run)


def test_what_only_the_sheet_changed_is_taken(cast, away):
    _, plan = started(cast.kadir, away)
    (row,) = plan.sheets[0].rows
    assert [(c.before, c.after, c.conflict) for c in row.changes] == [
        ("Awal", "Dari lembar", False),
        ("-", "31 Mei 2024", False),
    ]


def test_what_only_the_program_changed_is_kept(cast, away, units):
    Renaksi.objects.update(lead_unit=units.umum)
    _, plan = started(cast.kadir, away)
    assert {c.column.label for c in plan.sheets[0].rows[0].changes} == {
        "Rencana aksi",
        "Batas waktu",
    }


def test_what_both_changed_must_be_chosen(cast, away):
    Renaksi.objects.update(plan="<p>Dari sini</p>")
    run, plan = started(cast.kadir, away)
    ((_, row, change),) = plan.conflicts
    assert (change.before, change.after, change.conflict) == ("Dari sini", "Dari lembar", True)
    with pytest.raises(imports.WrongState, match="Pilih dahulu"):
        imports.carry_out(run, at=timezone.now())


@pytest.mark.parametrize(
    ("choice", "plan"), [("sheet", "<p>Dari lembar</p>"), ("now", "<p>Dari sini</p>")]
)
def test_the_choice_is_written(cast, away, choice, plan):
    Renaksi.objects.update(plan="<p>Dari sini</p>")
    run, found = started(cast.kadir, away)
    key = f"Rencana aksi!{found.conflicts[0][2].cell}"
    imports.choose(run, {key: choice})
    imports.carry_out(run, at=timezone.now())
    renaksi = Renaksi.objects.get()
    assert (renaksi.plan, str(renaksi.due_date)) == (plan, "2024-05-31")


def test_the_same_change_on_both_sides_is_none(cast, away):
    Renaksi.objects.update(plan="<p>Dari lembar</p>", due_date="2024-05-31")
    assert started(cast.kadir, away)[1].count(RowOutcome.UNCHANGED) == 1


def test_the_same_file_twice_says_that_nothing_changes(signed_in, cast, away):
    run, _ = started(cast.kadir, away)
    imports.carry_out(run, at=timezone.now())
    again, plan = started(cast.kadir, away)
    assert (plan.errors, again.change_count) == ([], 0)
    page = signed_in(cast.kadir).get(again.get_absolute_url()).content.decode()
    assert "Tidak ada perubahan" in page


@pytest.mark.parametrize("word", ["Tuntas", "Selesai"])
def test_a_status_never_changes_whatever_the_sheet_says(cast, renaksi, word):
    file = edited(exported("renaksi", cast.kadir), {"Status": word})
    run, plan = started(cast.kadir, file)
    ((warning),) = plan.warnings
    assert plan.errors == []
    assert (warning.column, warning.message) == (
        "Status",
        "Kolom ini tidak pernah berubah lewat impor; isinya dilewati.",
    )
    assert run.change_count == 0


def test_a_follow_up_moves_the_item_as_the_page_does(cast, renaksi):
    file = edited(exported("renaksi", cast.kadir), {"Tindak lanjut": "Sudah dirapatkan"})
    run, _ = started(cast.kadir, file)
    imports.carry_out(run, at=timezone.now())
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version) == ("in_progress", 1)
    (entry,) = HistoryEntry.objects.filter(batch=run.batch)
    assert (entry.action, ["Status", "Belum", "Dalam proses"] in entry.in_words) == (
        "import_edit",
        True,
    )
    assert has_authored(cast.kadir, renaksi)
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version) == ("open", 2)


def test_steps_and_evidence_are_work_on_their_item(cast, renaksi):
    sheets = {
        "Langkah": [
            ["Rencana aksi", "Nomor", "Langkah"],
            [NAME + "a", 1, "Rapat"],
            [NAME + "a", 2, "Surat"],
        ],
        "Bukti dukung": [
            ["Rencana aksi", "Nomor", "Jenis", "Judul"],
            [NAME + "a", 2, "Dokumen terpisah", "Notula"],
        ],
    }
    run, plan = started(cast.kadir, upload(sheets), "all")
    assert plan.errors == []
    imports.carry_out(run, at=timezone.now())
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version, Step.objects.count(), Evidence.objects.count()) == (
        "in_progress",
        2,
        2,
        2,
    )
    assert {entry.target for entry in HistoryEntry.objects.filter(batch=run.batch)} == {renaksi}
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version, Step.objects.count(), Evidence.objects.count()) == (
        "open",
        3,
        0,
        1,
    )


def test_operators_are_told_what_their_unit_was_given(cast, units, renaksi):
    head = ["Rekomendasi", "Urutan", "Penanggung jawab", "Unit pendukung"]
    rows = [head, [NAME, "a", "Biro Organisasi", "Biro Umum"], [NAME, "b", "Biro Umum", ""]]
    run, _ = started(cast.kadir, upload({"Rencana aksi": rows}))
    imports.carry_out(run, at=timezone.now())
    assert [notice.person for notice in Notice.objects.all()] == [cast.umar, cast.umar]


def test_a_whole_evaluation_comes_in_one_workbook(cast, units, evaluation):
    sheets = {
        "Unit": [["Kode", "Nama", "Jenis", "Unit induk"], ["BH", "Biro Hukum", "Biro atau bidang", "Sekretariat Daerah"]],
        "LHE": [["Perangkat daerah", "Tahun kinerja", "Tahun evaluasi", "Rubrik", "Nilai Perencanaan Kinerja"],
                ["Sekretariat Daerah", 2023, 2024, "Perkiraan", 22.5]],
        "Rekomendasi": [["LHE", "Nomor", "Rekomendasi"], ["Sekretariat Daerah 2023", 1, "Perbaiki"]],
        "Butir": [["Rekomendasi", "Urutan", "Isi butir"], ["Sekretariat Daerah 2023 / 1", "a", "Butir"]],
        "Rencana aksi": [["Rekomendasi", "Urutan", "Menjawab butir", "Tindak lanjut", "Penanggung jawab"],
                         ["Sekretariat Daerah 2023 / 1", "a", "Sekretariat Daerah 2023 / 1 butir a", "Sudah", "Biro Hukum"]],
        "Langkah": [["Rencana aksi", "Nomor", "Langkah"], ["Sekretariat Daerah 2023 / 1a", 1, "Rapat"]],
        "Sasaran": [["Perangkat daerah", "Nomor"], ["Sekretariat Daerah", 1]],
        "Indikator": [["Sasaran", "Nomor", "Nama indikator", "Satuan", "Unit pemilik", "Target 2023", "Realisasi 2023"],
                      ["Sekretariat Daerah / 1", 1, "Indeks", "Indeks", "Biro Hukum", "80–90", "belum rilis"]],
    }  # fmt: skip
    run, plan = started(cast.kadir, upload(sheets), "all")
    assert plan.errors == []
    imports.carry_out(run, at=timezone.now())
    renaksi = Renaksi.objects.get()
    assert (renaksi.point.text, renaksi.lead_unit.name, renaksi.status) == (
        "<p>Butir</p>",
        "Biro Hukum",
        "in_progress",
    )
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert not Renaksi.objects.exists()


@pytest.fixture
def refused(cast, renaksi):
    rows = [
        ["Rencana tahun ini"],
        ["Rekomendasi", "Urutan", "Rencana aksi", "Penanggung jawab", "Batas waktu", "Catatan"],
        [NAME, "b", "Baik", "Biro Organisasi", "", "x"],
        [NAME, "c", "=1+1", "Biro Organissi", "12/31/2026", 7],
    ]
    return started(cast.kadir, upload({"Rencana aksi": rows}, change=as_text))[0]


def as_text(book):
    book["Rencana aksi"]["C4"].data_type = "s"


def test_refused_rows_come_back_as_typed_with_comments(refused):
    output = BytesIO()
    rejected_rows.write(output, refused)
    page = openpyxl.load_workbook(output)["Rencana aksi"]
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values[2] == [NAME, "c", "=1+1", "Biro Organissi", "12/31/2026", 7]
    comments = {
        cell.coordinate: cell.comment.text
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }
    assert comments == {
        "D3": "Unit “Biro Organissi” tidak ada atau bukan untuk Anda. Mungkin maksudnya “Biro Organisasi”.",
        "E3": "“12/31/2026” mendahulukan bulan. Tulis hari lebih dahulu: 31/12/2026.",
    }


def test_the_mended_rows_can_be_sent_again(cast, refused):
    imports.carry_out(refused, at=timezone.now(), skip_refused=True)
    output = BytesIO()
    rejected_rows.write(output, refused)
    book = openpyxl.load_workbook(output)
    page = book["Rencana aksi"]
    page["D3"], page["E3"] = "Biro Organisasi", "31/12/2026"
    again = BytesIO()
    book.save(again)
    plan = plan_of("renaksi", cast.kadir, SimpleUploadedFile("lagi.xlsx", again.getvalue()))
    assert (plan.errors, plan.count(RowOutcome.NEW)) == ([], 1)


def test_the_page_offers_the_refused_rows(signed_in, cast, refused):
    client = signed_in(cast.kadir)
    address = reverse("workbooks:import-rejected", args=[refused.pk])
    assert address in client.get(refused.get_absolute_url()).content.decode()
    response = client.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="ditolak-buku.xlsx"'
    response.close()


def test_judging_costs_no_query_for_a_row(units):
    gita = factories.make_user("gita", Role.COORDINATOR, units.province)

    def queries(count):
        head = ["Nama pengguna", "Nama", "Peran", "Unit", "Perangkat daerah yang dievaluasi"]
        rows = [
            [f"e{number}", "Nama", "Evaluator Inspektorat", "Inspektorat", "Sekretariat Daerah"]
            for number in range(count)
        ]
        for number in range(count):
            code, parent = f"lama{number}", units.setda
            Unit.objects.get_or_create(code=code, name=code, parent=parent, kind="bureau")
        kept = [
            [f"lama{number}", f"lama{number}", "Bagian", "Sekretariat Daerah"]
            for number in range(count)
        ]
        bureaus = [
            [f"b{number}", f"Biro {number}", "Biro atau bidang", "Sekretariat Daerah"]
            for number in range(count)
        ]
        sheets = {
            "Unit": [["Kode", "Nama", "Jenis", "Unit induk"], *bureaus, *kept],
            "Pengguna": [head, *rows],
        }
        with CaptureQueriesContext(connection) as captured:
            actor = type(gita).objects.get(pk=gita.pk)
            assert plan_of("units", actor, upload(sheets)).errors == []
        return len(captured)

    queries(1)
    assert queries(50) == queries(1)


@pytest.mark.parametrize(
    ("typed", "place"),
    [("a", 1), ("z", 26), ("aa", 27), ("(az)", 52), ("B.", 2), (30.0, 30), ("alk", 999)],
)
def test_letters_go_beyond_z(typed, place):
    assert cells.LetterWidget().clean(typed) == place
    assert cells.LetterWidget().clean(cells.LetterWidget().text(place)) == place


@pytest.mark.parametrize("typed", ["dua", "all", "²", "a1"])
def test_a_word_is_no_letter(typed):
    with pytest.raises(ValueError, match="bukan urutan. Tulis a, b, c"):
        cells.LetterWidget().clean(typed)


def test_a_deep_link_between_sheets_needs_no_saved_parent(cast, units, evaluation):
    factories.make_recommendation(evaluation)
    rows = [["Rencana aksi", "Nomor", "Langkah"], [NAME + "a", 1, "Rapat"]]
    plan = plan_of(
        "renaksi",
        cast.kadir,
        upload(
            {
                "Langkah": rows,
                "Rencana aksi": [
                    ["Rekomendasi", "Urutan", "Penanggung jawab"],
                    [NAME, "a", "Biro Umum"],
                ],
            }
        ),
    )
    assert (plan.errors, plan.count(RowOutcome.NEW)) == ([], 2)


def test_a_new_figure_that_still_says_it_is_an_old_one_is_remarked(cast, units):
    indicator = factories.make_indicator(factories.make_objective(units.setda), units.organisasi)
    indicator.realisations.create(year=2023, value=80, is_carried_over=True)
    file = edited(exported("indicators", cast.kadir), {"Realisasi 2023": 81}, sheet="Indikator")
    plan = plan_of("indicators", cast.kadir, file)
    assert [(one.column, one.message) for one in plan.warnings] == [
        ("Realisasi 2023", "“Nilai lama 2023” berisi Ya. Tulis Tidak bila angka ini baru.")
    ]
