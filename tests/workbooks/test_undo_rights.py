"""An undo writes as well: what may not be written today is not put back either."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from performance.models import Realisation, Target
from performance.services.locked_years import lock_year, unlock_year
from recommendations.models import ComponentScore, Draft, Recommendation, Renaksi, Step
from recommendations.workflow import perform
from sakip.errors import WrongState
from sakip.models import Unit
from sakip.roles import Role
from tests import factories
from tests.workbooks.test_undo import carried_out
from workbooks.kinds.units import ALL, BODIES
from workbooks.models import ImportRun
from workbooks.services import imports

NOW = timezone.now()
NAME = "Sekretariat Daerah 2022 / 1"


def undo(run, actor):
    imports.undo(run, actor=actor, at=timezone.now())


def refused(run, actor, reason):
    """Nothing of it is undone."""
    with pytest.raises(WrongState, match=reason):
        undo(run, actor)
    return ImportRun.objects.get(pk=run.pk).state == "done"


# ── Rights ──────────────────────────────────────────────────────────────────────────────────────
KINDS = {
    "units": {"Unit": [["Kode", "Nama", "Jenis", "Unit induk"], ["BH", "Biro Hukum", "Biro atau bidang", "Sekretariat Daerah"]]},
    "people": {"Pengguna": [["Nama pengguna", "Nama"], ["rina", "Rina Baru"]]},
    "new people": {"Pengguna": [["Nama pengguna", "Nama", "Peran", "Unit"], ["budi", "Budi", "Operator Biro", "Biro Umum"]]},
    "evaluations": {"LHE": [["Perangkat daerah", "Tahun kinerja", "Nilai Perencanaan Kinerja", "Alasan perbaikan"], ["Sekretariat Daerah", 2022, 21, "Salah ketik"]]},
    "recommendations": {"Rekomendasi": [["LHE", "Nomor", "Rekomendasi"], ["Sekretariat Daerah 2022", 1, "Lain"]]},
    "points": {"Butir": [["Rekomendasi", "Urutan", "Isi butir"], [NAME, "a", "Butir"]]},
    "renaksi": {"Rencana_aksi": [["Rekomendasi", "Urutan", "Rencana aksi"], [NAME, "a", "Lain"]]},
    "new renaksi": {"Rencana_aksi": [["Rekomendasi", "Urutan", "Penanggung jawab"], [NAME, "b", "Biro Umum"]]},
    "steps": {"Langkah": [["Rencana aksi", "Nomor", "Langkah"], [NAME + "a", 1, "Rapat"]]},
    "evidence": {"Bukti_dukung": [["Rencana aksi", "Nomor", "Jenis", "Judul"], [NAME + "a", 2, "Dokumen terpisah", "Notula"]]},
    "objectives": {"Sasaran": [["Perangkat daerah", "Nomor", "Nama sasaran"], ["Sekretariat Daerah", 1, "Lain"]]},
    "indicators": {"Indikator": [["Sasaran", "Nomor", "Target 2023"], ["Sekretariat Daerah / 1", 1, 90]]},
}  # fmt: skip


@pytest.fixture
def world(cast, units, renaksi):
    indicator = factories.make_indicator(
        factories.make_objective(units.setda), units.organisasi, values={2023: 80}
    )
    indicator.targets.create(year=2023, value=85)
    return indicator


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_moved_away_undoes_nothing(cast, units, world, kind):
    run = carried_out(cast.kadir, "all", **KINDS[kind])
    type(cast.kadir).objects.filter(pk=cast.kadir.pk).update(unit=units.dinas)
    assert refused(run, cast.kadir, "di luar jangkauan|milik unit lain")


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_still_there_undoes_each(cast, units, world, kind):
    models = (Unit, type(cast.rina), ComponentScore, Recommendation, Renaksi, Step, Target)

    def everything():
        """Without versions: an undo is one more change."""
        rows = [model.objects.order_by("pk").values() for model in models]
        return [[row | {"version": None} for row in some] for some in rows]

    before = everything()
    run = carried_out(cast.kadir, "all", **KINDS[kind])
    undo(run, cast.kadir)
    assert everything() == before


def test_an_operator_now_undoes_nothing(cast, renaksi):
    run = carried_out(cast.kadir, "all", **KINDS["renaksi"])
    type(cast.kadir).objects.filter(pk=cast.kadir.pk).update(role=Role.OPERATOR)
    with pytest.raises(Exception, match="Hanya koordinator"):
        undo(run, cast.kadir)


# ── Locks ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "column",
    ["Target 2023", "Realisasi 2023", "Target 2024", "Realisasi 2024"],
)
def test_a_locked_year_stays_as_it_is(cast, units, world, column):
    """Figures that were changed and figures that are new."""
    year = int(column[-4:])
    rows = [["Sasaran", "Nomor", column], ["Sekretariat Daerah / 1", 1, 88]]
    run = carried_out(cast.kadir, "all", Indikator=rows)
    lock_year(unit=units.setda, year=year, actor=cast.kadir, at=NOW)
    assert refused(run, cast.kadir, f"Tahun {year} dikunci")
    written = Target if column.startswith("Target") else Realisation
    assert written.objects.get(year=year).value == 88
    unlock_year(unit=units.setda, year=year, actor=cast.kadir, at=NOW)
    undo(run, cast.kadir)
    assert not written.objects.filter(value=88).exists()


def test_a_new_indicator_with_figures_of_a_locked_year_stays(cast, units, world):
    head = ["Sasaran", "Nomor", "Nama indikator", "Satuan", "Unit pemilik", "Target 2024"]
    row = ["Sekretariat Daerah / 1", 2, "Indeks", "Indeks", "Biro Umum", 70]
    run = carried_out(cast.kadir, "all", Indikator=[head, row])
    lock_year(unit=units.setda, year=2024, actor=cast.kadir, at=NOW)
    assert refused(run, cast.kadir, "Tahun 2024 dikunci")


def test_an_item_sent_without_history_keeps_its_text(cast, renaksi):
    """Such as an item whose status a program set."""
    rows = [["Rencana aksi", "Nomor", "Langkah"], [NAME + "a", 1, "Rapat"]]
    run = carried_out(cast.kadir, "all", Langkah=rows)
    perform(action="submit", renaksi=renaksi, actor=cast.rina, at=NOW)
    assert refused(run, cast.kadir, "sudah diubah setelah impor ini")


# ── Fits ────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def lighter(evaluation):
    """lighter() gives the first component a smaller weight than it had."""

    def lighten():
        evaluation.rubric.weights.filter(component__code="perencanaan").update(weight=20)

    return lighten


def test_a_score_above_todays_weight_does_not_come_back(cast, evaluation, lighter):
    head = ["Perangkat daerah", "Tahun kinerja", "Nilai Perencanaan Kinerja", "Alasan perbaikan"]
    row = ["Sekretariat Daerah", 2022, 15, "Salah ketik"]
    run = carried_out(cast.kadir, "all", LHE=[head, row])
    lighter()
    assert refused(run, cast.kadir, "melebihi bobotnya")
    assert ComponentScore.objects.get(component__code="perencanaan").score == 15


def test_a_rubric_that_todays_scores_do_not_fit_does_not_come_back(cast, evaluation):
    wide = factories.make_rubric("Lebar", (40, 20, 10, 15, 15))
    head = ["Perangkat daerah", "Tahun kinerja", "Rubrik", "Nilai Capaian Kinerja"]
    head.append("Alasan perbaikan")
    row = ["Sekretariat Daerah", 2022, "Lebar", 10, "Salah ketik"]
    run = carried_out(cast.kadir, "all", LHE=[head, row])
    evaluation.rubric.weights.filter(component__code="perencanaan").update(weight=10)
    assert wide != evaluation.rubric
    assert refused(run, cast.kadir, "melebihi bobotnya")


def test_a_unit_that_was_switched_off_does_not_come_back_into_a_plan(cast, units, renaksi):
    rows = [["Rekomendasi", "Urutan", "Penanggung jawab"], [NAME, "a", "Biro Umum"]]
    run = carried_out(cast.kadir, "all", Rencana_aksi=rows)
    Unit.objects.filter(pk=units.organisasi.pk).update(is_active=False)
    assert refused(run, cast.kadir, "tidak aktif")


def test_a_name_that_others_have_taken_since_is_no_fault(cast, units):
    rows = [["Kode", "Nama"], [units.umum.code, "Biro Umum Baru"]]
    run = carried_out(cast.kadir, "all", Unit=rows)
    factories.make_unit("Biro Umum", parent=units.setda)
    assert refused(run, cast.kadir, "dipakai oleh data lain")


# ── Reach ───────────────────────────────────────────────────────────────────────────────────────
def test_an_undo_gives_no_evaluator_more_than_the_coordinator_has(cast, units):
    """Who coordinated the province narrowed an evaluator, and coordinates one body now."""
    cast.kadir.unit = units.province
    cast.kadir.save()
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    rows = [["Nama pengguna", BODIES, ALL], ["irban", "Sekretariat Daerah", "Tidak"]]
    run = carried_out(cast.kadir, "all", Pengguna=rows)
    assert list(irban.assigned_bodies.all()) == [units.setda]
    type(cast.kadir).objects.filter(pk=cast.kadir.pk).update(unit=units.setda)
    assert refused(run, cast.kadir, "di luar jangkauan Anda sekarang")
    assert list(irban.assigned_bodies.all()) == [units.setda]


def test_a_role_that_reaches_further_does_not_come_back(cast, units):
    cast.kadir.unit = units.province
    cast.kadir.save()
    factories.make_user("irban", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    rows = [["Nama pengguna", "Peran", ALL], ["irban", "Operator Biro", "Tidak"]]
    run = carried_out(cast.kadir, "all", Pengguna=rows)
    type(cast.kadir).objects.filter(pk=cast.kadir.pk).update(unit=units.setda)
    assert refused(run, cast.kadir, "di luar jangkauan Anda sekarang")


# ── References ──────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def hukum(cast, units):
    """The import that made Biro Hukum, and the unit."""
    run = carried_out(cast.kadir, "all", **KINDS["units"])
    return run, Unit.objects.get(code="BH")


def test_a_supporting_unit_is_not_taken_out_of_a_plan(cast, renaksi, hukum):
    run, unit = hukum
    renaksi.supporting_units.add(unit)
    assert refused(run, cast.kadir, "Renaksi 1.a sudah memakai isi impor ini")
    assert list(renaksi.supporting_units.all()) == [unit]


def test_a_body_is_not_taken_from_an_evaluator(cast, units):
    cast.kadir.unit = units.province
    cast.kadir.save()
    head = ["Kode", "Nama", "Jenis", "Unit induk"]
    row = ["DK", "Dinas Kesehatan", "Perangkat daerah", "Provinsi"]
    run = carried_out(cast.kadir, "all", Unit=[head, row])
    cast.dewi.assigned_bodies.add(Unit.objects.get(code="DK"))
    assert refused(run, cast.kadir, "Dewi sudah memakai isi impor ini")


def test_whom_the_reader_may_not_see_is_not_named(cast, hukum):
    run, unit = hukum
    cast.dewi.assigned_bodies.add(unit)
    assert refused(run, cast.kadir, "^Data lain sudah memakai")


def test_what_somebody_types_into_a_new_item_is_not_thrown_away(cast, units, renaksi):
    run = carried_out(cast.kadir, "all", **KINDS["new renaksi"])
    new = Renaksi.objects.get(position=2)
    Draft.objects.create(renaksi=new, author=cast.umar, saved_at=NOW, content={})
    assert refused(run, cast.kadir, "sudah memakai isi impor ini")
    Draft.objects.all().delete()
    undo(run, cast.kadir)  # its search document and notices go with it
    assert not Renaksi.objects.filter(position=2).exists()


# ── Cost ────────────────────────────────────────────────────────────────────────────────────────
def test_asking_costs_as_many_queries_for_many_rows_as_for_few(cast, units, evaluation):
    objective = factories.make_objective(units.setda)
    for number in range(1, 21):
        made = factories.make_indicator(objective, units.umum, number=number, values={2022: 70})
        made.targets.create(year=2022, value=71)
    people = [factories.make_user(f"op{number}", unit=units.umum) for number in range(20)]

    def queries(count):
        figures = [["Sasaran", "Nomor", "Target 2022", "Realisasi 2022", "Target 2023"]]
        figures += [
            ["Sekretariat Daerah / 1", number, 72 + count, 73 + count, 74 + count]
            for number in range(1, count + 1)
        ]
        names = [["Nama pengguna", "Nama"]]
        names += [[person.username, f"Nama {count}"] for person in people[:count]]
        bureaus = [["Kode", "Nama", "Jenis", "Unit induk"]]
        bureaus += [
            [f"b{number}", f"Biro {number}", "Biro atau bidang", "Sekretariat Daerah"]
            for number in range(count)
        ]
        run = carried_out(cast.kadir, "all", Indikator=figures, Pengguna=names, Unit=bureaus)
        with CaptureQueriesContext(connection) as captured:
            undo(run, cast.kadir)
        return len(captured)

    assert queries(2) == queries(20)
