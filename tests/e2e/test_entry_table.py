"""An LHE entered like a table in a browser: lines are added, moved and removed with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Recommendation, Renaksi

pytestmark = pytest.mark.django_db(transaction=True)


def texts(page):
    return [field.input_value() for field in page.locator("tr.line textarea").all()]


def add(page, words):
    """Adds a line below the last one and types into it; it has the focus."""
    page.locator("tr.line").last.get_by_role("button", name=words[0]).press("Enter")
    page.keyboard.type(words[1])


def test_typed_moved_and_saved_with_the_keyboard(visit, cast, evaluation):
    visitor = visit(cast.kadir)
    page = visitor.open(f"/evaluasi/{evaluation.pk}/isian/")
    page.locator("tr.line textarea").fill("Menyusun pohon kinerja")
    add(page, ("+ butir", "Cascading"))
    add(page, ("+ butir", "Target"))
    add(page, ("+ rencana aksi", "Rapat"))
    page.keyboard.press("Tab")
    page.keyboard.type("Biro Umum")
    line = page.locator("tr.line").last
    line.locator("[name=number]").fill("a")

    second = page.locator("tr.line").nth(2)
    second.get_by_role("button", name="Pindahkan ke atas").press("Enter")
    moved = page.locator("tr.line").nth(1)
    expect(moved.get_by_role("button", name="Pindahkan ke atas")).to_be_focused()
    assert texts(page) == ["Menyusun pohon kinerja", "Target", "Cascading", "Rapat"]
    expect(line.locator("[name=number]")).to_have_value("b")  # it goes on naming the same point

    page.get_by_role("button", name="Simpan", exact=True).last.click()
    expect(page.get_by_text("Disimpan: 1 rekomendasi baru, 1 rencana aksi baru.")).to_be_visible()
    made = Recommendation.objects.get()
    assert Renaksi.objects.get().point == made.points.get(position=2)
    assert not visitor.complaints


def test_a_pasted_table_is_mended_and_saved(visit, cast, evaluation, recommendation):
    visitor = visit(cast.kadir)
    page = visitor.open(f"/evaluasi/{evaluation.pk}/isian/tempel/")
    page.locator("textarea[name=teks]").fill("No\tRencana aksi\tUnit\n1\tRapat\tBiro Organsasi")
    page.get_by_role("button", name="Lihat hasilnya").click()
    expect(page.get_by_text("Mungkin maksudnya “Biro Organisasi”.").first).to_be_visible()
    assert not Renaksi.objects.exists()
    page.locator("tr.line").last.locator("[name=units]").fill("Biro Organisasi")
    page.get_by_role("button", name="Simpan dan tambah lagi").click()
    expect(page.locator("tr.line").last.locator("textarea")).to_be_focused()
    assert Renaksi.objects.get().recommendation == recommendation
    assert not visitor.complaints


def test_nothing_typed_is_lost_when_the_line_drops(visit, cast, evaluation):
    visitor = visit(cast.kadir)
    page = visitor.open(f"/evaluasi/{evaluation.pk}/isian/")
    page.locator("tr.line textarea").fill("Menyusun pohon kinerja")
    save = page.get_by_role("button", name="Simpan", exact=True).last
    visitor.context.set_offline(True)
    save.click()
    expect(page.get_by_text("tidak ada sambungan")).to_be_visible()
    assert texts(page) == ["Menyusun pohon kinerja"]
    assert not Recommendation.objects.exists()
    visitor.context.set_offline(False)
    save.click()
    expect(page.get_by_text("Disimpan: 1 rekomendasi baru.")).to_be_visible()


def test_save_and_add_and_a_double_press_write_once(visit, cast, evaluation):
    page = visit(cast.kadir).open(f"/evaluasi/{evaluation.pk}/isian/")
    page.locator("tr.line textarea").fill("Menyusun pohon kinerja")
    page.get_by_role("button", name="Simpan dan tambah lagi").dblclick()
    expect(page.get_by_text("Disimpan: 1 rekomendasi baru.")).to_be_visible()
    assert "baru=1" in page.url
    assert Recommendation.objects.count() == 1
