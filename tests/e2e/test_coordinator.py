"""The coordinator's main task: a due date and a unit for everything that is filtered, at once."""

from datetime import date

import pytest

from tests import factories
from tests.e2e import budgets
from tests.workbooks import books

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


def test_a_unit_among_many_is_found_by_a_part_of_its_name(visit, cast, recommendation, units):
    """What is chosen and the units above a match stay; the list below does not change by typing."""
    for number in range(20):
        factories.make_renaksi(
            recommendation, factories.make_unit(f"Biro {number:02}", parent=units.setda)
        )
    desk = factories.make_unit("Subbagian Arsip", parent=units.umum)
    factories.make_renaksi(recommendation, desk)
    kadir = visit(cast.kadir)
    page = kadir.open("/renaksi/")

    page.get_by_label("Cari unit").fill("arsip")
    shown = [name.strip() for name in page.locator("#id_unit option").all_inner_texts()]
    assert shown == ["Semua", "Sekretariat Daerah", "Biro Umum", "Subbagian Arsip"]
    page.get_by_label("Unit", exact=True).select_option(str(desk.pk))
    page.get_by_text("1 rencana aksi").first.wait_for()
    page.get_by_label("Cari unit").fill("")
    assert page.locator("#id_unit option").count() > 20
    assert page.locator("#id_unit").input_value() == str(desk.pk)
    assert kadir.complaints == []

    page = kadir.open("/renaksi/alihkan/")
    page.get_by_label("Cari unit").first.fill("arsip")
    assert page.locator("#id_dari").input_value() == ""  # typing chooses nothing


HEAD = ["Rekomendasi", "Urutan", "Rencana aksi", "Penanggung jawab"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_workbook_with_errors_comes_in_with_four_clicks(
    visit, cast, recommendation, units, settings, tmp_path, scripts
):
    """T3: choose, see, confirm, done. 40 rows here; 500 take longer, but no click more."""
    settings.MEDIA_ROOT = tmp_path
    name = f"{units.setda.name} 2022 / {recommendation.number}"
    rows = [[name, number, "Rapat", units.organisasi.name] for number in range(1, 38)]
    rows += [[name, number, "Rapat", "Biro Entah"] for number in range(38, 41)]
    book = books.upload({"Lembar1": [HEAD, *rows]}).read()
    kadir = visit(cast.kadir, java_script_enabled=scripts)
    page = kadir.open("/")

    kadir.click(page.get_by_role("link", name="Impor", exact=True))
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "rencana.xlsx", "mimeType": mime, "buffer": book}
    kadir.choose_file(page.locator("input[type=file]"), file)
    kadir.click(page.get_by_role("button", name="Lihat pratinjau"))
    page.get_by_text("3 sel", exact=True).wait_for()
    assert "Ditolak" in page.locator(".import-rows tbody tr").first.inner_text()
    kadir.click(page.get_by_role("button", name="Tulis 37 baris, lewati 3 yang ditolak"))
    page.get_by_role("heading", name="Yang masuk").wait_for()

    assert kadir.clicks == budgets.IMPORT.count
    assert recommendation.renaksi.count() == 37
    assert kadir.complaints == []


def test_all_of_the_page_is_ticked_at_once(visit, cast, recommendation, units):
    for _ in range(3):
        factories.make_renaksi(recommendation, units.organisasi)
    kadir = visit(cast.kadir)
    page = kadir.open("/renaksi/")
    page.get_by_label("Pilih semua di halaman ini").check()
    page.get_by_text("3 dicentang").wait_for()
    page.locator("tbody .tick input").first.uncheck()
    page.get_by_text("2 dicentang").wait_for()
    page.get_by_role("button", name="Ubah yang dicentang").click()
    page.wait_for_url("**/renaksi/massal/**")
    assert page.url.count("renaksi=") == 2
    assert kadir.complaints == []
