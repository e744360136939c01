"""The page of the components: on a developer's server only."""

from html.parser import HTMLParser

import pytest
from django.urls import NoReverseMatch, reverse

from recommendations.models import Renaksi
from sakip.templatetags.sakip import TONES

ADDRESS = "/komponen/"


def test_no_installation_has_it(signed_in, cast):
    with pytest.raises(NoReverseMatch):
        reverse("component-page")
    with pytest.raises(NoReverseMatch):
        reverse("reports:component-page")
    assert signed_in(cast.kadir).get(ADDRESS).status_code == 404


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.classes = set()

    def handle_starttag(self, tag, attrs):
        self.classes.update((dict(attrs).get("class") or "").split())


def test_it_shows_every_component_in_both_schemes(signed_in, cast, settings):
    settings.ROOT_URLCONF = "tests.reports.component_urls"
    page = signed_in(cast.kadir).get(ADDRESS).text
    found = Ids()
    found.feed(page)
    assert {f"tone-{tone}" for tone in TONES} <= found.classes
    for name in [
        "alert-success",
        "alert-info",
        "alert-warning",
        "alert-danger",
        "empty",
        "pagination",
        "file-choice",
        "report-table",
        "renaksi-table",
        "chart-drawing",
        "chart-strip",
        "is-invalid",
        "error-summary",
        "session-end",
    ]:
        assert name in found.classes, name
    for status in Renaksi.Status:
        assert page.count(f">{status.label}</span>") >= 2
    assert page.count("<h2>Terang</h2>") == page.count("<h2>Gelap</h2>") == 1
