"""What an undone import leaves behind, however many rows it had."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recommendations.models import Renaksi, Step, SupportingUnit
from recommendations.selectors import search
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.numbers import list_letter
from tests import factories
from tests.workbooks.books import upload
from workbooks.models import ImportedSlice
from workbooks.services import imports

HEAD = ["Rekomendasi", "Urutan", "Rencana aksi", "Penanggung jawab", "Unit pendukung"]


@pytest.fixture
def name(recommendation):
    evaluation = recommendation.evaluation
    return f"{evaluation.unit.name} {evaluation.performance_year} / {recommendation.number}"


def carried_out(actor, kind="renaksi", **sheets):
    sheets = {title.replace("_", " "): rows for title, rows in sheets.items()}
    run = imports.start(kind=kind, upload=upload(sheets), actor=actor, at=timezone.now())
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    run.refresh_from_db()
    return run


def found(words):
    return list(search.matching(Renaksi.objects.order_by("pk"), words))


def test_a_search_forgets_the_words_of_an_undone_import(cast, units, renaksi, name):
    run = carried_out(
        cast.kadir, Rencana_aksi=[HEAD, [name, "a", "Menyusun kamus", units.organisasi.name, ""]]
    )
    assert found("kamus") == [renaksi]
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert found("kamus") == []


def test_a_search_forgets_the_words_of_undone_steps_and_recommendations(cast, renaksi, name):
    recommendation = name.rpartition(" / ")[0]
    steps = [["Rencana aksi", "Nomor", "Langkah"], [f"{name}a", 1, "Rapat pleno"]]
    titles = [["LHE", "Nomor", "Rekomendasi"], [recommendation, 1, "Sempurnakan kasad"]]
    for words, sheets in {"pleno": {"Langkah": steps}, "kasad": {"Rekomendasi": titles}}.items():
        run = carried_out(cast.kadir, kind="all", **sheets)
        assert found(words) == [renaksi]
        imports.undo(run, actor=cast.kadir, at=timezone.now())
        assert found(words) == []


def test_an_undo_costs_as_many_queries_for_many_rows_as_for_few(cast, units, renaksi, name):
    umum, organisasi = units.umum.name, units.organisasi.name

    def queries(count):
        changed = [name, "a", f"Rencana {count}", umum, organisasi]
        new = [
            [name, list_letter(number), "Rapat", organisasi, umum] for number in range(2, count + 2)
        ]
        run = carried_out(cast.kadir, Rencana_aksi=[HEAD, changed, *new])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            imports.undo(run, actor=cast.kadir, at=timezone.now())
        return len(captured)

    assert queries(2) == queries(20)


def test_rows_changed_alike_in_many_places_come_back_one_by_one(cast, units, recommendation, name):
    made = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(5)]
    for number, renaksi in enumerate(made):
        renaksi.plan = f"<p>Rencana <em>{number}</em></p>"
        renaksi.save()
        renaksi.supporting_units.set([units.umum] if number % 2 else [])
    rows = [
        [name, list_letter(renaksi.position), "Sama", units.umum.name, units.organisasi.name]
        for renaksi in made
    ]
    before = list(Renaksi.objects.order_by("pk").values("plan", "lead_unit", "due_date", "status"))
    run = carried_out(cast.kadir, Rencana_aksi=[HEAD, *rows])
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    after = Renaksi.objects.order_by("pk").values("plan", "lead_unit", "due_date", "status")
    assert list(after) == before
    assert [list(renaksi.supporting_units.all()) for renaksi in made] == [
        [units.umum] if number % 2 else [] for number in range(5)
    ]


def test_a_record_changed_without_history_is_noticed(cast, units, renaksi, name):
    run = carried_out(
        cast.kadir, Rencana_aksi=[HEAD, [name, "a", "Rencana lain", units.umum.name, ""]]
    )
    Renaksi.objects.update(plan="<p>Disela</p>")
    with pytest.raises(WrongState, match="tidak lagi seperti saat diimpor"):
        imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert Renaksi.objects.get(pk=renaksi.pk).plan == "<p>Disela</p>"


def test_a_record_deleted_without_history_is_noticed(cast, renaksi, name):
    steps = [["Rencana aksi", "Nomor", "Langkah"], [f"{name}a", 1, "Rapat pleno"]]
    run = carried_out(cast.kadir, kind="all", Langkah=steps)
    Step.objects.all().delete()
    with pytest.raises(WrongState, match="Sebuah langkah dari impor ini sudah tidak ada"):
        imports.undo(run, actor=cast.kadir, at=timezone.now())


def test_what_others_use_already_is_named(cast, units, renaksi):
    rows = [["Kode", "Nama", "Jenis", "Unit induk"], ["BH", "Biro Hukum", "Biro atau bidang", "Sekretariat Daerah"]]  # fmt: skip
    run = carried_out(cast.kadir, kind="units", Unit=rows)
    renaksi.lead_unit_id = ImportedSlice.objects.get(run=run).object_ids[0]
    renaksi.save()
    with pytest.raises(WrongState, match="sudah memakai isi impor ini"):
        imports.undo(run, actor=cast.kadir, at=timezone.now())


def test_a_figure_is_imported_and_undone_a_second_time(cast, units):
    """Its history is that of its indicator: an earlier undo is nobody's later act."""
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(objective, units.organisasi, values={2023: 80})
    for value in (81, 82):
        rows = [["Sasaran", "Nomor", "Realisasi 2023"], ["Sekretariat Daerah / 1", 1, value]]
        run = carried_out(cast.kadir, kind="indicators", Indikator=rows)
        imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert indicator.realisations.get().value == 80
    assert {entry.target for entry in HistoryEntry.objects.all()} == {indicator}


def test_relations_of_more_records_than_one_query_takes_come_back(cast, units, recommendation):
    others = factories.make_recommendation(recommendation.evaluation)
    made = [
        factories.make_renaksi(parent, units.organisasi, position=number)
        for parent in (recommendation, others)
        for number in range(1, 526)
    ]
    SupportingUnit.objects.bulk_create(
        SupportingUnit(renaksi=renaksi, unit=units.umum) for renaksi in made
    )
    head = ["Rekomendasi", "Urutan", "Unit pendukung"]
    rows = [
        [f"Sekretariat Daerah 2022 / {one.recommendation.number}", one.position, "Biro Hukum"]
        for one in made
    ]
    hukum = factories.make_unit("Biro Hukum", parent=units.setda)
    run = carried_out(cast.kadir, Rencana_aksi=[head, *rows])
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert units.umum.supported_renaksi.count() == 1050
    assert not hukum.supported_renaksi.exists()


def test_an_undo_restores_the_status_and_tells_it(cast, renaksi, name):
    Renaksi.objects.update(status="returned", version=3)
    head = ["Rekomendasi", "Urutan", "Tindak lanjut"]
    steps = [["Rencana aksi", "Nomor", "Langkah"], [f"{name}a", 1, "Rapat pleno"]]
    run = carried_out(cast.kadir, Rencana_aksi=[head, [name, "a", "Sudah rapat"]], Langkah=steps)
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version) == ("in_progress", 5)
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version) == ("returned", 6)
    assert "Sudah rapat" not in renaksi.follow_up
    entry = HistoryEntry.objects.about(renaksi).get(action="import_undo")
    assert entry.batch == run.batch
    assert [change[0] for change in entry.changes] == ["status"]


def test_work_comes_in_with_the_body_it_belongs_to(cast, evaluation):
    """The right to it rests on a unit of the same workbook."""
    body, lhe = "Badan Riset", "Badan Riset 2023"
    carried_out(
        cast.kadir,
        kind="all",
        Unit=[
            ["Nama", "Kode", "Unit induk", "Jenis"],
            [body, "riset", "Sekretariat Daerah", "Biro atau bidang"],
        ],
        LHE=[
            ["Perangkat daerah", "Tahun kinerja", "Tahun evaluasi", "Rubrik"],
            [body, 2023, 2024, evaluation.rubric.name],
        ],
        Rekomendasi=[["LHE", "Nomor", "Rekomendasi"], [lhe, 1, "Sempurnakan"]],
        Rencana_aksi=[
            ["Rekomendasi", "Urutan", "Penanggung jawab", "Tindak lanjut"],
            [f"{lhe} / 1", "a", body, "Sudah rapat"],
        ],
    )
    assert Renaksi.objects.get().status == "in_progress"


def test_an_undo_that_removes_everything_is_remembered_by_the_import(cast, units, renaksi, name):
    new = [name, "b", "Rapat", units.organisasi.name, ""]
    run = carried_out(cast.kadir, Rencana_aksi=[HEAD, new])
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    entry = HistoryEntry.objects.get(action="import_undo")
    assert entry.target == run
    assert entry.body is None  # so that no stored file of any body stays valid
