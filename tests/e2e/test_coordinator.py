"""The coordinator's main task: a due date and a unit for everything that is filtered, at once."""

from datetime import date

import pytest

from tests import factories

BUDGET = 3


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_due_dates_are_set_for_all_that_is_filtered(visit, cast, recommendation, units, scripts):
    wanted = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(2)]
    other = factories.make_renaksi(recommendation, units.umum)
    kadir = visit(cast.kadir, java_script_enabled=scripts)
    page = kadir.open(f"/renaksi/?unit={units.organisasi.pk}")

    kadir.click(page.get_by_role("button", name="Ubah semua yang tersaring"))
    page.get_by_label("Batas waktu").fill("31 Desember 2026")
    kadir.click(page.get_by_role("button", name="Periksa dahulu"))
    kadir.click(page.get_by_role("button", name="Ubah 2 rencana aksi"))
    page.get_by_text("2 rencana aksi Sekretariat Daerah diubah").first.wait_for()

    assert kadir.clicks <= BUDGET
    for renaksi in [*wanted, other]:
        renaksi.refresh_from_db()
    assert [renaksi.due_date for renaksi in wanted] == [date(2026, 12, 31)] * 2
    assert other.due_date is None
    assert kadir.complaints == []
    assert kadir.hosts == {kadir.server.removeprefix("http://")}
