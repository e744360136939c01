"""Whoever leaves a number or a date sees how it is read; what is plain asks nobody."""

from playwright.sync_api import expect


def test_a_date_and_a_number_are_read_back_and_a_doubtful_one_is_chosen(visit, cast):
    visitor = visit(cast.kadir)
    page = visitor.open("/evaluasi/baru/")
    page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#id_letter_date", "31/12/2026")
    page.locator("#id_letter_date").blur()
    expect(page.locator("#id_letter_date_dibaca")).to_have_text("dibaca: Kamis, 31 Desember 2026")
    page.fill("#id_reported_total", "67.930")
    page.locator("#id_reported_total").blur()
    page.get_by_role("button", name="67,93", exact=True).click()
    expect(page.locator("#id_reported_total")).to_have_value("67,93")
    expect(page.locator("#id_reported_total_dibaca")).to_be_empty()
    assert len([url for url in asked if "/baca/" in url]) == 2
    assert visitor.complaints == []


def test_saving_at_once_is_not_held_up_by_the_reading(visit, cast):
    page = visit(cast.kadir).open("/evaluasi/baru/")
    page.fill("#id_letter_date", "31/12/2026")
    page.get_by_role("button", name="Simpan").click()
    expect(page).to_have_title("Kesalahan: LHE baru · Tindak Lanjut SAKIP")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Pilih perangkat daerah.").click()
    expect(page.locator("#id_unit")).to_be_focused()
    expect(page.locator("#id_letter_date")).to_have_value("31/12/2026")
