"""The main pages of every role: the policy blocks nothing of ours, nobody else is asked, all fits."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Recommendation
from tests import factories

PAGES = {
    "rina": ["/", "/renaksi/{}/", "/renaksi/{}/tindak-lanjut/", "/renaksi/{}/bukti/baru/"],
    "dewi": [
        "/",
        "/reviu/",
        "/reviu/{submitted}/",
        "/reviu/sekaligus/?renaksi={submitted}",
        "/reviu/keputusan/",
        "/ingatkan/",
        "/renaksi/",
    ],
    "kadir": ["/", "/renaksi/", "/renaksi/{}/rencana/", "/pengaturan/", "/pengaturan/unit/"],
    "laila": ["/", "/evaluasi/", "/kinerja/", "/uji-konsistensi/", "/bantuan/", "/bantuan/impor/"],
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_and_fits(visit, cast, units, renaksi, name):
    submitted = factories.make_renaksi(renaksi.recommendation, units.organisasi, status="submitted")
    visitor = visit(getattr(cast, name), viewport={"width": 1280, "height": 800})
    for path in PAGES[name]:
        page = visitor.open(path.format(renaksi.pk, submitted=submitted.pk))
        page.wait_for_load_state("networkidle")
        assert visitor.complaints == [], path
        assert page.locator("h1").count() == 1, path
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert visitor.hosts == {visitor.server.removeprefix("http://")}


def test_the_editor_writes_plain_html(visit, cast, recommendation):
    kadir = visit(cast.kadir)
    page = kadir.open(f"/rekomendasi/{recommendation.pk}/ubah/")
    page.locator(".ProseMirror").first.click()
    page.locator(".ProseMirror.tiptap:focus").first.wait_for()  # a touch has brought the module
    page.keyboard.press("Control+a")
    page.keyboard.type("Beri ")
    italic = page.get_by_role("button", name="Miring").first
    italic.click()
    page.keyboard.type("reward")
    expect(italic).to_have_attribute("aria-pressed", "true")
    italic.click()
    page.keyboard.type(" kepada")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**/rekomendasi/{recommendation.pk}/")
    assert kadir.complaints == []
    stored = Recommendation.objects.get(pk=recommendation.pk).text
    assert stored == "<p>Beri <em>reward</em> kepada</p>"


def test_words_typed_before_the_editor_is_there_stay_in_their_place(visit, cast, recommendation):
    """The module of the editor is heavy; it comes when a text is touched, and nobody waits for it."""
    kadir = visit(cast.kadir)
    fetched = []
    kadir.page.route("**/django_prose_editor/editor.js", lambda route: fetched.append(route))
    page = kadir.open(f"/rekomendasi/{recommendation.pk}/ubah/")
    page.wait_for_load_state("networkidle")
    assert fetched == []
    with page.expect_request("**/django_prose_editor/editor.js"):
        page.locator(".ProseMirror").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("satu tiga")
    for _ in "tiga":
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("du")
    (module,) = fetched
    module.continue_()
    page.wait_for_selector(".ProseMirror.tiptap:focus")
    page.keyboard.type("a ")
    expect(page.locator(".ProseMirror").first).to_have_text("satu dua tiga")
    expect(page.locator("textarea[data-rich-text]").first).to_have_value("<p>satu dua tiga</p>")
    assert kadir.complaints == []


def test_the_menu_of_the_person_opens_and_closes(visit, cast):
    page = visit(cast.rina).open("/")
    menu = page.locator("#menu-pengguna")
    button = page.locator(".user-button")
    assert not menu.is_visible()
    button.click()
    assert menu.is_visible() and button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not menu.is_visible() and button.get_attribute("aria-expanded") == "false"
    button.click()
    page.locator("h1").click()
    assert not menu.is_visible()


def test_the_menu_is_reached_without_scripts(visit, cast):
    narrow = {"width": 360, "height": 800}
    page = visit(cast.kadir, java_script_enabled=False, viewport=narrow).open("/")
    assert page.get_by_role("link", name="Pengaturan").is_visible()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/akun/masuk/")
