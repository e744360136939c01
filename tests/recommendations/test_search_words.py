"""What the search finds, and that an index finds it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.models import Renaksi, SearchDocument, Step
from recommendations.selectors import renaksi_list, search
from tests import factories


def found(query):
    return set(search.matching(Renaksi.objects.all(), query))


@pytest.fixture
def worded(recommendation, units):
    """A renaksi with a word of its own in every place that is searched."""
    renaksi = factories.make_renaksi(
        recommendation,
        units.organisasi,
        plan="<p>Menyusun <em>pedoman</em></p>",
        follow_up="<ul><li>Sosialisasi</li><li>Évaluasi berkala</li></ul>",
    )
    recommendation.points.create(position=1, text="<p>Indikator terukur</p>")
    Step.objects.create(renaksi=renaksi, position=1, text="<p>Undangan</p>")
    factories.make_evidence(renaksi, "Notula rapat", document_number="065/1234/Org")
    factories.make_evidence(renaksi, "Kwitansi", is_archived=True)
    search.refresh([renaksi.pk])
    return renaksi


@pytest.mark.parametrize(
    "query",
    ["achievable", "perencanaan", "terukur", "pedoman", "Sosialisasi", "undangan", "notula"]
    + ["NOTULA pedo", "evaluasi", "évaluasi", "065/1234/Org", "1234", "pedoman, (sosialisasi)!"]
    + ["pedoman*", '"pedoman', "pedoman <-> rapat"],
)
def test_words_are_found_wherever_they_stand(worded, query):
    assert found(query) == {worded}


@pytest.mark.parametrize("query", ["kwitansi", "pedoman kwitansi", "doman", "em"])
def test_other_words_are_not(worded, query):
    assert found(query) == set()


@pytest.mark.parametrize("query", ["", "  ", "*", '"', "--", "'; &|!()"])
def test_a_query_without_words_narrows_nothing(worded, query):
    assert found(query) == {worded}


@pytest.mark.parametrize(
    "query",
    ["pedoman OR kwitansi", "-kwitansi", "NEAR(pedoman rapat)", "text:pedoman", "!kwitansi"],
)
def test_operators_are_plain_words(worded, query):
    assert found(query) == set()


@settings(suppress_health_check=list(HealthCheck), max_examples=150)
@given(query=st.text(max_size=200))
def test_no_query_ever_raises(worded, query):
    found(query)


def test_the_index_follows_every_change(worded):
    Renaksi.objects.filter(pk=worded.pk).update(plan="<p>Menerbitkan edaran</p>")
    assert found("pedoman") == {worded}
    search.refresh([worded.pk])
    assert (found("pedoman"), found("edaran")) == (set(), {worded})
    SearchDocument.objects.all().delete()
    assert found("edaran") == set()


def test_a_very_long_text_is_still_indexed(worded):
    words = " ".join(f"kata{number}é" for number in range(4_900))
    Renaksi.objects.filter(pk=worded.pk).update(follow_up=f"<p>{words}</p>", plan="x" * 5000)
    search.refresh([worded.pk])
    assert found("kata7") == {worded}


def test_the_command_finds_what_was_never_indexed(worded):
    SearchDocument.objects.all().delete()
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert found("pedoman") == {worded}
    own = search.keys("terukur", 10, search.OF_RECOMMENDATIONS)
    assert own == [worded.recommendation_id]
    assert out.getvalue() == "Kata-kata 1 rencana aksi dan 1 rekomendasi disusun ulang.\n"


def test_only_what_was_never_indexed_is_made_up_for(worded, units):
    out = StringIO()
    call_command("rebuild_search", missing=True, stdout=out)
    later = factories.make_renaksi(worded.recommendation, units.organisasi, plan="<p>Edaran</p>")
    call_command("rebuild_search", missing=True, stdout=out)
    assert found("edaran") == {later}
    numbers = [line.split()[1] for line in out.getvalue().splitlines()]
    assert numbers == ["0", "1"]


def test_refreshing_costs_the_same_for_one_and_for_many(worded, units, django_assert_num_queries):
    for _ in range(20):
        factories.make_renaksi(worded.recommendation, units.organisasi)
    ids = list(Renaksi.objects.values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_num_queries(6):
            search.refresh(some)


def test_few_hits_are_told_by_their_keys_and_many_are_not(worded, units):
    for _ in range(2):
        other = factories.make_renaksi(worded.recommendation, units.organisasi, plan="<p>Rapat</p>")
        search.refresh([other.pk])
    assert search.keys("pedoman", most=1) == [worded.pk]
    assert search.keys("tidakada", most=1) == []
    assert search.keys("achievable", most=2) is None
    assert len(search.keys("achievable", most=3)) == 3
    assert search.keys("--", most=9) is None


def test_an_index_serves_the_search(worded, cast):
    rows = search.matching(Renaksi.objects.visible_to(cast.kadir), "pedoman sosial")
    rows = renaksi_list.ordered(rows, "due")[:50]
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert "VIRTUAL TABLE INDEX" in plan
        assert "SCAN recommendations_renaksi" not in plan
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a handful of rows needs no index
        cursor.execute(f"EXPLAIN {search.FINDERS['postgresql']}", ["'pedoman':*"])
        plan = str(cursor.fetchall())
    assert "Bitmap Index Scan on recommendations_search " in plan
