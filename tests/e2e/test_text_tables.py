"""Tables in the editor: pasted, made and changed with mouse and keys, saved, shown and printed."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Note
from tests.e2e.test_word_paste import COPIED, HEAD, PASTE, open_editor

HEADS = '<table><thead><tr><th scope="col"><p>{}</p></th><th scope="col"><p>{}</p></th></tr></thead><tbody>'


@pytest.fixture
def kadir(visit, cast, renaksi):
    """Kadir before an empty note."""
    kadir = visit(cast.kadir)
    kadir.open(f"/rekomendasi/{renaksi.recommendation_id}/catatan/")
    return kadir


def save(page):
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/rekomendasi/*/")
    return Note.objects.get().text


def insert(page, columns, rows):
    page.get_by_role("button", name="Tabel", exact=True).click()
    page.get_by_label("Kolom").fill(str(columns))
    page.get_by_label("Baris").fill(str(rows))
    page.get_by_label("Baris").press("Enter")
    expect(page.locator(".ProseMirror table")).to_be_visible()
    expect(page.locator(".ProseMirror")).to_be_focused()


def test_a_pasted_table_is_one_in_the_editor_and_on_the_page(kadir):
    page = kadir.page
    open_editor(page)
    page.evaluate(PASTE, [HEAD.format(COPIED["heads and merged cells"][0]), "A B"])
    expect(page.locator(".ProseMirror th[colspan='2']")).to_have_text("B")
    assert save(page) == (
        '<table><thead><tr><th scope="col"><p>A</p></th><th colspan="2" scope="col"><p>B</p></th></tr></thead>'
        '<tbody><tr><td rowspan="2"><p>1</p></td><td><p>2</p></td><td><p>3</p></td></tr><tr><td colspan="2"><p>4</p></td></tr></tbody></table>'
    )
    frame = page.get_by_role("group", name="Tabel: A, B")
    frame.focus()
    expect(frame).to_be_focused()
    page.go_back()
    expect(page.locator(".ProseMirror td[rowspan='2']")).to_have_text(
        "1"
    )  # before the editor is loaded
    open_editor(page)
    expect(page.locator(".ProseMirror td[rowspan='2']")).to_have_text("1")
    assert kadir.complaints == []


def test_a_table_is_made_with_keys_alone_and_left_again(kadir):
    page, press = kadir.page, kadir.page.keyboard.press
    open_editor(page)
    insert(page, columns=2, rows=2)
    for words in ("Uraian", "Volume", "Rapat"):
        page.keyboard.type(words)
        press("Tab")
    page.keyboard.type("4 kali")
    press("Shift+Tab")
    page.keyboard.type("Rapat monev")
    press("Tab")
    press("Tab")
    page.keyboard.type("Selesai.")
    assert save(page) == (
        f"{HEADS.format('Uraian', 'Volume')}<tr><td><p>Rapat monev</p></td><td><p>4 kali</p></td></tr></tbody></table><p>Selesai.</p>"
    )
    assert kadir.complaints == []


def test_rows_columns_and_heads(kadir):
    page = kadir.page
    open_editor(page)
    insert(page, columns=2, rows=2)
    tools = page.get_by_role("group", name="Tabel", exact=True)
    page.keyboard.type("a")
    page.keyboard.press("Alt+F10")
    expect(tools.get_by_role("button", name="Tambah baris")).to_be_focused()
    page.keyboard.press("Enter")
    cells = page.locator(".ProseMirror :is(th, td)")
    expect(cells).to_have_count(6)
    tools.get_by_role("button", name="Tambah kolom").click()
    expect(cells).to_have_count(9)
    tools.get_by_role("button", name="Baris judul").click()
    expect(page.locator(".ProseMirror th")).to_have_count(0)
    tools.get_by_role("button", name="Hapus kolom").click()
    tools.get_by_role("button", name="Hapus baris").click()
    expect(cells).to_have_count(4)
    tools.get_by_role("button", name="Hapus tabel").click()
    expect(page.locator(".ProseMirror table")).to_have_count(0)
    expect(tools).to_be_hidden()
    assert kadir.complaints == []


def test_no_more_columns_than_are_kept(kadir):
    page = kadir.page
    open_editor(page)
    insert(page, columns=12, rows=1)
    tools = page.get_by_role("group", name="Tabel", exact=True)
    expect(tools.get_by_role("button", name="Tambah kolom")).to_be_disabled()
    expect(tools.get_by_role("button", name="Hapus baris")).to_be_disabled()


def test_on_a_phone_nothing_but_the_table_scrolls(visit, cast, renaksi):
    wide = "".join(f"<td><p>Kolom {number}</p></td>" for number in range(8))
    Note.objects.create(
        recommendation=renaksi.recommendation, text=f"<table><tbody><tr>{wide}</tr></tbody></table>"
    )
    kadir = visit(cast.kadir, viewport={"width": 360, "height": 740})
    overflows = "document.documentElement.scrollWidth > innerWidth"
    page = kadir.open(f"/rekomendasi/{renaksi.recommendation_id}/")
    assert not page.evaluate(overflows)
    frame = page.get_by_role("group", name="Tabel: Kolom 0")
    frame.focus()
    page.keyboard.press("ArrowRight")
    assert frame.evaluate("it => it.scrollWidth > it.clientWidth")
    page = kadir.open(f"/rekomendasi/{renaksi.recommendation_id}/catatan/")
    open_editor(page)
    page.locator(".ProseMirror td").first.click()
    assert not page.evaluate(overflows)
