"""An import tells the history in the same codes as the pages."""

import pytest

from performance.models import Indicator
from recommendations.models import Evaluation, Renaksi
from sakip.history.entries import HistoryEntry
from sakip.history.words import word_for
from sakip.models import Unit, User
from tests import factories
from tests.workbooks.test_undo import carried_out
from tests.workbooks.test_undo_rights import KINDS, world  # noqa: F401  a fixture
from workbooks.kinds.units import BODIES


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_known(cast, units, world, kind):  # noqa: F811
    run = carried_out(cast.kadir, "all", **KINDS[kind])
    entries = HistoryEntry.objects.filter(batch=run.batch)
    rows = [
        (entry.content_type.model_class(), row[0].partition(":")[0])
        for entry in entries
        for row in entry.changes
    ]
    assert rows
    assert [path for model, path in rows if word_for(model, path) is None] == []


def told(record):
    return HistoryEntry.objects.about(record).first().changes


def test_figures_of_a_year_are_told_field_by_field(cast, world):  # noqa: F811
    rows = [["Sasaran", "Nomor", "Realisasi 2023", "Target 2023"]]
    rows.append(["Sekretariat Daerah / 1", 1, "3,510*", "80–90"])
    carried_out(cast.kadir, "all", Indikator=rows)
    assert told(Indicator.objects.get()) == [
        ["realisation.value:2023", "80", "3.51"],
        ["realisation.mark:2023", "", "*"],
        ["target.value:2023", "85", "80"],
        ["target.high:2023", "", "90"],
    ]


def test_scores_and_texts_are_told_as_on_the_page(cast, renaksi):
    head = ["Perangkat daerah", "Tahun kinerja", "Nilai Perencanaan Kinerja", "Alasan perbaikan"]
    row = ["Sekretariat Daerah", 2022, "21,50", "Salah ketik"]
    carried_out(cast.kadir, "all", LHE=[head, row])
    name = "componentscore.score:Perencanaan Kinerja"
    reason = ["correction", "", "Salah ketik"]
    assert sorted(told(Evaluation.objects.get())) == [[name, "22.2", "21.5"], reason]
    rows = [["Rekomendasi", "Urutan", "Batas waktu", "Tindak lanjut", "Penanggung jawab"]]
    rows.append(["Sekretariat Daerah 2022 / 1", "a", "1 Juli 2026", "Sudah", "Biro Umum"])
    carried_out(cast.kadir, "all", Rencana_aksi=rows)
    assert told(Renaksi.objects.get()) == [
        ["due_date", "", "2026-07-01"],
        ["follow_up", "Target telah dianalisis.", "Sudah"],
        ["lead_unit", "Biro Organisasi", "Biro Umum"],
        ["status", "open", "in_progress"],
    ]


def test_what_becomes_of_people_and_units_is_told(cast, units):
    cast.kadir.unit = units.province
    cast.kadir.save()
    irban = factories.make_user("irban", "operator", units.organisasi, name="Irban")
    head = ["Nama pengguna", "Nama", "Peran", "Unit", BODIES, "Aktif"]
    row = [
        "irban",
        "Irban Satu",
        "Evaluator",
        "Inspektorat",
        "Dinas Pariwisata",
        "Tidak",
    ]
    carried_out(cast.kadir, "all", Pengguna=[head, row])
    assert told(irban) == [
        ["name", "Irban", "Irban Satu"],
        ["role", "operator", "evaluator"],
        ["unit", "Biro Organisasi", "Inspektorat"],
        ["assigned_bodies", "", "Dinas Pariwisata"],
        ["is_active", "true", "false"],
    ]
    Unit.objects.filter(pk=units.umum.pk).update(code="BU")
    User.objects.filter(unit=units.umum).update(is_active=False)
    rows = [["Kode", "Nama", "Aktif"], ["BU", "Biro Tata Usaha", "Tidak"]]
    carried_out(cast.kadir, "all", Unit=rows)
    assert told(units.umum) == [
        ["name", "Biro Umum", "Biro Tata Usaha"],
        ["is_active", "true", "false"],
    ]
