"""The desk of a Telaah Staf: written in place, moved by keys, and no word lost; also without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.models import TelaahStafBlock
from tests import factories


@pytest.fixture
def telaah_staf(evaluation):
    """I. Persoalan: Satu, Dua."""
    telaah_staf = factories.make_telaah_staf(evaluation)
    section = telaah_staf.sections.get()
    section.blocks.all().delete()
    for position, text in enumerate(("Satu", "Dua"), 1):
        section.blocks.create(position=position, text=f"<p>{text}</p>")
    return telaah_staf


def place(text):
    return f"isi-{TelaahStafBlock.objects.get(text=f'<p>{text}</p>').pk}"


def order(page):
    return [part.get_attribute("id") for part in page.locator(".letter-part[id^=isi-]").all()]


def test_what_is_typed_outlives_a_move_by_keys(telaah_staf, visit, cast):
    kadir = visit(cast.kadir)
    page = kadir.open(telaah_staf.get_absolute_url())
    first, second = place("Satu"), place("Dua")
    page.locator(f"#ubah-{first}").click()
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.press("Control+End")
    page.keyboard.type(" lebih")
    page.locator(f"#ubah-{second}").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator(f".letter-part[id^=isi-] >> nth=0 >> css=#naik-{second}").wait_for()
    assert order(page) == [second, first]
    expect(page.locator(f"#naik-{second}")).to_be_focused()
    page.locator(f"#{first} .ProseMirror", has_text="Satu lebih").wait_for()
    page.locator(f"#simpan-{first}").click()
    page.locator(f"#{first}", has_text="Tersimpan ").wait_for()
    assert TelaahStafBlock.objects.filter(text="<p>Satu lebih</p>").exists()
    expect(page.locator(f"#ubah-{first}")).to_be_focused()
    assert kadir.complaints == []


def test_what_was_removed_is_put_back_at_once(telaah_staf, visit, cast):
    page = visit(cast.kadir).open(telaah_staf.get_absolute_url())
    first, second = place("Satu"), place("Dua")
    page.locator(f"#{first} summary").click()
    page.get_by_role("button", name="Hapus isi I.1").click()
    page.locator(".desk-removed", has_text="“Satu” dihapus").wait_for()
    assert order(page) == [second]
    page.locator(".desk-removed button:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-removed", state="detached")
    assert order(page) == [place("Satu"), second]


def test_the_desk_works_without_scripts(telaah_staf, visit, cast):
    kadir = visit(cast.kadir, java_script_enabled=False)
    page = kadir.open(telaah_staf.get_absolute_url())
    first, second = place("Satu"), place("Dua")
    page.locator(f"#ubah-{first}").click()
    page.locator(f"#{first} textarea").fill("<p>Satu lebih</p>")
    page.locator(f"#simpan-{first}").click()
    page.wait_for_url(f"**{telaah_staf.get_absolute_url()}#{first}")
    page.locator(f"#turun-{first}").click()
    page.locator(f".letter-part[id^=isi-] >> nth=0 >> css=#turun-{second}").wait_for()
    assert order(page) == [second, first]
    assert page.locator(f"#{first}", has_text="Satu lebih").is_visible()


def test_enter_in_a_field_checks_and_does_not_issue(telaah_staf, visit, cast):
    page = visit(cast.kadir).open(reverse("reports:telaah-staf-issue", args=[telaah_staf.pk]))
    page.locator("[name=number]").fill("7/2026")
    page.locator("[name=date]").fill("1 Juni 2026")
    page.locator("[name=date]").press("Enter")
    page.get_by_text("Nomor, tanggal, dan penanda tangan disimpan.").wait_for()
    telaah_staf.refresh_from_db()
    assert (telaah_staf.is_draft, telaah_staf.number) == (True, "7/2026")


def test_a_slow_check_does_not_empty_the_field_that_is_typed(telaah_staf, visit, cast):
    page = visit(cast.kadir).open(reverse("reports:telaah-staf-issue", args=[telaah_staf.pk]))
    held = []
    page.route("**/terbitkan/?number=*", lambda route: held.append(route))
    page.locator("[name=number]").fill("7/2026")
    with page.expect_request("**/terbitkan/?number=*"):
        page.locator("[name=date]").focus()
    page.keyboard.type("1 Jun")
    with page.expect_response("**/terbitkan/?number=*"):
        held.pop().continue_()
    page.locator("#periksa", has_text="Nomor ✓ sudah").wait_for()
    page.keyboard.type("i 2026")
    assert page.locator("[name=date]").input_value() == "1 Juni 2026"
