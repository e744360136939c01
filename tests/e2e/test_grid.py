"""The entry grid as a spreadsheet: keys, a pasted block, each cell saved as one leaves it."""

import re
from decimal import Decimal
from threading import Event

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from performance.models import Indicator, LockedYear, QuarterFigure, Realisation
from sakip.models import UnsavedText
from sakip.services import unsaved
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile("is-saved")
PASTE = """([input, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_keys_and_a_pasted_block(visit, cast, units):
    objective = factories.make_objective(units.setda)
    first, second = (
        factories.make_indicator(objective, units.organisasi, values={2022: Decimal(90)})
        for _ in range(2)
    )
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023")
    cells = [page.locator(f"#id_realisasi-{row.pk}-2023") for row in (first, second)]

    cells[0].fill("91,5")
    cells[0].press("Enter")
    expect(cells[1]).to_be_focused()
    expect(page.locator(f"#sel-realisasi-{first.pk}-2023")).to_contain_text("tersimpan")
    expect(page.locator(f"#ubah-{first.pk}")).to_contain_text("1,67")
    assert first.realisations.get(year=2023).value == Decimal("91.5")

    cells[1].fill("x")
    cells[1].press("Escape")
    expect(cells[1]).to_have_value("")

    left = page.locator(f"#id_realisasi-{first.pk}-2022")
    page.evaluate(PASTE, [left.element_handle(), "89\t\t92\n87.500\t\t93\n"])
    expect(page.locator(f"#sel-realisasi-{second.pk}-2022")).to_contain_text("dua cara")
    expect(page.locator(f"#id_realisasi-{second.pk}-2022")).to_have_value("87.500")
    found = {
        (row.pk, one.year): one.value for row in (first, second) for one in row.realisations.all()
    }
    assert found == {
        (first.pk, 2022): 89,
        (first.pk, 2023): 92,
        (second.pk, 2022): 90,
        (second.pk, 2023): 93,
    }
    assert not visitor.complaints


def test_without_scripts_one_button_saves_what_changed(visit, cast, units):
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(
        objective, units.organisasi, values={2022: Decimal(90), 2023: None}
    )
    page = visit(cast.rina, java_script_enabled=False).open("/kinerja/isi/?tahun=2023")
    page.locator(f"#id_realisasi-{indicator.pk}-2022").fill("abc")
    page.locator(f"#id_realisasi-{indicator.pk}-2023").fill("91,5")
    page.get_by_role("button", name="Simpan yang berubah").click()
    expect(page.locator(f"#sel-realisasi-{indicator.pk}-2022")).to_contain_text("bukan angka")
    expect(page.locator(f"#id_realisasi-{indicator.pk}-2022")).to_have_value("abc")
    assert indicator.realisations.get(year=2023).value == Decimal("91.5")


# ── Many rows, and a line that drops ────────────────────────────────────────────────────────────
def make_many(units, count):
    objective = factories.make_objective(units.setda)
    Indicator.objects.bulk_create(
        Indicator(
            objective=objective,
            owner_unit=units.organisasi,
            number=number,
            name=f"Indikator {number}",
            measure="Dokumen",
            accumulation="sum",
        )
        for number in range(1, count + 1)
    )
    return list(Indicator.objects.order_by("number"))


def cell(page, indicator, quarter=None):
    name = f"realisasi-{indicator.pk}-2023" + (f"-{quarter}" if quarter else "")
    return page.locator(f"#sel-{name}"), page.locator(f"#id_{name}")


def test_a_block_for_four_hundred_indicators(visit, cast, units):
    rows = make_many(units, 400)
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=semua")
    _, first = cell(page, rows[0], 1)
    block = "\n".join(f"{number}\t" for number in range(1, 402))
    page.evaluate(PASTE, [first.element_handle(), block])
    last, typed = cell(page, rows[-1], 1)
    expect(last).to_have_class(SAVED, timeout=120_000)
    expect(typed).to_have_value("400")
    expect(cell(page, rows[-1])[1]).to_have_value("400")
    expect(page.locator("[data-grid-status]")).to_contain_text(
        "1 nilai tidak ditempel karena di luar tabel atau selnya terkunci: “401”."
    )
    assert QuarterFigure.objects.filter(quarter=1).count() == 400
    assert Realisation.objects.get(indicator=rows[99]).value == 100
    assert not visitor.complaints


def test_without_scripts_many_rows_are_sent_in_parts(visit, cast, units):
    rows = make_many(units, 81)
    page = visit(cast.rina, java_script_enabled=False).open("/kinerja/isi/?tahun=2023")
    cell(page, rows[79])[1].fill("5")
    page.get_by_role("button", name="Simpan yang berubah: baris 41.–80.").click()
    expect(page.locator("body")).to_contain_text("1 sel disimpan.")
    assert rows[79].realisations.get(year=2023).value == 5


def test_a_dropped_line_loses_nothing(visit, cast, units):
    one, two = make_many(units, 2)
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=1")
    (first, typed), (second, other) = cell(page, one, 1), cell(page, two, 1)
    visitor.context.set_offline(True)
    typed.fill("5")
    typed.press("Enter")
    expect(first).to_contain_text("Belum tersimpan: tidak ada sambungan ke server.")
    expect(typed).to_have_value("5")
    expect(page.locator("[data-grid-status]")).to_contain_text("1 sel belum tersimpan.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    visitor.context.set_offline(False)  # the browser says so, and what failed is sent again
    expect(first).to_have_class(SAVED)
    assert one.quarters.get().value == 5

    page.route("**/kinerja/isi/**", lambda route: route.fulfill(status=500, body="mati"))
    other.fill("7")
    other.press("Enter")
    expect(second).to_contain_text("Belum tersimpan: server gagal menyimpannya.")
    page.unroute("**/kinerja/isi/**")
    expect(page.locator("[data-grid-status]")).to_contain_text("Draf tersimpan")
    page.reload()
    expect(page.locator(".draft-notice")).to_contain_text("kami kembalikan")
    expect(other).to_have_value("7")
    second.get_by_role("button", name="Coba lagi").click()
    expect(second).to_have_class(SAVED)
    assert two.quarters.get().value == 7
    page.reload()
    expect(page.locator(".draft-notice")).to_have_count(0)
    assert asked == []


def test_the_browser_asks_before_figures_are_lost_that_nobody_keeps(visit, cast, units):
    (one,) = make_many(units, 1)
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=1")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/kinerja/isi/ketikan/", lambda route: route.fulfill(status=500, body="mati"))
    cell(page, one, 1)[1].press_sequentially("5")
    expect(page.locator("[data-grid-status]")).to_contain_text("Draf belum tersimpan: server gagal")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_closed_tab_leaves_the_figure(visit, cast, units, monkeypatch):
    (one,) = make_many(units, 1)
    kept, merge = Event(), unsaved.merge_form

    def keep(**fields):
        found = merge(**fields)
        kept.set()
        return found

    monkeypatch.setattr(unsaved, "merge_form", keep)
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=1")
    cell(page, one, 1)[1].press_sequentially("5,")
    page.goto("about:blank")
    assert kept.wait(30)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=1")
    expect(cell(page, one, 1)[1]).to_have_value("5,")
    page.get_by_role("button", name="Hapus tulisan ini").click()
    expect(page.locator(".draft-notice")).to_have_count(0)
    expect(cell(page, one, 1)[1]).to_have_value("")
    assert not UnsavedText.objects.exists()
    assert "realisasi" not in page.evaluate(
        "JSON.stringify([{...sessionStorage}, {...localStorage}])"
    )


def test_whoever_is_signed_out_or_refused_is_told_at_the_cell(visit, cast, units, client):
    (one,) = make_many(units, 1)
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=1")
    found, typed = cell(page, one, 1)
    visitor.sign_out()
    typed.fill("5")
    typed.press("Tab")
    expect(found).to_contain_text("Belum tersimpan: sesi berakhir.")
    visitor.sign_in(client, cast.rina)
    found.get_by_role("button", name="Coba lagi").click()
    expect(found).to_have_class(SAVED)
    assert not UnsavedText.objects.exists()

    Indicator.objects.update(year_to=2022)
    typed.fill("6")
    typed.press("Tab")
    expect(found).to_contain_text("indikator ini sudah tidak ada")
    Indicator.objects.update(year_to=None)
    LockedYear.objects.create(
        unit=units.setda, year=2023, locked_by=cast.kadir, locked_at=timezone.now()
    )
    found.get_by_role("button", name="Coba lagi").click()
    expect(found).to_contain_text("tahunnya terkunci")
    expect(typed).to_have_value("6")
    assert one.quarters.get().value == 5
    typed.press("Escape")
    expect(typed).to_have_value("5")
    expect(page.locator("[data-grid-status]")).to_be_hidden()


def test_a_year_beside_its_quarters_shows_both_and_what_was_restored_overwrites_nobody(
    visit, cast, units
):
    (one,) = make_many(units, 1)
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023&triwulan=semua")
    for quarter, words in ((1, "5"), (2, "7")):
        cell(page, one, quarter)[1].fill(words)
        cell(page, one, quarter)[1].press("Enter")
    year, typed = cell(page, one)
    expect(typed).to_have_value("12")
    expect(year).to_contain_text("dari triwulan I–II")
    typed.fill("13")
    typed.press("Enter")
    expect(year).to_contain_text("Jumlah triwulan I–II 12, tetapi angka tahun 2023: 13.")
    expect(typed).to_have_value("13")

    page.on("dialog", lambda dialog: dialog.accept())
    visitor.context.set_offline(True)
    first, typed = cell(page, one, 1)
    typed.fill("6")
    typed.press("Enter")
    expect(first).to_contain_text("Belum tersimpan")
    QuarterFigure.objects.filter(quarter=1).update(value=9, version=2)
    visitor.context.set_offline(False)
    expect(first).to_contain_text("Orang lain menyimpan “9” lebih dahulu")
    assert one.quarters.get(quarter=1).value == 9
