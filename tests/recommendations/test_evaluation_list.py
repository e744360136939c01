"""The list of evaluations: what is seen, narrowed and counted."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Renaksi
from recommendations.rules.progress import Progress
from sakip.history.write import record
from tests import factories

URL = "/evaluasi/"


def test_it_shows_total_grade_and_both_figures_of_progress(signed_in, cast, evaluation, units):
    recommendation = factories.make_recommendation(evaluation)
    factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    factories.make_renaksi(recommendation, units.organisasi, status="done")
    factories.make_renaksi(recommendation, units.umum, status="open")
    page = signed_in(cast.kadir).get(URL)
    [row] = page.context["rows"]
    assert (row.total, row.grade) == (Decimal("73.90"), "BB")
    assert row.progress == Progress(countable=3, claimed=2, verified=1)
    assert "67 %" in page.text
    assert "33 %" in page.text


def test_a_printed_total_that_differs_wears_a_badge(signed_in, cast, evaluation):
    evaluation.reported_total = Decimal("73.80")
    evaluation.save()
    assert "Tercetak 73,80" in signed_in(cast.laila).get(URL).text


def test_an_operators_progress_counts_the_own_unit_and_says_so(
    signed_in, cast, renaksi, recommendation, units
):
    factories.make_renaksi(recommendation, units.umum, status="done")
    page = signed_in(cast.rina).get(URL)
    assert "tindak lanjut unit Anda saja" in page.text
    assert page.context["rows"][0].progress.countable == 1


@pytest.mark.parametrize("name", ["kadir", "rina"])
def test_progress_is_kept_and_never_old(signed_in, cast, renaksi, name):
    """Of the unit, and of the whole LHE; renaksi are read by the renewal alone."""
    client = signed_in(getattr(cast, name))
    for status, claimed in (("in_progress", 0), ("done", 1)):
        Renaksi.objects.update(status=status)
        record(actor=cast.kadir, action="edit", target=renaksi)
        for address in (URL, renaksi.recommendation.evaluation.get_absolute_url()):
            assert f"({claimed} dari 1)" in client.get(address).text
    with CaptureQueriesContext(connection) as made:
        client.get(URL)
    table = connection.ops.quote_name(Renaksi._meta.db_table)
    reads = [query["sql"] for query in made if f"FROM {table}" in query["sql"]]
    assert all("supporting_units" in sql for sql in reads)


def test_years_and_bodies_narrow_the_list_once_there_is_a_choice(
    signed_in, cast, evaluation, units
):
    client = signed_in(cast.dewi)
    assert not client.get(URL).context["filters"].fields
    factories.make_evaluation(units.setda, 2021)
    other = factories.make_evaluation(units.dinas, 2022)
    found = client.get(URL, {"tahun": 2022, "unit": units.dinas.pk}).context["rows"]
    assert [row.url for row in found] == [other.get_absolute_url()]
    assert len(client.get(URL, {"tahun": "1999", "unit": "x"}).context["rows"]) == 3


def test_another_body_stays_unseen(signed_in, cast, evaluation):
    page = signed_in(cast.sari).get(URL)
    assert page.context["rows"] == []
    assert "Belum ada LHE." in page.text


def test_only_the_coordinator_finds_the_button(signed_in, cast, evaluation):
    create = reverse("recommendations:evaluation-create")
    assert create in signed_in(cast.kadir).get(URL).text
    assert create not in signed_in(cast.rina).get(URL).text


def test_posting_is_not_a_method_of_it(signed_in, cast):
    assert signed_in(cast.kadir).post(URL).status_code == 405


@pytest.mark.parametrize("name", ["kadir", "rina"])
def test_fifty_rows_cost_what_one_costs(signed_in, cast, evaluation, units, queries_of, name):
    client = signed_in(getattr(cast, name))
    factories.make_renaksi(factories.make_recommendation(evaluation), units.organisasi)
    one = queries_of(URL)
    for year in [*range(2000, 2022), *range(2023, 2050)]:
        row = factories.make_evaluation(units.setda, year, scores=("10", "10"))
        factories.make_renaksi(factories.make_recommendation(row), units.organisasi)
    assert len(client.get(URL).context["rows"]) == 50
    assert queries_of(URL) == one
