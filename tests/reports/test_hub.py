"""The page “Laporan”: everything that can be printed, for the evaluation and year that were chosen."""

import re

import pytest
from django.urls import reverse

from reports.exports.catalogue import EXPORTS
from reports.selectors.report_hub import GROUPS
from tests import factories

HUB = reverse("reports:report-list")


def page(client, **choices):
    return client.get(HUB, choices).content.decode()


def test_every_product_has_its_place():
    placed = [name for _, names in GROUPS for name in names]
    assert set(EXPORTS) <= set(placed)
    assert len(placed) == len(set(placed))


def test_every_file_it_offers_is_there(renaksi, signed_in, cast):
    factories.make_bare_telaah_staf(renaksi.recommendation.evaluation)
    client = signed_in(cast.kadir)
    addresses = re.findall(r'href="(/laporan/[^"]+/unduh/[^"]+)"', page(client))
    assert len(addresses) == sum(len(export.formats) for export in EXPORTS.values())
    for address in addresses:
        response = client.get(address.replace("&amp;", "&"))
        assert response.status_code == 200, address
        assert response.getvalue()


def test_the_chosen_evaluation_is_the_one_printed(evaluation, signed_in, cast):
    newer = factories.make_evaluation(evaluation.unit, 2023, rubric=evaluation.rubric)
    client = signed_in(cast.kadir)
    assert f"evaluasi={newer.pk}" in page(client)
    chosen = page(client, evaluasi=evaluation.pk, tahun=2022)
    assert f"evaluasi={evaluation.pk}" in chosen
    assert f"evaluasi={newer.pk}" not in chosen


@pytest.mark.parametrize("nonsense", [{"evaluasi": "x"}, {"evaluasi": 999}, {"tahun": "dua"}])
def test_nonsense_breaks_nothing(nonsense, evaluation, signed_in, cast):
    assert signed_in(cast.kadir).get(HUB, nonsense).status_code == 200


def test_an_operator_finds_no_telaah_staf(renaksi, signed_in, cast):
    assert "Tabel tindak lanjut" in page(signed_in(cast.rina))
    assert "Surat kepada pimpinan" not in page(signed_in(cast.rina))


def test_another_body_is_not_offered(evaluation, signed_in, cast):
    text = page(signed_in(cast.sari))
    assert "Sekretariat Daerah" not in text
    assert "Belum ada LHE yang tercatat" in text


def test_more_evaluations_cost_no_more_queries(
    evaluation, signed_in, cast, django_assert_max_num_queries
):
    client = signed_in(cast.kadir)
    page(client)
    for year in range(2010, 2020):
        factories.make_evaluation(evaluation.unit, year, rubric=evaluation.rubric)
    with django_assert_max_num_queries(19):
        page(client)


# ── Each product opens on the latest of which it has something to print ─────────────────────────
@pytest.fixture
def years_apart(renaksi, units, evaluation):
    """Renaksi and scores of 2022, an empty LHE of 2024, a quarter of 2026, a figure of 2025."""
    factories.make_evaluation(units.setda, 2024, rubric=evaluation.rubric)
    renaksi.quarterly_reports.create(year=2026, quarter=1, progress=40, solutions="Rapat")
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2025: 1})


def periods(client, **choices):
    rows = [row for _, rows in client.get(HUB, choices).context["groups"] for row in rows]
    return {row.export.title: row.period or row.missing for row in rows}


def test_every_product_opens_on_its_own_latest(years_apart, signed_in, cast):
    client = signed_in(cast.kadir)
    found = periods(client)
    assert found["Ringkasan pimpinan"] == "Tahun kinerja 2022"
    assert found["Laporan triwulan"] == "Tahun 2026"
    assert found["Tabel indikator kinerja"] == "Tahun 2025"
    assert (
        found["Matriks tindak lanjut LHE"]
        == found["Perbandingan nilai"]
        == "LHE tahun kinerja 2022"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("leader-summary", "Tahun Kinerja 2022"),
        ("quarterly", "Rapat"),
        ("indicator-table", "2022 s.d. 2024 dengan Tahun 2025"),
        ("matrix", "Target telah dianalisis"),
        ("score-comparison", "73,90"),
    ],
)
def test_its_page_and_its_buttons_print_that_one(name, words, years_apart, signed_in, cast):
    """As linked on the page, and when nothing at all is chosen."""
    client = signed_in(cast.kadir)
    address = reverse("reports:report-preview", args=[name])
    linked = re.search(rf'href="({address}[^"]*)"', page(client)).group(1)
    for one in (linked, address):
        assert words in client.get(one).content.decode()


def test_a_year_without_data_is_said_and_not_printed(years_apart, signed_in, cast):
    client = signed_in(cast.kadir)
    assert periods(client, tahun=2025)["Laporan triwulan"] == "Belum ada data tahun 2025."
    assert periods(client, tahun=2025)["Tabel indikator kinerja"] == "Tahun 2025"


def test_several_bodies_have_no_single_year(years_apart, units, evaluation, signed_in, cast):
    factories.make_evaluation(units.dinas, 2023, rubric=evaluation.rubric, scores=["20"])
    found = periods(signed_in(cast.dewi))
    assert found["Ringkasan pimpinan"] == "LHE terakhir setiap perangkat daerah"
    assert found["Perbandingan nilai"] == "LHE tahun kinerja 2023, Dinas Pariwisata"


def test_what_is_issued_is_pinned_to_its_own_latest_year(years_apart, cast, issue):
    assert issue("1", name="leader-summary").spec["year"] == 2022
    assert issue("2", name="quarterly").spec["year"] == 2026
