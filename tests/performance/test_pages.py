"""The pages as people read them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sakip.models import Unit
from tests import factories
from tests.performance.source import make_source

TABLE = reverse("performance:indicator-table")


@pytest.fixture
def source(units):
    return make_source(units.setda, units.organisasi)


@pytest.fixture
def indicator(source):
    return source[1].indicators.get(name="Kerja sama ditindaklanjuti")


def text_of(response):
    """The words of a page in reading order, tags taken away."""
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_the_table_reads_as_the_source_does(source, cast, signed_in):
    page = text_of(signed_in(cast.rina).get(TABLE))
    assert (
        "No. Indikator Kinerja Satuan Realisasi % Peningkatan/ Penurunan Tahun 2023 "
        "2020 2021 2022 2023 1 2 3 4 5 6 7 8=(7/6-1)*100 1. Skor EKPPD" in page
    )
    assert "2,77 3,51 3,51* 0,00 tidak bermakna: nilai tahun sebelumnya" in page
    assert "90,00 85,00 90,00 95,00 5,56 tercetak 5,55 ▲ naik 5,00 poin, membaik" in page
    assert "100,00 99,86 102,00 101,59 -0,40 ▼ turun 0,41 poin, memburuk" in page
    assert "88,48 (peringkat 4) 23,70" in page
    assert "Sumber: data Biro-biro tahun 2023 diolah *) Skor EKPPD tahun 2022 Sasaran 2" in page


def test_any_year_shows_itself_and_the_three_before(source, cast, signed_in):
    page = text_of(signed_in(cast.rina).get(TABLE, {"tahun": 2021}))
    assert "2018 2019 2020 2021 1 2 3" in page
    assert "90,00 85,00 -5,56 ▼ turun 5,00 poin, memburuk" in page


def test_a_year_without_data_is_a_table_of_dashes(source, cast, signed_in):
    page = text_of(signed_in(cast.rina).get(TABLE, {"tahun": 2040}))
    assert "2037 2038 2039 2040" in page
    assert "Persentase - - - - -" in page


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("abc", "Tulis tahun dengan empat angka, misalnya 2023."),
        ("1999", "Tahun paling awal adalah 2000."),
        ("2101", "Tahun paling akhir adalah 2100."),
    ],
)
def test_an_unreadable_year_is_explained_and_the_latest_shown(
    source, cast, signed_in, year, sentence
):
    page = text_of(signed_in(cast.rina).get(TABLE, {"tahun": year}))
    assert sentence in page
    assert "Indikator kinerja 2023" in page


def test_the_reports_are_one_click_away(source, cast, units, signed_in):
    page = signed_in(cast.laila).get(TABLE).content.decode()
    for url in ("unduh/pdf/", "unduh/xlsx/", "unduh/csv/", ""):
        assert f"/laporan/indicator-table/{url}?tahun=2023&amp;unit={units.setda.pk}" in page


def test_bodies_are_chosen_where_there_are_several(source, units, signed_in):
    factories.make_objective(units.dinas, name="Pariwisata maju")
    head = signed_in(factories.make_user("gubernur", "leader", units.province))
    assert "Pariwisata maju" in text_of(head.get(TABLE, {"unit": units.dinas.pk}))
    assert "Pariwisata maju" not in text_of(head.get(TABLE, {"unit": units.setda.pk}))


def test_another_body_cannot_be_chosen(source, cast, units, signed_in):
    client = signed_in(cast.sari)
    assert client.get(TABLE, {"unit": units.setda.pk}).status_code == 404
    assert client.get(TABLE, {"unit": "semua"}).status_code == 404


@pytest.mark.parametrize(
    ("person", "sentence"),
    [("kadir", "Belum ada sasaran."), ("rina", "Belum ada indikator kinerja untuk Anda.")],
)
def test_nothing_yet(cast, signed_in, person, sentence):
    assert sentence in text_of(signed_in(getattr(cast, person)).get(TABLE))


def test_an_objective_without_indicators_says_so(cast, units, signed_in):
    objective = factories.make_objective(units.setda, name="Tata kelola baik")
    client = signed_in(cast.laila)
    assert "Tidak ada indikator yang berlaku pada tahun ini." in text_of(client.get(TABLE))
    page = text_of(client.get(objective.get_absolute_url()))
    assert "Sasaran 1: Tata kelola baik" in page
    assert "Belum ada indikator pada sasaran ini." in page


def test_one_indicator_tells_everything(indicator, cast, signed_in):
    indicator.targets.create(year=2023, value=90, high=94)
    indicator.formula = "Ditindaklanjuti dibagi seluruhnya"
    indicator.save(update_fields=["formula"])
    page = text_of(signed_in(cast.dewi).get(indicator.get_absolute_url()))
    assert "2023 95,00 90,00 – 94,00 101,06 5,56 tercetak 5,55 ▲ naik 5,00 poin, membaik" in page
    assert "Ditindaklanjuti dibagi seluruhnya" in page
    assert "Unit pemilik Biro Organisasi Arah Makin tinggi makin baik" in page
    assert "Sumber data Belum ditulis" in page


@pytest.mark.parametrize(
    ("person", "is_offered"), [("rina", True), ("umar", False), ("dewi", False)]
)
def test_the_way_to_enter_a_figure_is_shown_to_its_owner(
    indicator, cast, signed_in, person, is_offered
):
    client = signed_in(getattr(cast, person))
    url = reverse("performance:realisation-edit", args=[indicator.pk, 2023])
    for page in (TABLE, indicator.get_absolute_url()):
        assert (url in client.get(page).content.decode()) is is_offered


def test_pages_cost_the_same_for_one_and_for_fifty_indicators(cast, units, signed_in):
    objective = factories.make_objective(units.setda)
    client = signed_in(cast.kadir)
    pages = (TABLE, objective.get_absolute_url())
    factories.make_indicator(objective, units.organisasi, values={2023: 1})
    one = [queries_of(client, page) for page in pages]
    for _ in range(49):
        factories.make_indicator(
            objective, factories.make_unit(parent=units.setda), values={2023: 1}
        )
    assert [queries_of(client, page) for page in pages] == one
    assert Unit.objects.count() > 49


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
