"""A workbook neither switches off a unit with open work, nor moves a petugas away from it, nor makes a cycle."""

import pytest

from tests import factories
from tests.workbooks.books import plan_of, upload

UNITS = ["Kode", "Nama", "Jenis", "Unit induk", "Aktif"]
PEOPLE = ["Nama pengguna", "Nama", "Peran", "Unit", "Aktif"]


def found(actor, **sheets):
    titles = {"units": "Unit", "people": "Pengguna"}
    book = upload({titles[name]: rows for name, rows in sheets.items()})
    plan = plan_of("units", actor, book)
    problems = [problem for problem in plan.all_problems if not problem.is_warning]
    return {problem.column: problem.message for problem in problems}


def unit_row(unit, active="Tidak", parent="Sekretariat Daerah"):
    return [unit.code, unit.name, "Biro", parent, active]


def test_a_unit_with_open_work_stays_on(cast, units, renaksi):
    problems = found(cast.kadir, units=[UNITS, unit_row(units.organisasi)])
    assert problems["Aktif"].startswith(
        "Biro Organisasi masih mempunyai 1 rencana aksi yang belum selesai dan 1 pengguna aktif."
    )


def test_a_unit_is_no_less_busy_for_the_units_below_it_that_go_first(cast, units, renaksi):
    part = factories.make_unit("Bagian A", parent=units.organisasi)
    rows = [unit_row(part, parent="Biro Organisasi"), unit_row(units.organisasi)]
    assert "1 rencana aksi" in found(cast.kadir, units=[UNITS, *rows])["Aktif"]


def test_a_unit_without_work_goes(cast, units):
    hukum = factories.make_unit("Biro Hukum", parent=units.setda)
    assert found(cast.kadir, units=[UNITS, unit_row(hukum)]) == {}


@pytest.mark.parametrize(
    ("cells", "column"),
    [(["Biro Umum", "Ya"], "Unit"), (["Biro Organisasi", "Tidak"], "Aktif")],
)
def test_a_petugas_hands_over_first(cast, renaksi, cells, column):
    rows = [PEOPLE, ["rina", "Rina", "Operator", *cells]]
    assert found(cast.kadir, people=rows) == {}
    renaksi.person = cast.rina
    renaksi.save()
    problems = found(cast.kadir, people=rows)
    assert problems[column].startswith(
        "Rina masih menjadi petugas 1 rencana aksi yang belum selesai. Alihkan dulu"
    )


def test_a_cycle_is_refused(cast, units):
    part = factories.make_unit("Bagian A", parent=units.umum)
    row = unit_row(units.umum, "Ya", parent=part.name)
    assert found(cast.kadir, units=[UNITS, row]) == {
        "Unit induk": "Unit tidak dapat berada di bawah dirinya sendiri."
    }
