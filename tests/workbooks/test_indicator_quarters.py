"""Quarters, plans and codes of indicators in a workbook: the year follows, codes come before numbers."""

from decimal import Decimal

import pytest
from django.utils import timezone

from performance.models import Indicator
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.workbooks.books import plan_of, upload
from workbooks.services import imports

D = Decimal
KEYS = ["Sasaran", "Nomor"]
PLACE = "Sekretariat Daerah / 1"


@pytest.fixture
def indicator(units):
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(
        objective, units.organisasi, "Dokumen", accumulation="sum", code="IKU-1"
    )


@pytest.fixture
def plan(cast, indicator):
    """plan({column: value}, …): what an import of these rows would do; the key is that of `indicator`."""

    def read(*rows):
        rows = [dict(zip(KEYS, (PLACE, 1), strict=True)) | row for row in rows]
        head = list({label: None for row in rows for label in row})
        body = [[row.get(label) for label in head] for row in rows]
        return plan_of("indicators", cast.kadir, upload({"Indikator": [head, *body]}))

    return read


@pytest.fixture
def bring(cast, indicator):
    """bring({column: value}) imports one row and returns the run."""

    def write(row):
        row = dict(zip(KEYS, (PLACE, 1), strict=True)) | row
        file = upload({"Indikator": [list(row), list(row.values())]})
        at = timezone.now()
        run = imports.start(kind="indicators", upload=file, actor=cast.kadir, at=at)
        imports.preview(run)
        imports.carry_out(run, at=at)
        run.refresh_from_db()
        return run

    return write


def messages(plan):
    return [problem.message for problem in plan.errors]


def figure(indicator, year=2025):
    row = indicator.realisations.get(year=year)
    return (row.value, row.through_quarter)


def test_quarters_make_the_year_and_an_undo_takes_it_back(indicator, bring, cast):
    run = bring(
        {"Realisasi TW I 2025": 5, "Realisasi Triwulan II 2025": "7,5", "Target TW I 2025": 4}
    )
    assert figure(indicator) == (D("12.5"), 2)
    assert indicator.quarters.get(quarter=1).target == 4
    [entry] = HistoryEntry.objects.about(indicator)
    assert ["2025 · Realisasi", "-", "12,50"] in entry.in_words
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert not indicator.realisations.exists()
    assert not indicator.quarters.exists()


def test_an_undo_makes_the_year_what_it_was(indicator, bring, cast):
    indicator.quarters.create(year=2025, quarter=1, value=D(5))
    indicator.realisations.create(year=2025, value=D(5), through_quarter=1)
    run = bring({"Realisasi TW II 2025": 7})
    assert figure(indicator) == (D(12), 2)
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert figure(indicator) == (D(5), 1)


def test_the_preview_says_what_becomes_of_the_year(indicator, plan):
    found = plan({"Realisasi TW I 2025": 5, "Realisasi TW II 2025": 7})
    assert [one.message for one in found.warnings if "2025" in one.message] == [
        "Realisasi 2025 ikut menjadi 12."
    ]
    indicator.realisations.create(year=2025, value=D(13))
    found = plan({"Realisasi TW I 2025": 5, "Realisasi TW II 2025": 7})
    [said] = [one.message for one in found.warnings if "2025" in one.message]
    assert said.startswith("Jumlah triwulan I–II 12, tetapi angka tahun 2025: 13.")


def test_a_year_beside_its_quarters_must_add_up(indicator, plan, bring):
    row = {"Realisasi TW I 2025": 5, "Realisasi TW II 2025": 7}
    [said] = messages(plan(row | {"Realisasi 2025": 13}))
    assert said.startswith("Jumlah triwulan I–II 12, tetapi angka tahun 2025: 13.")
    bring(row | {"Realisasi 2025": 12, "Penjelasan 2025": "Cukup"})
    assert figure(indicator) == (D(12), 2)
    assert indicator.realisations.get().version == 1


def test_a_year_entered_by_itself_stays(indicator, bring):
    indicator.realisations.create(year=2025, value=D(13), version=3)
    bring({"Realisasi TW I 2025": 5})
    assert figure(indicator) == (D(13), None)
    bring({"Realisasi TW II 2025": 8})
    assert figure(indicator) == (D(13), 2)
    assert indicator.realisations.get().version == 4


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"Realisasi TW I 2025": "3*"}, "pada angka tahunnya"),
        ({"Realisasi TW I 2025": "WTP"}, "bukan angka"),
        ({"Target TW I 2025": "80–90"}, "satu angka"),
        ({"Target 2025": "WTP"}, "bukan angka"),
        ({"Tahun akhir Renstra": 2026}, "Isi target akhir Renstra"),
        ({"Target akhir Renstra": 90}, "Isi tahun target akhir Renstra"),
        ({"Tahun akhir Renstra": 2026, "Target akhir Renstra": "80-90"}, "tanpa rentang"),
        ({"Perubahan tercetak 2025": 5}, "Isi juga Realisasi 2025"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(plan, row, says):
    assert [says in message for message in messages(plan(row))] == [True]


def test_plan_print_and_text_targets_are_columns(indicator, bring):
    bring({
        "Tahun akhir Renstra": 2026, "Target akhir Renstra": "99,125", "Realisasi 2025": 90,
        "Perubahan tercetak 2025": "5,555", "Capaian tercetak 2025": 100,
    })  # fmt: skip
    indicator.refresh_from_db()
    assert (indicator.plan_year, indicator.plan_target) == (2026, D("99.125"))
    row = indicator.realisations.get()
    assert (row.reported_change, row.reported_achievement) == (D("5.555"), D(100))
    bring({"Tahun akhir Renstra": None, "Target akhir Renstra": None})
    indicator.refresh_from_db()
    assert (indicator.plan_year, indicator.plan_target) == (None, None)


# ── Codes ───────────────────────────────────────────────────────────────────────────────────────
def test_a_code_finds_its_indicator_before_the_number_does(indicator, units, bring):
    bring({"Nomor": 7, "Kode": "iku-1", "Nama indikator": "Dokumen selesai"})
    indicator.refresh_from_db()
    assert (indicator.number, indicator.name, indicator.code) == (7, "Dokumen selesai", "iku-1")
    assert Indicator.objects.count() == 1


def test_the_number_of_another_indicator_is_not_taken(indicator, units, plan):
    factories.make_indicator(indicator.objective, units.umum, "Lain")
    assert messages(plan({"Nomor": 2, "Kode": "IKU-1"})) == [
        "Sudah dipakai oleh Lain. Tulis yang lain."
    ]


def test_a_code_of_another_objective_is_told(indicator, units, plan):
    factories.make_objective(units.setda, 2)
    [said] = messages(plan({"Sasaran": "Sekretariat Daerah / 2", "Kode": "IKU-1"}))
    assert said.startswith("Kode IKU-1 sudah dipakai “Dokumen” pada Sasaran 1.")


def test_a_code_serves_again_in_other_years_only(indicator, plan):
    new = {"Nomor": 3, "Nama indikator": "Baru", "Satuan": "%", "Unit pemilik": "Biro Umum"}
    new |= {"Kode": "IKU-1", "Berlaku sejak": 2025}
    Indicator.objects.filter(pk=indicator.pk).update(year_to=2024)
    factories.make_indicator(
        indicator.objective, indicator.owner_unit, code="iku-1", year_from=2027
    )
    assert messages(plan(new | {"Berlaku sampai": 2026})) == []
    assert messages(plan(new)) == [
        "Sudah dipakai “Indikator 2” pada tahun yang sama. Tulis kode lain."
    ]


def test_two_rows_of_one_workbook_cannot_share_a_code(indicator, units, plan):
    new = {"Satuan": "%", "Unit pemilik": "Biro Umum", "Kode": "IKU-9"}
    found = plan(
        new | {"Nomor": 2, "Nama indikator": "Satu"}, new | {"Nomor": 3, "Nama indikator": "Dua"}
    )
    assert messages(found) == ["Sudah dipakai “Satu” pada tahun yang sama. Tulis kode lain."]


def test_two_rows_about_one_code_are_told(indicator, plan):
    found = plan({"Nomor": 1, "Kode": "IKU-1"}, {"Nomor": 2, "Kode": "IKU-1"})
    assert messages(found) == ["Sama dengan baris 2. Hapus salah satunya."]
