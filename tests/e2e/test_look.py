"""How the program looks where only a browser knows: dark, with the colours of the system, by keyboard, on paper."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from recommendations.models import Evaluation, Renaksi
from tests import factories
from tests.test_colours import contrast

PROOF = {"name": "SK bukti.pdf", "mimeType": "application/pdf", "buffer": b"%" * 2500}
GROUND = "() => getComputedStyle(document.body).backgroundColor"
# Each stop of the tab key: its name and its ring, or of what stands for it.
STOP = """() => {
  const at = document.activeElement;
  const shown = at.closest(".file-choice") ?? at;
  const style = getComputedStyle(shown);
  return { name: at.outerHTML.slice(0, 80), isEnd: at === document.body,
           width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), colour: style.outlineColor };
}"""
# How much room is left between the links in a box and its padding.
ROOM = """box => {
  const end = box.getBoundingClientRect().right - parseFloat(getComputedStyle(box).paddingRight);
  return Math.min(...[...box.querySelectorAll("a")].map((link) => end - link.getBoundingClientRect().right));
}"""
MOST_STOPS = 150


def six(colour):
    """`rgb(23, 69, 122)` as `#17457a`."""
    return "#" + "".join(
        f"{int(part):02x}" for part in colour[colour.index("(") + 1 : -1].split(",")[:3]
    )


def stops(page):
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["isEnd"]:
            return
        yield stop


@pytest.mark.parametrize(
    "how", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str
)
def test_every_stop_of_the_keyboard_is_seen(visit, cast, renaksi, how):
    page = visit(cast.rina, viewport={"width": 1280, "height": 800}, **how).open(
        f"/renaksi/{renaksi.pk}/bukti/baru/"
    )
    page.locator(".user-button").click()
    page.evaluate("() => document.activeElement.blur()")
    found = list(stops(page))
    assert len(found) > 15
    assert any("dropdown-item" in stop["name"] for stop in found)
    assert [stop["name"] for stop in found if stop["width"] < 2] == []


def test_the_ring_of_the_user_menu_stands_out(visit, cast):
    for scheme in ("light", "dark"):
        page = visit(cast.rina, color_scheme=scheme).open("/bantuan/")
        page.locator(".user-button").click()
        entry = page.locator(".user-menu .dropdown-item").first
        entry.focus()
        page.keyboard.press("Tab")
        ring = six(page.evaluate(STOP)["colour"])
        menu = page.eval_on_selector(
            "#menu-pengguna", "menu => getComputedStyle(menu).backgroundColor"
        )
        assert contrast(ring, six(menu)) >= 3


def test_the_device_or_the_person_makes_it_dark_and_paper_is_light(visit, cast):
    visitor = visit(cast.rina, color_scheme="dark")
    page = visitor.open("/bantuan/")
    dark = page.evaluate(GROUND)
    assert contrast(six(dark), "#ffffff") > 10
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="light")
    light = page.evaluate(GROUND)
    assert contrast(six(light), "#ffffff") < 1.2
    page.locator(".user-button").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Gelap").click()
    assert page.url.endswith("/bantuan/")
    assert page.evaluate(GROUND) == dark
    assert visitor.complaints == []


def test_the_current_page_is_seen_in_the_colours_of_the_system(visit, cast):
    page = visit(cast.rina, forced_colors="active", viewport={"width": 1280, "height": 800}).open(
        "/evaluasi/"
    )
    edges = page.eval_on_selector_all(
        ".navbar-nav .nav-link",
        "links => links.map(link => [link.classList.contains('active'), getComputedStyle(link).borderBottomColor])",
    )
    current = {colour for is_current, colour in edges if is_current}
    others = {colour for is_current, colour in edges if not is_current}
    assert len(current) == 1
    assert not current & others


def test_chosen_files_are_told_with_their_size(visit, cast, renaksi):
    visitor = visit(cast.rina)
    page = visitor.open(f"/renaksi/{renaksi.pk}/bukti/baru/")
    said = page.locator(".file-chosen")
    assert said.inner_text().startswith("Belum ada yang dipilih.")
    visitor.choose_file(page.locator("input[type=file]"), PROOF)
    listed = page.locator(".chosen-files li").filter(has_text="SK bukti.pdf (2,4 KB)")
    listed.wait_for()
    assert said.is_hidden()  # the list says it
    listed.get_by_role("button", name="Hapus SK bukti.pdf").click()
    said.wait_for()
    assert said.inner_text().startswith("Belum ada yang dipilih.")


def test_a_field_without_parts_tells_its_file(visit, cast, renaksi):
    visitor = visit(cast.kadir)
    page = visitor.open("/impor/")
    said = page.locator(".file-chosen")
    visitor.choose_file(page.locator("input[type=file]"), PROOF)
    expect(said).to_have_text("SK bukti.pdf (2,4 KB)")
    page.locator("input[type=file]").set_input_files([])
    expect(said).to_contain_text("Belum ada yang dipilih.")


def test_without_scripts_the_browser_shows_the_file(visit, cast, renaksi):
    page = visit(cast.rina, java_script_enabled=False).open(f"/renaksi/{renaksi.pk}/bukti/baru/")
    field = page.locator("input[type=file]")
    assert field.evaluate("field => getComputedStyle(field).opacity") == "1"
    assert page.get_by_text("Belum ada yang dipilih.").is_hidden()
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Pilih berkas", exact=True).click()
    chooser.value.set_files([PROOF])
    assert field.evaluate("field => field.files[0].name") == PROOF["name"]


@pytest.mark.parametrize("width", [1280, 360])
def test_figures_of_millions_stay_in_their_cells(visit, cast, units, width):
    values = {year: Decimal(f"1725005.{year % 100}") for year in range(2022, 2026)}
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values=values)
    page = visit(cast.kadir, viewport={"width": width, "height": 800}).open("/kinerja/?tahun=2025")
    cells = page.locator(".indicator-table .year").all()
    assert [cell.inner_text() for cell in cells] == [f"1.725.005,{year}" for year in range(22, 26)]
    for cell in cells:
        assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")


def test_the_longest_date_is_whole_in_the_table_of_an_lhe(visit, cast, renaksi):
    page = visit(cast.kadir, viewport={"width": 1280, "height": 800}).open(
        f"/evaluasi/{renaksi.recommendation.evaluation_id}/isian/"
    )
    field = page.locator("[name=due_date]").last
    field.fill("30 September 2026")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")


def test_a_long_address_stays_in_the_list_of_errors(visit, cast, renaksi):
    page = visit(cast.rina, viewport={"width": 360, "height": 740}).open(
        f"/renaksi/{renaksi.pk}/tindak-lanjut/"
    )
    page.get_by_label("Tautan", exact=True).check()
    page.locator("[name=bukti-url]").fill("www.contoh.go.id/laporan 1")
    page.get_by_role("button", name="Simpan", exact=True).click()
    box = page.locator(".error-summary")
    assert box.evaluate(ROOM) >= 0


def test_a_letter_number_without_a_gap_is_whole_on_a_card(visit, cast, evaluation):
    Evaluation.objects.update(letter_number="700.1.2.1/2753/ITPROV/II/2023")
    page = visit(cast.kadir, viewport={"width": 360, "height": 740}).open("/evaluasi/")
    cell = page.locator(".stacked td", has_text="700.1.2.1")
    assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")


def test_a_long_address_or_name_does_not_widen_the_page(visit, cast, renaksi):
    """A page wider than a phone is drawn small, and its buttons lie elsewhere than they are touched."""
    Renaksi.objects.update(follow_up=f"<p>https://contoh.go.id/{'abc' * 60}</p>")
    factories.make_evidence(renaksi, "Laporan_Kinerja_2023_final_revisi_2_sudah_ditandatangani")
    rina = visit(cast.rina, viewport={"width": 360, "height": 740})
    for address in (
        renaksi.get_absolute_url(),
        f"{renaksi.get_absolute_url()}kirim/",
        renaksi.recommendation.get_absolute_url(),
    ):
        page = rina.open(address)
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360
