"""The operator's main task: from the first page to a follow-up with its proof in three clicks."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Renaksi
from tests import factories
from tests.e2e import budgets
from tests.recommendations import files

PROOF = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": files.PDF}


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bare(recommendation, units):
    """A renaksi of Rina's about which nothing was written."""
    return factories.make_renaksi(recommendation, units.organisasi, follow_up="")


def written(renaksi):
    renaksi.refresh_from_db()
    return renaksi.follow_up, [row.title for row in renaksi.evidence.all()], renaksi.status


def test_a_follow_up_and_its_proof_are_filed_in_place(visit, cast, bare):
    rina = visit(cast.rina)
    page = rina.open("/")
    row = page.locator(f"#pekerjaan-{bare.pk}")
    rina.click(row.get_by_role("link", name="Tulis"))
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type("Target sudah dianalisis.")
    rina.choose_file(row.get_by_label("Berkas", exact=True).last, PROOF)
    rina.click(row.get_by_role("button", name="Simpan", exact=True))
    row.get_by_text("Lengkap, siap dikirim.").wait_for()
    expect(page.locator(":focus")).to_have_attribute("role", "status")
    assert row.get_by_role("status").inner_text() == "Tindak lanjut dan bukti “laporan” disimpan."
    told = (rina.clicks, page.url.rstrip("/"), rina.complaints)
    assert told == (budgets.WRITE.count, rina.server, [])
    assert written(bare) == ("<p>Target sudah dianalisis.</p>", ["laporan"], "in_progress")


def test_the_same_without_scripts(visit, cast, bare):
    rina = visit(cast.rina, java_script_enabled=False)
    page = rina.open("/")
    rina.click(page.get_by_role("link", name="Tulis"))
    page.locator("textarea:focus").wait_for()
    page.keyboard.type("Target sudah dianalisis.")
    rina.choose_file(page.locator("input[type=file]"), PROOF)
    rina.click(page.get_by_role("button", name="Simpan", exact=True))
    page.get_by_text("disimpan.").wait_for()
    assert rina.clicks == budgets.WRITE.count
    assert written(bare) == ("Target sudah dianalisis.", ["laporan"], "in_progress")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_it_is_sent_with_one_click_more_and_the_next_item_opens(
    visit, cast, bare, recommendation, units, scripts
):
    following = factories.make_renaksi(recommendation, units.organisasi)
    rina = visit(cast.rina, java_script_enabled=scripts)
    page = rina.open("/")
    rina.click(page.get_by_role("link", name="Tulis").first)
    page.locator(".ProseMirror:focus" if scripts else "textarea:focus").wait_for()
    page.keyboard.type("Target sudah dianalisis.")
    rina.choose_file(page.locator("input[type=file]").first, PROOF)
    rina.click(page.get_by_role("button", name="Simpan dan kirim"))
    page.get_by_role("heading", name="Periksa sebelum dikirim").wait_for()
    rina.click(page.get_by_role("button", name="Kirim untuk direviu"))
    page.wait_for_url(f"**/renaksi/{following.pk}/tindak-lanjut/")
    assert (rina.clicks, rina.complaints) == (budgets.SEND.count, [])
    assert written(bare)[2] == "submitted"


def test_keys_save_and_close_the_row(visit, cast, bare):
    page = visit(cast.rina).open("/")
    page.get_by_role("link", name="Tulis").click()
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type("Sudah.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Tindak lanjut disimpan.").wait_for()
    page.get_by_role("link", name="Tulis").click()
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector(".ProseMirror", state="detached")
    assert written(bare)[0] == "<p>Sudah.</p>"


def test_what_is_wrong_is_told_in_the_row_and_nothing_is_lost(visit, cast, bare):
    rina = visit(cast.rina)
    page = rina.open("/")
    page.get_by_role("link", name="Tulis").click()
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type("Sudah.")
    page.locator("input[type=file]").set_input_files(PROOF)
    page.get_by_text("Nomor, tanggal").click()
    page.get_by_label("Tanggal dokumen").fill("12/31/2026")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.locator(".error-summary").wait_for()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.locator(".ProseMirror").first.inner_text() == "Sudah."
    page.get_by_label("Tanggal dokumen").fill("31/12/2026")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Lengkap, siap dikirim.").wait_for()
    assert written(bare) == ("<p>Sudah.</p>", ["laporan"], "in_progress")


def test_a_row_is_closed_again(visit, cast, bare):
    page = visit(cast.rina).open("/")
    page.get_by_role("link", name="Tulis").click()
    page.wait_for_selector(".ProseMirror:focus")
    page.get_by_role("link", name="Tutup").click()
    page.wait_for_selector(".ProseMirror", state="detached")
    expect(page.locator(":focus")).to_contain_text("Tulis")


def test_words_in_italics_stay_so(visit, cast, bare):
    rina = visit(cast.rina)
    page = rina.open(f"/renaksi/{bare.pk}/tindak-lanjut/")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type("Diberi ")
    page.get_by_role("button", name="Miring").first.click()
    page.wait_for_selector(
        ".editor-buttons button[aria-pressed=true]"
    )  # what shapes text is loaded at the first touch
    page.keyboard.type("reward")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.wait_for_url(f"**/renaksi/{bare.pk}/")
    assert rina.complaints == []
    assert Renaksi.objects.get().follow_up == "<p>Diberi <em>reward</em></p>"
