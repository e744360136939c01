"""The page “Laporan”: everything that can be printed, for the evaluation and year that were chosen."""

import re

import pytest
from django.urls import reverse

from reports.hub import GROUPS
from reports.production import PRODUCTS
from tests import factories

HUB = reverse("reports:report-list")


def page(client, **choices):
    return client.get(HUB, choices).content.decode()


def test_every_product_has_its_place():
    placed = [name for _, names in GROUPS for name in names]
    assert set(PRODUCTS) <= set(placed)
    assert len(placed) == len(set(placed))


def test_every_file_it_offers_is_there(renaksi, signed_in, cast):
    factories.make_memo(renaksi.recommendation.evaluation)
    client = signed_in(cast.kadir)
    addresses = re.findall(r'href="(/laporan/[^"]+/unduh/[^"]+)"', page(client))
    assert len(addresses) == sum(len(recipe.formats) for recipe in PRODUCTS.values())
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


def test_an_operator_finds_no_memo(renaksi, signed_in, cast):
    assert "Tabel tindak lanjut" in page(signed_in(cast.rina))
    assert "Surat kepada pimpinan" not in page(signed_in(cast.rina))


def test_another_body_is_not_offered(evaluation, signed_in, cast):
    text = page(signed_in(cast.sari))
    assert "Sekretariat Daerah" not in text
    assert "Belum ada evaluasi yang tercatat" in text


def test_more_evaluations_cost_no_more_queries(
    evaluation, signed_in, cast, django_assert_max_num_queries
):
    client = signed_in(cast.kadir)
    page(client)
    for year in range(2010, 2020):
        factories.make_evaluation(evaluation.unit, year, rubric=evaluation.rubric)
    with django_assert_max_num_queries(14):
        page(client)
