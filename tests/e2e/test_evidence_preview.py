"""Evidence is read beside the form; a PDF that runs something gets no chance to."""

import time
from datetime import UTC, datetime

import pytest

from recommendations.services.evidence import add_evidence
from sakip.uploads.check import check_upload
from tests import factories
from tests.corpus import pdfs

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
VIEWER = "chrome-extension://"


@pytest.fixture(scope="module")
def chromium(whole_chromium):
    """Only this one can show a PDF."""
    return whole_chromium


@pytest.fixture
def submitted(settings, tmp_path, recommendation, units, cast):
    settings.MEDIA_ROOT = tmp_path
    renaksi = factories.make_renaksi(recommendation, units.organisasi)
    upload = check_upload(pdfs.GOOD["scanned"].upload())
    add_evidence(
        renaksi=renaksi, actor=cast.rina, at=NOON, kind="file", title="Laporan", upload=upload
    )
    type(renaksi).objects.filter(pk=renaksi.pk).update(status="submitted")
    return renaksi


def seen(visitor, renaksi, seconds=1.5):
    """What the viewer of the browser shows within that time, and what a script said."""
    said, downloads = [], []
    page = visitor.page
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    visitor.open(f"/reviu/{renaksi.pk}/")
    page.locator("iframe").scroll_into_view_if_needed()
    end = time.monotonic() + seconds
    while not (shown := viewers(page)) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return shown, said, downloads


def viewers(page):
    return [frame.url for frame in page.frames if frame.url.startswith(VIEWER)]


def test_a_pdf_is_shown_in_the_page(visit, cast, submitted):
    shown, said, downloads = seen(visit(cast.dewi), submitted, seconds=30)
    assert (len(shown), said, downloads) == (1, [], [])


def test_a_script_of_a_pdf_does_not_run_on_our_address(visit, cast, submitted, tmp_path):
    """An earlier version of the program took it."""
    [file] = tmp_path.rglob("*.pdf")
    file.write_bytes(pdfs.BAD["a script on opening"].content)
    shown, said, _downloads = seen(visit(cast.dewi), submitted)
    assert (shown, said) == ([], [])


def test_a_phone_gets_the_pages_as_a_picture(visit, cast, submitted):
    dewi = visit(cast.dewi, viewport={"width": 360, "height": 740})
    page = dewi.open(f"/reviu/{submitted.pk}/")
    picture = page.locator(".proof-pages img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert not page.locator("iframe").is_visible()
    assert dewi.complaints == []
