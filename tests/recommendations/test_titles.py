"""Titles, headings and messages name body and year, not only “Renaksi 1.a”."""

import re
from html import unescape

import pytest
from django.urls import reverse

from sakip.roles import Role
from tests import factories

FULL, SHORT = "Renaksi 1.a · Sekretariat Daerah · LHE 2022", "Renaksi 1.a · LHE 2022"


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


def words_of(response, tag):
    [found] = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]+>", "", found)).split())


def page(name, renaksi):
    return reverse(f"recommendations:{name}", args=[renaksi.pk])


@pytest.mark.parametrize("name", ["renaksi-detail", "renaksi-plan"])
def test_the_pages_of_a_coordinator(signed_in, cast, gita, renaksi, name):
    for person, words in ((gita, FULL), (cast.kadir, SHORT)):
        answer = signed_in(person).get(page(name, renaksi))
        assert words in words_of(answer, "title")
        assert words in words_of(answer, "h1")


@pytest.mark.parametrize(
    "name", ["renaksi-edit", "renaksi-submit", "evidence-create", "comment-create"]
)
def test_the_pages_of_an_operator(signed_in, cast, renaksi, name):
    answer = signed_in(cast.rina).get(page(name, renaksi))
    assert SHORT in words_of(answer, "title")
    assert SHORT in words_of(answer, "h1")


@pytest.fixture
def sent(renaksi):
    renaksi.status = "submitted"
    renaksi.save()
    return renaksi


@pytest.mark.parametrize("name", ["review-item", "renaksi-accept", "renaksi-return"])
def test_the_pages_of_an_evaluator(signed_in, cast, sent, name):
    answer = signed_in(cast.dewi).get(page(name, sent))
    assert FULL in words_of(answer, "title")
    assert FULL in words_of(answer, "h1")


def test_an_evaluator_of_one_body_sees_the_year_alone(signed_in, units, sent):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.setda)
    answer = signed_in(irban).get(page("review-item", sent))
    assert words_of(answer, "title").startswith(f"Reviu {SHORT}")


def test_the_message_after_a_review_names_body_and_year(signed_in, cast, sent):
    answer = signed_in(cast.dewi).post(
        page("review-item", sent), {"decision": "accept"}, follow=True
    )
    assert [str(message) for message in answer.context["messages"]] == [
        f'{FULL}: diterima · <a href="{sent.get_absolute_url()}">Buka</a>'
    ]


def test_the_page_of_what_was_decided_meanwhile(signed_in, cast, sent):
    sent.status = "done"
    sent.save()
    answer = signed_in(cast.dewi).get(page("review-item", sent))
    assert answer.status_code == 409
    assert f"{FULL} tidak menunggu reviu lagi" == words_of(answer, "h1")


def test_recommendations_too(signed_in, gita, recommendation):
    full = "Rekomendasi 1 Perencanaan Kinerja · Sekretariat Daerah · LHE 2022"
    for name in ("recommendation-detail", "recommendation-edit", "note-edit"):
        answer = signed_in(gita).get(page(name, recommendation))
        assert full in words_of(answer, "title")
        assert full in words_of(answer, "h1")


def test_the_list_of_one_body_leaves_its_name_out(signed_in, cast, gita, renaksi):
    address = reverse("recommendations:renaksi-list")
    for person, words in ((gita, "Sekretariat Daerah · LHE 2022"), (cast.kadir, "· LHE 2022")):
        html = signed_in(person).get(address).content.decode()
        [about] = re.findall(r'<span class="row-about">[^<]*?(Perencanaan[^<]*)', html)
        assert about.endswith(words)
        assert ("Sekretariat Daerah" in about) is (person == gita)
