"""What an evaluator decided, with figures, within what the evaluator may still see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi, ReviewDecision
from recommendations.workflow import perform
from sakip.roles import Role
from tests import factories

PAGE = reverse("recommendations:decision-list")
NOW = timezone.now()


@pytest.fixture
def decide(cast, recommendation, units):
    def make(recommendation=recommendation, outcome="accepted", *, who=None, note=""):
        row = factories.make_renaksi(recommendation, units.organisasi)
        return ReviewDecision.objects.create(
            renaksi=row,
            evaluator=who or cast.dewi,
            decided_at=NOW,
            outcome=outcome,
            reason="" if outcome == "accepted" else "unsigned",
            note=note,
        )

    return make


def listed(client, **query):
    return {row.pk for row in client.get(PAGE, query).context["page"]}


def test_own_decisions_only_newest_first(signed_in, cast, units, decide):
    eka = factories.make_user("eka", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    first, second = decide(), decide(outcome="returned", note="Pindai ulang.")
    decide(who=eka, note="Milik Eka.")
    response = signed_in(cast.dewi).get(PAGE)
    assert [row.pk for row in response.context["page"]] == [second.pk, first.pk]
    for words in ("Pindai ulang.", "Belum ditandatangani", "1 diterima, 1 dikembalikan"):
        assert words in response.text
    assert "Milik Eka." not in response.text


def test_year_body_and_decision_narrow_list_and_figures(signed_in, cast, units, decide):
    theirs = factories.make_recommendation(factories.make_evaluation(units.dinas, 2024))
    here, there, back = decide(), decide(theirs), decide(outcome="returned")
    client = signed_in(cast.dewi)
    for query, expected in (
        ({"tahun": 2024}, {there}),
        ({"badan": units.setda.pk}, {here, back}),
        ({"putusan": "returned"}, {back}),
        ({"tahun": 2024, "putusan": "returned"}, set()),
        ({"tahun": "dua", "badan": "x", "putusan": "?"}, {here, there, back}),
    ):
        assert listed(client, **query) == {row.pk for row in expected}, query
    assert (
        "<strong>2</strong> putusan: 1 diterima" in client.get(PAGE, {"badan": units.setda.pk}).text
    )


def test_the_median_counts_from_the_sending_that_was_decided(signed_in, cast, renaksi):
    def do(action, who, days, **words):
        at = NOW - timedelta(days=days)
        perform(action=action, renaksi=renaksi, actor=who, at=at, **words)

    do("submit", cast.rina, 100)
    do("return", cast.dewi, 90, reason="unsigned", note="Tanda tangani.")
    do("submit", cast.rina, 10)
    do("accept", cast.dewi, 6)
    figures = signed_in(cast.dewi).get(PAGE).context["figures"]
    assert (figures.accepted, figures.returned, figures.median_days) == (1, 1, 7)


def test_without_a_known_sending_no_median_is_told(signed_in, cast, decide):
    decide()
    response = signed_in(cast.dewi).get(PAGE)
    assert response.context["figures"].median_days is None
    assert "sejak dikirim" not in response.text


def test_a_body_taken_away_is_not_told_any_more(signed_in, units, decide):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.setda)
    decide(who=irban, note="Rahasia.")
    assert "Rahasia." in signed_in(irban).get(PAGE).text
    irban.assigned_bodies.set([units.dinas])
    text = signed_in(irban).get(PAGE).text
    for words in ("Rahasia.", "Sekretariat Daerah", "2022"):
        assert words not in text


def test_as_many_queries_for_many_bodies_and_years(signed_in, cast, units, decide, queries_of):
    signed_in(cast.dewi)
    decide()
    one = queries_of(PAGE)
    for number in range(20):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="dinas")
        decide(factories.make_recommendation(factories.make_evaluation(body, 2003 + number)))
    assert queries_of(PAGE) == one


def test_the_queue_leads_here(signed_in, cast):
    assert PAGE in signed_in(cast.dewi).get(reverse("recommendations:review-list")).text
    assert Renaksi.objects.count() == 0
