"""No character is lost: a closed tab, an ended session, two writers, a server out of reach."""

from datetime import UTC, datetime
from threading import Event

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.models import Draft, QuarterlyReport, Renaksi
from recommendations.services import drafts as services
from recommendations.services.renaksi import write_follow_up
from recommendations.views import comments
from sakip.models import UnsavedText
from sakip.services import unsaved

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WORDS = "Belum selesai ditulis"


@pytest.fixture
def rina(visit, cast, renaksi):
    """Rina before the page of her follow-up; the page's clock can be turned forward."""
    rina = visit(cast.rina)
    rina.page.clock.install()
    rina.open(f"/renaksi/{renaksi.pk}/tindak-lanjut/")
    return rina


def type_words(page, words=WORDS):
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def later(page, words, seconds=5):
    """Turns the clock forward until the page says `words`."""
    page.clock.fast_forward(seconds * 1000)
    page.locator("[data-draft-status]", has_text=words).wait_for()


def shown(page):
    page.wait_for_selector(".ProseMirror")
    return page.locator(".ProseMirror").first.inner_text()


def test_a_closed_tab_leaves_a_draft(rina, renaksi):
    type_words(rina.page)
    later(rina.page, "Draf tersimpan")
    rina.page.close()
    rina.page = rina.new_tab()
    page = rina.open(f"/renaksi/{renaksi.pk}/tindak-lanjut/")
    assert shown(page) == WORDS
    assert "kami kembalikan" in page.locator(".draft-notice").inner_text()
    page.get_by_role("button", name="Hapus tulisan ini").click()
    page.wait_for_selector(".draft-notice", state="detached")
    assert shown(page) == "Target telah dianalisis."
    assert (Draft.objects.count(), rina.complaints) == (0, [])


def test_the_last_keys_before_closing_are_kept_too(rina, renaksi, monkeypatch):
    kept, keep_draft = Event(), services.keep_draft

    def keep(**fields):
        draft = keep_draft(**fields)
        kept.set()
        return draft

    monkeypatch.setattr(services, "keep_draft", keep)
    type_words(rina.page)
    rina.page.goto("about:blank")
    assert kept.wait(30)
    assert Draft.objects.get().content["follow_up"]["follow_up"] == f"<p>{WORDS}</p>"


def test_an_ended_session_keeps_the_words_here_until_signed_in_again(rina, cast, client, renaksi):
    rina.sign_out()
    type_words(rina.page)
    later(rina.page, "Sesi berakhir. Masuk lagi di tab lain, tulisan Anda tetap di sini.")
    assert rina.page.get_by_role("link", name="Masuk di tab baru").is_visible()
    rina.page.get_by_role("button", name="Simpan", exact=True).click()
    assert shown(rina.page) == WORDS
    tab = rina.new_tab()
    tab.goto("/akun/masuk/")
    tab.get_by_label("Nama pengguna").fill("rina")
    tab.locator("input[name=password]").fill("rahasia-sekali-1")
    tab.locator("main form button[type=submit]").click()
    tab.get_by_role("heading", level=1, name="Pekerjaan").wait_for()
    later(rina.page, "Draf tersimpan")
    rina.page.get_by_role("button", name="Simpan", exact=True).click()
    rina.page.wait_for_url(f"**/renaksi/{renaksi.pk}/")
    assert Renaksi.objects.get().follow_up == f"<p>{WORDS}</p>"
    assert not Draft.objects.exists()


def test_a_draft_waits_for_whoever_signs_in_again_later(rina, cast, client, renaksi):
    type_words(rina.page)
    later(rina.page, "Draf tersimpan")
    rina.sign_out()
    rina.page.close()
    rina.page = rina.new_tab()
    rina.open("/")
    assert "/akun/masuk/" in rina.page.url
    rina.sign_in(client, cast.rina)
    page = rina.open("/")
    assert page.locator(f"#pekerjaan-{renaksi.pk}").get_by_text("Draf", exact=True).is_visible()
    page.get_by_role("link", name="Tulis").click()
    assert shown(page) == WORDS


def test_a_server_out_of_reach_is_asked_again(rina):
    rina.context.route("**/draf/", lambda route: route.abort())
    type_words(rina.page)
    later(rina.page, "tidak ada sambungan")
    rina.context.unroute("**/draf/")
    later(rina.page, "Draf tersimpan")
    assert Draft.objects.get().content["follow_up"]["follow_up"] == f"<p>{WORDS}</p>"


def test_a_server_error_on_saving_leaves_every_word(rina, renaksi):
    def fail(route):
        route.fulfill(status=500) if route.request.method == "POST" else route.continue_()

    rina.context.route("**/tindak-lanjut/", fail)
    type_words(rina.page)
    rina.page.get_by_role("button", name="Simpan", exact=True).click()
    rina.page.get_by_text("Belum disimpan: server").wait_for()
    assert shown(rina.page) == WORDS


def test_two_writers_see_both_texts(rina, cast, renaksi):
    type_words(rina.page)
    later(rina.page, "Draf tersimpan")  # nothing is on its way to the server while Kadir writes
    write_follow_up(renaksi=renaksi, actor=cast.kadir, at=NOON, version=0, follow_up="<p>Kadir</p>")
    rina.page.get_by_role("button", name="Simpan", exact=True).click()
    rina.page.get_by_text("Bandingkan keduanya").wait_for()
    assert rina.page.get_by_text("Kadir", exact=True).is_visible()
    assert shown(rina.page) == WORDS
    rina.page.get_by_role("button", name="Simpan", exact=True).click()
    rina.page.wait_for_url(f"**/renaksi/{renaksi.pk}/")
    assert Renaksi.objects.get().follow_up == f"<p>{WORDS}</p>"


# ── Any form that leads to another page ─────────────────────────────────────────────────────────
@pytest.fixture
def report(visit, cast, renaksi):
    """Rina before a quarterly report; `problems` is the field in which she writes."""
    rina = visit(cast.rina)
    rina.page.clock.install()
    rina.address = f"/renaksi/{renaksi.pk}/triwulan/2026/1/"
    rina.open(rina.address).locator("[name=progress]").fill("40")
    return rina


def problems(person):
    return person.page.locator("[name=problems]")


def test_a_closed_tab_leaves_the_words_of_any_form(report):
    problems(report).fill(WORDS)
    later(report.page, "Draf tersimpan")
    report.page.close()
    report.page = report.new_tab()
    report.open(report.address)
    assert problems(report).input_value() == WORDS
    report.page.get_by_text("kami kembalikan").wait_for()
    report.page.get_by_role("button", name="Hapus tulisan ini").click()
    report.page.get_by_text("kami kembalikan").wait_for(state="detached")
    assert problems(report).input_value() == ""
    assert (UnsavedText.objects.count(), report.complaints) == (0, [])


def test_the_last_keys_of_any_form_are_kept_when_the_page_goes(report, monkeypatch):
    kept, keep_form = Event(), unsaved.keep_form

    def keep(**fields):
        keep_form(**fields)
        kept.set()

    monkeypatch.setattr(unsaved, "keep_form", keep)
    problems(report).fill(WORDS)
    report.page.goto("about:blank")
    assert kept.wait(30)
    assert WORDS in str(UnsavedText.objects.get().content)


def test_without_a_connection_the_page_stays_with_every_word(report):
    problems(report).fill(WORDS)
    report.context.set_offline(True)
    report.page.get_by_role("button", name="Simpan").click()
    report.page.get_by_text("Belum tersimpan: tidak ada sambungan. Tulisan tetap ada").wait_for()
    assert problems(report).input_value() == WORDS
    report.context.set_offline(False)
    later(report.page, "Draf tersimpan")
    report.page.get_by_role("button", name="Simpan").click()
    report.page.wait_for_url("**/renaksi/*/")
    assert QuarterlyReport.objects.get().problems == WORDS
    assert not UnsavedText.objects.exists()


def test_saving_without_a_line_says_so(rina):
    type_words(rina.page)
    rina.context.set_offline(True)
    rina.page.get_by_role("button", name="Simpan", exact=True).click()
    rina.page.get_by_text("Belum disimpan: tidak ada sambungan ke server.").wait_for()
    rina.context.set_offline(False)
    assert shown(rina.page) == WORDS


def test_an_ended_session_does_not_take_the_page_away(report):
    report.sign_out()
    problems(report).fill(WORDS)
    report.page.get_by_role("button", name="Simpan").click()
    report.page.get_by_text("Sesi berakhir. Masuk lagi di tab lain").wait_for()
    assert problems(report).input_value() == WORDS


# ── Requests of a part of a page ────────────────────────────────────────────────────────────────
def test_a_part_that_did_not_come_says_so_and_is_asked_again(visit, cast, renaksi):
    rina = visit(cast.rina)
    page = rina.open(f"/renaksi/{renaksi.pk}/")
    rina.context.set_offline(True)
    page.get_by_role("link", name="Siapa yang dapat disebut?").click()
    note = page.get_by_role("alert").filter(has_text="Belum dimuat. Tidak ada sambungan ke server.")
    note.wait_for()
    rina.context.set_offline(False)
    note.get_by_role("button", name="Coba lagi").click()
    page.locator("#dapat-disebut li").first.wait_for()
    assert note.count() == 0


def test_a_refusal_is_told_in_the_words_of_the_server(visit, cast, renaksi, monkeypatch):
    def refuse(*_):
        raise PermissionDenied("Sedang dicetak.")

    monkeypatch.setattr(comments, "mentionable", refuse)
    page = visit(cast.rina).open(f"/renaksi/{renaksi.pk}/")
    page.get_by_role("link", name="Siapa yang dapat disebut?").click()
    page.get_by_role("alert").filter(has_text="Belum dimuat. Sedang dicetak.").wait_for()
