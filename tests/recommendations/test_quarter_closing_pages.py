"""The coordinator closes a quarter of a body; its reports are then read-only, and all of it is on record."""

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import QuarterClosing, QuarterlyReport
from recommendations.services.quarter_closing import close_quarter
from sakip.history.entries import HistoryEntry
from sakip.models import User
from tests import factories

LIST = reverse("recommendations:quarter-list")


def change(client, word, unit, year=2026, quarter=1, method="post"):
    url = reverse(f"recommendations:quarter-{word}", args=[unit.pk, year, quarter])
    return getattr(client, method)(url)


@pytest.fixture
def report(renaksi):
    return QuarterlyReport.objects.create(renaksi=renaksi, year=2026, quarter=1, progress=10)


def write(client, renaksi, quarter=1):
    url = reverse("recommendations:quarterly-report-edit", args=[renaksi.pk, 2026, quarter])
    return client.get(url), client.post(url, {"progress": "90"})


def test_closing_makes_the_reports_read_only_and_is_on_record(
    signed_in, cast, units, renaksi, report
):
    response = change(signed_in(cast.kadir), "close", units.setda)
    assert response.url == f"{LIST}?tahun=2026"
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.target, entry.actor) == ("close_quarter", units.setda, cast.kadir)
    assert entry.in_words == [["Triwulan I 2026", "Terbuka", "Ditutup"]]
    for response in write(signed_in(cast.rina), renaksi):
        assert response.status_code == 409
        assert "Laporan Triwulan I 2026 sudah ditutup oleh koordinator" in response.text
    report.refresh_from_db()
    assert report.progress == 10


def test_a_report_not_begun_is_closed_too_and_other_quarters_stay_open(
    signed_in, cast, units, renaksi
):
    change(signed_in(cast.kadir), "close", units.setda)
    client = signed_in(cast.rina)
    assert [answer.status_code for answer in write(client, renaksi)] == [409, 409]
    assert [answer.status_code for answer in write(client, renaksi, quarter=2)] == [200, 302]


def test_the_page_of_the_item_says_so_and_offers_no_form(signed_in, cast, units, renaksi, report):
    change(signed_in(cast.kadir), "close", units.setda)
    text = signed_in(cast.rina).get(renaksi.get_absolute_url()).text
    assert "Ditutup oleh koordinator" in text
    assert reverse("recommendations:quarterly-report-edit", args=[renaksi.pk, 2026, 1]) not in text


def test_opened_again_it_can_be_written(signed_in, cast, units, renaksi, report):
    client = signed_in(cast.kadir)
    change(client, "close", units.setda)
    change(client, "reopen", units.setda)
    assert not QuarterClosing.objects.exists()
    assert HistoryEntry.objects.first().in_words == [["Triwulan I 2026", "Ditutup", "Terbuka"]]
    assert write(signed_in(cast.rina), renaksi)[1].status_code == 302


def test_closing_twice_and_opening_what_is_open_are_refused(signed_in, cast, units, evaluation):
    client = signed_in(cast.kadir)
    refused = change(client, "reopen", units.setda)
    assert refused.status_code == 409
    assert "Triwulan I 2026 tidak sedang ditutup" in refused.text
    change(client, "close", units.setda)
    assert change(client, "close", units.setda).status_code == 409
    assert HistoryEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "code"), [("rina", 403), ("dewi", 403), ("laila", 403), ("sari", 404)]
)
@pytest.mark.parametrize("word", ["close", "reopen"])
def test_nobody_else_closes_or_opens(signed_in, cast, units, evaluation, who, code, word):
    if word == "reopen":
        QuarterClosing.objects.create(
            unit=units.setda, year=2026, quarter=1, closed_by=cast.kadir, closed_at="2026-04-01T00Z"
        )
    before = QuarterClosing.objects.count()
    client = signed_in(getattr(cast, who))
    assert change(client, word, units.setda).status_code == code
    assert change(client, word, units.setda, method="get").status_code == 405
    assert QuarterClosing.objects.count() == before


def test_the_list_shows_each_body_with_who_closed_what(signed_in, cast, units, renaksi, report):
    client = signed_in(cast.kadir)
    change(client, "close", units.setda)
    text = client.get(LIST, {"tahun": "2026"}).text
    assert "Sekretariat Daerah" in text
    assert "1 laporan" in text
    assert "ditutup Kadir" in text
    assert "Dinas Pariwisata" not in text
    for year in ("2025", "banyak", "9999", ""):
        assert client.get(LIST, {"tahun": year}).status_code == 200


def test_the_list_takes_as_many_queries_for_many_bodies(signed_in, cast, units, queries_of):
    province = factories.make_user("pusat", "coordinator", units.province)
    signed_in(province)
    factories.make_evaluation(units.setda)
    first = queries_of(LIST)
    bodies = [factories.make_unit(parent=units.province, kind="body") for _ in range(20)]
    province = User.objects.get(pk=province.pk)  # whose reach was read before they were there
    for body in bodies:
        factories.make_evaluation(body)
        close_quarter(unit=body, year=2026, quarter=1, actor=province, at=timezone.now())
    assert queries_of(LIST + "?tahun=2026") == first
