"""The search of the header by keyboard, while one types, and without scripts."""

import pytest
from playwright.sync_api import expect

from recommendations.selectors import search
from tests import factories
from tests.e2e import budgets

OVERFLOWS = "() => document.documentElement.scrollWidth > innerWidth"
FOCUSED = "() => document.activeElement.id"


@pytest.fixture
def world(cast, units, evaluation):
    recommendation = factories.make_recommendation(evaluation, 2)
    rows = [
        factories.make_renaksi(recommendation, units.organisasi, plan=f"<p>{plan}</p>")
        for plan in ("Menyusun pedoman", "Menyusun peta jabatan")
    ]
    search.refresh([row.pk for row in rows])
    cast.row = rows[1]
    return cast


@pytest.mark.parametrize("width", [1280, 360])
def test_the_search_is_one_key_and_typing(visit, world, width):
    visitor = visit(world.kadir, viewport={"width": width, "height": 800})
    page = visitor.open("/renaksi/")
    page.locator("h1").click()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Cari di semua data")
    box.press_sequentially("peta jab")
    option = page.get_by_role("option", name="Renaksi 2.b")
    option.wait_for()
    expect(option.locator("mark")).to_have_text(["peta", "jab"])
    assert not page.evaluate(OVERFLOWS)
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    page.wait_for_url(f"**{world.row.get_absolute_url()}")
    assert visitor.complaints == []


def test_one_click_and_typing_find_it_too(visit, world):
    visitor = visit(world.kadir)
    page = visitor.open("/")
    visitor.click(page.locator("[data-search-open]"))
    page.keyboard.insert_text("2.b")  # at once: what was found for "2." would be exchanged again
    page.get_by_role("option", name="Renaksi 2.b").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{world.row.get_absolute_url()}")
    assert visitor.clicks == budgets.FIND.count


def test_escape_closes_it_and_gives_the_focus_back(visit, world):
    page = visit(world.kadir).open("/renaksi/")
    page.locator("#id_q").focus()
    page.keyboard.press("/")  # in a field it is a sign like others
    assert page.locator("#id_q").input_value() == "/"
    link = page.get_by_role("button", name="Cari", exact=True).first
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "cari-cepat-teks"
    page.keyboard.press("Escape")
    assert page.locator("#cari-cepat").is_hidden()
    assert page.evaluate("() => document.activeElement.dataset.searchOpen") == ""


def test_empty_it_shows_what_was_opened_last(visit, world):
    visitor = visit(world.kadir)
    visitor.open(world.row.get_absolute_url())
    page = visitor.open("/")
    visitor.click(page.locator("[data-search-open]"))
    page.get_by_role("group", name="Terakhir dibuka").get_by_role("option").wait_for()


def test_a_failure_is_told_where_one_types(visit, world):
    visitor = visit(world.kadir)
    page = visitor.open("/renaksi/")
    visitor.click(page.locator("[data-search-open]"))
    visitor.context.set_offline(True)
    page.locator("#cari-cepat-teks").press_sequentially("peta")
    page.get_by_text("Pencarian belum berhasil.").first.wait_for()
    assert page.locator(".failed-note").count() == 0  # it is told once


def test_without_scripts_it_is_a_page(visit, world):
    visitor = visit(world.kadir, java_script_enabled=False)
    page = visitor.open("/")
    visitor.click(page.get_by_role("link", name="Cari", exact=True))
    page.get_by_role("searchbox").fill("2.b")
    visitor.click(page.get_by_role("button", name="Cari", exact=True))
    assert visitor.clicks == 2
    page.get_by_role("link", name="Renaksi 2.b").click()
    page.wait_for_url(f"**{world.row.get_absolute_url()}")
