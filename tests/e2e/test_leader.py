"""The leader's first page: one look on a screen, one sheet on paper, and no click to see who is late (T4)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests import factories
from tests.e2e import budgets
from tests.kept_figures import keep

pytestmark = pytest.mark.django_db(transaction=True)

SCREEN = {"width": 1280, "height": 800}


@pytest.fixture
def ten_units(units, recommendation):
    """All late, with names of ordinary length; more than five items."""
    today = timezone.localdate()
    for number in range(10):
        unit = factories.make_unit(f"Biro Administrasi Urusan {number:02}", parent=units.setda)
        for days in range(1, 3):
            factories.make_renaksi(
                recommendation,
                unit,
                plan=f"<p>Menyusun rencana perbaikan {number}</p>",
                due_date=today - timedelta(days=days + number),
            )
    keep(today)


def test_who_is_late_is_seen_without_a_click_and_printed_on_one_sheet(visit, cast, ten_units):
    laila = visit(cast.laila, viewport=SCREEN)
    page = laila.open("/")
    look = page.locator(".look").bounding_box()
    assert look["y"] + look["height"] <= SCREEN["height"]
    text = page.locator(".look").inner_text()
    assert all(f"Biro Administrasi Urusan {number:02}" in text for number in range(10))
    assert laila.clicks == budgets.LATE.count
    assert len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 1


def test_without_scripts_it_is_all_there_too(visit, cast, ten_units):
    page = visit(cast.laila, viewport=SCREEN, java_script_enabled=False).open("/")
    text = page.locator(".look").inner_text()
    assert all(f"Biro Administrasi Urusan {number:02}" in text for number in range(10))


def test_a_telephone_shows_one_column_without_scrolling_sideways(visit, cast, ten_units):
    page = visit(cast.laila, viewport={"width": 320, "height": 700}).open("/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    units, late = (page.locator(".look-column").nth(place).bounding_box() for place in (0, 1))
    assert late["y"] >= units["y"] + units["height"]
