"""What the history stored in words becomes codes, reads as before, and can be put back."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from sakip.history import guard
from sakip.history.entries import HistoryEntry
from sakip.history.words import models_by_name

migration = import_module("sakip.migrations.0008_history_codes")
ROWS = [
    ("renaksi", "submit", ["Status", "Belum", "Menunggu reviu"], ["status", "open", "submitted"]),
    ("renaksi", "return", ["Alasan", "-", "Tidak terbaca"], ["reason", "", "unreadable"]),
    ("renaksi", "plan", ["Batas waktu", "-", "1 Juli 2026"], ["due_date", "", "2026-07-01"]),
    ("renaksi", "plan", ["Petugas", "Rina", "-"], ["person", "Rina", ""]),
    ("renaksi", "edit", ["Langkah", "-", "(1) Rapat"], ["steps", "", "(1) Rapat"]),
    (
        "renaksi",
        "request_extension",
        ["Batas waktu yang diminta", "30 Juni 2026", "31 Desember 2026"],
        ["asked_date", "2026-06-30", "2026-12-31"],
    ),
    (
        "renaksi",
        "tick_step",
        ["Langkah (1) Rapat: awal", "-", "2 Mei 2026"],
        ["step:(1) Rapat: awal", "", "2026-05-02"],
    ),
    ("renaksi", "add_evidence", ["Judul", "-", "Notula"], ["evidence.title", "", "Notula"]),
    (
        "renaksi",
        "edit_evidence",
        ["Notula · Tanggal dokumen", "-", "3 Mei 2026"],
        ["evidence.document_date:Notula", "", "2026-05-03"],
    ),
    ("renaksi", "revise_evidence", ["A · Berkas", "a", "b"], ["evidence_file:A", "a", "b"]),
    (
        "renaksi",
        "archive_evidence",
        ["Batas waktu", "dipakai", "diarsipkan"],  # so the evidence is called
        ["archived:Batas waktu", "false", "true"],
    ),
    (
        "renaksi",
        "archive_evidence",
        ["Status", "Belum", "Dalam proses"],
        ["status", "open", "in_progress"],
    ),
    (
        "renaksi",
        "report_quarter",
        ["Triwulan I 2026 · Kemajuan (%)", "40", "60"],
        ["quarterlyreport.progress:Triwulan I 2026", "40", "60"],
    ),
    ("renaksi", "import_new", ["Urutan", "-", "b"], ["position", "", "2"]),
    (
        "recommendation",
        "delete_renaksi",
        ["Renaksi 1.a", "Susun", "-"],
        ["deleted_renaksi:Renaksi 1.a", "Susun", ""],
    ),
    ("recommendation", "note", ["Isi catatan", "-", "Ada"], ["note.text", "", "Ada"]),
    (
        "evaluation",
        "score",
        ["Perencanaan Kinerja · Nilai", "-", "22,50"],
        ["componentscore.score:Perencanaan Kinerja", "", "22.5"],
    ),
    ("evaluation", "edit", ["Perihal", "Lama", "Baru"], ["subject", "Lama", "Baru"]),
    (
        "evaluation",
        "delete_telaah_staf",
        ["Perihal", "Lama", "-"],
        ["telaahstaf.subject", "Lama", ""],
    ),
    (
        "evaluation",
        "delete_recommendation",
        ["Nomor", "7", "-"],
        ["recommendation.number", "7", ""],
    ),
    ("evaluation", "dismiss_finding", ["Temuan", "-", "Beda 1"], ["finding", "", "Beda 1"]),
    ("rubric", "edit", ["A · Bobot", "30,00", "25,00"], ["rubricweight.weight:A", "30", "25"]),
    (
        "indicator",
        "realise",
        ["2023 · Target", "-", "-0,1234"],
        ["target.value:2023", "", "-0.1234"],
    ),
    (
        "indicator",
        "edit",
        ["SMART-C · Spesifik (specific)", "belum terpenuhi: kabur", "terpenuhi"],
        ["smart_s", "false: kabur", "true"],
    ),
    (
        "indicator",
        "archive_evidence",
        ["2023 · Bukti", "a.pdf", "-"],
        ["figure_evidence:2023", "a.pdf", ""],
    ),
    (
        "unit",
        "lock_year",
        ["Indikator kinerja 2023", "terbuka", "dikunci"],
        ["year_lock:2023", "open", "locked"],
    ),
    (
        "unit",
        "close_quarter",
        ["Triwulan I 2026", "Terbuka", "Ditutup"],
        ["quarter_closing:Triwulan I 2026", "open", "closed"],
    ),
    ("unit", "edit", ["Aktif", "ya", "tidak"], ["is_active", "true", "false"]),
    ("user", "edit", ["Peran", "Pimpinan", "Koordinator"], ["role", "leader", "coordinator"]),
    ("telaahstaf", "edit", ["Kertas", "-", "F4 (215 × 330 mm)"], ["paper", "", "F4"]),
    (
        "telaahstaf",
        "move_part",
        ["Fakta", "bagian 1", "bagian 2"],
        ["section_place:Fakta", "1", "2"],
    ),
    (
        "telaahstaf",
        "move_part",
        ["Fakta", "isi ke-1", "isi ke-2"],
        ["content_place:Fakta", "1", "2"],
    ),
    (
        "telaahstaf",
        "move_part",
        ["Kata", "Fakta", "Saran"],
        ["content_section:Kata", "Fakta", "Saran"],
    ),
    (
        "telaahstaf",
        "add_part",
        ["Fakta", "-", "Tabel tindak lanjut"],
        ["content:Fakta", "", "follow_up_table"],
    ),
    ("wordtemplate", "take_into_use", ["Status", "Draf", "Dipakai"], ["status", "draft", "active"]),
    # What cannot be read stays, and reads as it did.
    ("renaksi", "plan", ["Batas waktu", "-", "32 Juli 2026"], ["due_date", "", "32 Juli 2026"]),
    ("renaksi", "submit", ["Status", "Belum", "Beku"], ["status", "open", "Beku"]),
    ("renaksi", "plan", ["Kolom lama", "-", "ya"], ["Kolom lama", "-", "ya"]),
    ("savedview", "terbang", ["Batas waktu", "-", "ya"], ["Batas waktu", "-", "ya"]),
]
# A workbook had names of its own for columns; these read as on the page from now on.
COLUMNS = [
    ("evaluation", ["Nilai Inovasi", "-", "7,5"], ["componentscore.score:Inovasi", "", "7.5"]),
    ("evaluation", ["Nilai tercetak", "-", "7,5"], ["reported_total", "", "7.5"]),
    ("indicator", ["Realisasi 2023", "3,5", "3,51*"], ["realisation.value:2023", "3.5", "3,51*"]),
    ("user", ["Unit", "-", "Biro Umum"], ["unit", "", "Biro Umum"]),
    ("user", ["Aktif", "Tidak", "Ya"], ["is_active", "false", "true"]),
]


def run(direction):
    node = [("sakip", "0008_history_codes")]
    apps = MigrationExecutor(connection).loader.project_state(node).apps
    with guard.lifted():
        direction(apps, SimpleNamespace(connection=connection))


def stored(model, action, rows):
    content_type = ContentType.objects.get_for_model(models_by_name()[model])
    return HistoryEntry.objects.create(
        content_type=content_type, object_id=1, action=action, label="x", changes=rows
    )


def test_every_kind_of_row_goes_there_and_back(db):
    entries = [stored(model, action, [words]) for model, action, words, _ in ROWS]
    run(migration.forwards)
    now = {entry.pk: entry for entry in HistoryEntry.objects.all()}
    for entry, (*_, words, codes) in zip(entries, ROWS, strict=True):
        assert now[entry.pk].changes == [codes]
        assert now[entry.pk].in_words == [words]
    run(migration.backwards)
    now = dict(HistoryEntry.objects.values_list("pk", "changes"))
    assert [now[entry.pk] for entry in entries] == [[words] for _, _, words, _ in ROWS]


@pytest.mark.parametrize(("model", "words", "codes"), COLUMNS)
def test_columns_of_a_workbook_are_known(model, words, codes):
    assert migration.to_codes(model, "import_change", words) == codes


def test_nothing_else_of_an_entry_changes_in_any_chunk(db, cast, monkeypatch):
    monkeypatch.setattr(migration, "CHUNK", 2)
    rows = [["Status", "Belum", "Tuntas"], ["Kolom lama", "a", "b"]]
    for number in range(5):
        stored("renaksi", "edit" if number else "create", rows if number else [])
    HistoryEntry.objects.create(target=cast.rina, action="edit", actor=cast.kadir, note="n")
    before = list(
        HistoryEntry.objects.defer("changes").values("pk", "at", "actor", "note", "batch")
    )
    run(migration.forwards)
    assert list(HistoryEntry.objects.values("pk", "at", "actor", "note", "batch")) == before
    changed = [entry.changes for entry in HistoryEntry.objects.order_by("pk")]
    assert changed == [[], *[[["status", "open", "done"], rows[1]]] * 4, []]
    run(migration.forwards)  # a second time finds nothing to do
    assert [entry.changes for entry in HistoryEntry.objects.order_by("pk")] == changed


def test_what_a_migration_told_before_the_chain_is_stamped_by_it_also_in_a_new_installation():
    """The order of a new installation follows from the dependencies alone."""
    plan = MigrationLoader(None).graph.forwards_plan(("sakip", "0016_history_chain"))
    assert ("recommendations", "0013_national_rubrics") in plan
