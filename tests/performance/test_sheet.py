"""The indicator sheet with its check list SMART-C."""

import pytest
from django.urls import reverse

from reports.definitions import build
from sakip.history.entries import HistoryEntry
from tests import factories


@pytest.fixture
def indicator(units):
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(
        objective, units.organisasi, formula="A / B", responsible="Kepala Bagian RB", period="year"
    )


def test_the_coordinator_judges_and_the_page_tells(cast, indicator, signed_in):
    client, address = signed_in(cast.kadir), reverse("performance:smart-edit", args=[indicator.pk])
    client.post(
        address, {"version": 0, "s": "ya", "m": "tidak", "m-remark": "Satuannya belum jelas"}
    )
    assert dict(indicator.smart_marks.values_list("criterion", "is_met")) == {"s": True, "m": False}
    client.post(address, {"version": 1, "m": "tidak", "m-remark": "Satuannya belum jelas"})
    assert list(indicator.smart_marks.values_list("criterion", flat=True)) == ["m"]
    assert "Satuannya belum jelas" in client.get(indicator.get_absolute_url()).content.decode()
    latest, first = HistoryEntry.objects.about(indicator)
    assert latest.in_words == [["SMART-C · Spesifik (specific)", "terpenuhi", "-"]]
    assert len(first.in_words) == 2


def test_a_remark_needs_a_judgement(cast, indicator, signed_in):
    address = reverse("performance:smart-edit", args=[indicator.pk])
    page = signed_in(cast.kadir).post(address, {"s-remark": "Tajam"})
    assert "Nilai dahulu" in page.context["form"].errors["s"][0]
    assert not indicator.smart_marks.exists()


def test_the_sheet_tells_what_is_known_and_what_is_not(cast, indicator):
    report = build("indicator-sheet", cast.laila, today=None)
    [table] = report.sections
    words = {label.value: said.value for label, said in table.body()}
    assert (words["Formula"], words["Sumber data"]) == ("A / B", None)
    assert words["Penanggung jawab data"] == "Kepala Bagian RB"
    assert words["SMART-C: Spesifik (specific)"] == "belum dinilai"
    assert not build("indicator-sheet", cast.sari, today=None).sections
