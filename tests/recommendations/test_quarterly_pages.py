"""The quarterly report: written by the units or the coordinator, until it is closed."""

import pytest
from django.urls import reverse

from recommendations.models import QuarterlyReport, Renaksi
from sakip.history.entries import HistoryEntry


def url_of(renaksi, year=2026, quarter=1):
    return reverse("recommendations:quarterly-report-edit", args=[renaksi.pk, year, quarter])


def send(client, renaksi, progress="40", **data):
    return client.post(url_of(renaksi), {"progress": progress, **data})


def test_a_report_is_written_and_changed(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    assert client.get(url_of(renaksi)).status_code == 200
    assert send(client, renaksi, problems="Data terlambat").status_code == 302
    assert send(client, renaksi, progress="60", problems="Data terlambat").status_code == 302
    report = QuarterlyReport.objects.get()
    assert (report.year, report.quarter, report.progress) == (2026, 1, 60)
    assert Renaksi.objects.get().status == "in_progress"
    last, first = HistoryEntry.objects.all()
    assert last.in_words == [["Triwulan I 2026 · Kemajuan (%)", "40", "60"]]
    assert first.in_words[0] == ["Status", "Belum", "Dalam proses"]


@pytest.mark.parametrize("progress", ["", "-1", "101", "40,5", "banyak"])
def test_progress_is_a_whole_number_up_to_100(signed_in, cast, renaksi, progress):
    response = send(signed_in(cast.rina), renaksi, progress=progress, problems="Tetap ada")
    assert response.status_code == 200
    assert "Tetap ada" in response.content.decode()
    assert not QuarterlyReport.objects.exists()


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("kadir", "open", 302),
        ("umar", "open", 404),
        ("sari", "open", 404),
        ("dewi", "open", 403),
        ("laila", "open", 403),
        ("rina", "submitted", 409),
        ("rina", "done", 409),
    ],
)
def test_who_may_write_and_when(signed_in, cast, renaksi, who, status, code):
    Renaksi.objects.update(status=status)
    assert send(signed_in(getattr(cast, who)), renaksi).status_code == code
    assert QuarterlyReport.objects.exists() is (code == 302)


def test_a_supporting_unit_may_write(signed_in, cast, renaksi, units):
    renaksi.supporting_units.add(units.umum)
    assert send(signed_in(cast.umar), renaksi).status_code == 302
