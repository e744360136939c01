"""The search of the header: it finds every kind of record, and nothing that its reader may not see."""

import pytest
from django.urls import reverse

from recommendations.models import Evidence
from recommendations.selectors import findable, search
from tests import factories, people

KINDS = ("renaksi", "rekomendasi", "lhe", "bukti", "indikator", "unit", "orang")
LIVE = {"HTTP_HX_REQUEST": "true"}


def make_findable(unit, body, word):
    """One record of every kind that the word finds."""
    evaluation = factories.make_evaluation(body, 2022, letter_number=f"700/{word}/2023")
    recommendation = factories.make_recommendation(evaluation, 2, text=f"<p>Tata {word}.</p>")
    person = factories.make_user(f"{word}.petugas", unit=unit, name=f"Bu {word.title()}")
    renaksi = factories.make_renaksi(
        recommendation, unit, plan=f"<p>Susun {word}</p>", person=person
    )
    factories.make_evidence(renaksi, f"Notula {word}")
    factories.make_indicator(factories.make_objective(body), unit, f"Indeks {word}")
    search.refresh([renaksi.pk])
    search.refresh_recommendations([recommendation.pk])
    return renaksi


@pytest.fixture
def world(units, cast):
    """Everything with the word “kelapa” is of the Sekretariat Daerah, “pantai” of Dinas Pariwisata."""
    factories.make_unit("Bagian Kelapa", parent=units.organisasi)
    factories.make_unit("Bidang Pantai", parent=units.dinas)
    cast.kelapa = make_findable(units.organisasi, units.setda, "kelapa")
    cast.pantai = make_findable(units.dinas, units.dinas, "pantai")
    return cast


def found(client, text, **more):
    """The count of each kind on the page, and the page."""
    response = client.get(reverse("search"), {"teks": text, **more})
    assert response.status_code == 200
    return {one.kind.code: one.count for one, _ in response.context["found"]}, response


@pytest.mark.parametrize("name", ["dewi", "kadir", "laila"])
def test_a_word_finds_every_kind_of_record(signed_in, world, name):
    counts, response = found(signed_in(getattr(world, name)), "kelapa")
    assert counts == dict.fromkeys(KINDS, 1)
    assert response.content.decode().count("<mark>") >= len(KINDS)


@pytest.mark.parametrize("name", ["kadir", "laila", "rina", "umar"])
@pytest.mark.parametrize("text", ["pantai", "pant", "notula pantai"])
def test_a_reader_of_one_body_finds_nothing_of_another(signed_in, world, name, text):
    counts, response = found(signed_in(getattr(world, name)), text)
    assert counts == {}
    assert "<mark>" not in response.content.decode()


@pytest.mark.parametrize("text", ["indeks", "notula", "tata", "susun", "700", "petugas", "2022"])
def test_a_word_of_both_bodies_counts_only_the_own(signed_in, world, text):
    counts, _ = found(signed_in(world.kadir), text)
    assert counts
    assert set(counts.values()) == {1}


def test_evidence_alone_is_looked_for_in_all_that_one_may_see(signed_in, world, monkeypatch):
    monkeypatch.setattr(search, "MANY", -1)
    monkeypatch.setattr(findable, "MORE", 1)  # there are more renaksi with the word than are read
    for name, row in (("kadir", world.kelapa), ("sari", world.pantai)):
        _, response = found(signed_in(getattr(world, name)), "notula", jenis="bukti")
        ((_, (hit,)),) = response.context["found"]
        assert hit["url"] == f"{row.get_absolute_url()}#daftar-bukti"


def test_a_number_finds_nothing_of_another_body_either(signed_in, world):
    counts, response = found(signed_in(world.sari), "2.a")
    assert counts == {"renaksi": 1}
    assert world.kelapa.get_absolute_url() not in response.content.decode()
    assert found(signed_in(world.dewi), "2a pariwisata")[0] == {"renaksi": 1}
    assert found(signed_in(world.dewi), "2a 2021")[0] == {}
    assert found(signed_in(world.dewi), "2 2022")[0]["rekomendasi"] == 2


def test_an_operator_finds_the_own_renaksi_and_the_recommendations_of_the_body(signed_in, world):
    of_own_unit, _ = found(signed_in(world.rina), "kelapa")
    assert of_own_unit.keys() == {"renaksi", "rekomendasi", "lhe", "bukti", "indikator", "orang"}
    of_another, _ = found(signed_in(world.umar), "kelapa")
    assert of_another.keys() == {"rekomendasi", "lhe", "indikator"}


@pytest.mark.parametrize("name", ["rina", "umar", "kadir"])
def test_every_hit_leads_to_a_page_that_its_reader_may_open(signed_in, world, name):
    client = signed_in(getattr(world, name))
    groups = [
        group for text in ("kelapa", "2") for group in found(client, text)[1].context["found"]
    ]
    hits = {hit["url"].partition("#")[0] for _, hits in groups for hit in hits}
    for address in hits | {one.more for one, _ in groups if one.more}:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "tidak ada. Pilih" not in response.content.decode()  # an unknown choice of a filter


def test_many_of_a_kind_are_counted_to_a_limit(signed_in, world):
    rows = [Evidence(renaksi=world.kelapa, kind="separate", title="Notula") for _ in range(50)]
    Evidence.objects.bulk_create(rows)
    _, response = found(signed_in(world.kadir), "notula")
    assert [one.count_words for one, _ in response.context["found"]] == ["1", "lebih dari 50"]


@pytest.mark.parametrize("name", ["rina", "dewi", "kadir", "sari"])
def test_a_word_of_nearly_every_text_finds_the_same(signed_in, world, name, settings, monkeypatch):
    client = signed_in(getattr(world, name))
    few = [found(client, text)[0] for text in ("kelapa", "pantai")]
    monkeypatch.setattr(search, "MANY", -1)  # the newest texts seem to have it
    assert [found(client, text)[0] for text in ("kelapa", "pantai")] == few
    monkeypatch.undo()
    settings.MOST_COUNTED = 0  # the index lists too many
    assert [found(client, text)[0] for text in ("kelapa", "pantai")] == few


def test_one_kind_is_shown_alone(signed_in, world):
    counts, _ = found(signed_in(world.kadir), "kelapa", jenis="lhe")
    assert counts == {"lhe": 1}
    assert found(signed_in(world.kadir), "kelapa", jenis="²")[0] == {}


@pytest.mark.parametrize(
    "text", ["", "%", "_", "'", '"', "\\", "--", "a" * 10_000, "2" * 10_000, "é²ﬁ", "*:*", "(", "a"]
)
def test_strange_texts_are_answered_in_words(signed_in, world, text):
    for more in ({}, LIVE):
        response = signed_in(world.kadir).get(reverse("search"), {"teks": text}, **more)
        assert response.status_code == 200
        assert "2.b" in response.content.decode()  # says what may be typed


def test_a_nul_is_refused_in_words(signed_in, world):
    assert signed_in(world.kadir).get(reverse("search"), {"teks": "a\0b"}).status_code == 400


def test_htmx_gets_the_list_alone(signed_in, world):
    page = signed_in(world.kadir).get(reverse("search"), {"teks": "kelapa"}, **LIVE)
    assert page.content.decode().count('role="option"') == len(KINDS)
    assert "<html" not in page.content.decode()


def test_the_questions_do_not_grow_with_the_records(
    signed_in, world, units, django_assert_max_num_queries
):
    client = signed_in(world.dewi)
    found(client, "kelapa")
    for number in range(3, 13):
        recommendation = factories.make_recommendation(
            world.kelapa.recommendation.evaluation, number, text="<p>kelapa</p>"
        )
        row = people.make_renaksi(recommendation, units)
        search.refresh([row.pk])
        search.refresh_recommendations([recommendation.pk])
    with django_assert_max_num_queries(24):
        counts, _ = found(client, "kelapa")
    assert counts["renaksi"] == counts["rekomendasi"] == 11
    with django_assert_max_num_queries(18):
        assert client.get(reverse("search"), {"teks": "kelapa"}, **LIVE).status_code == 200


# ── Recently opened ─────────────────────────────────────────────────────────────────────────────


def opened(client):
    response = client.get(reverse("search"), **LIVE)
    return [hit["url"] for hit in response.context["viewed"]]


def test_what_was_opened_last_comes_first(signed_in, world):
    client = signed_in(world.kadir)
    pages = [world.kelapa, world.kelapa.recommendation, world.kelapa.recommendation.evaluation]
    for record in (*pages, world.kelapa):
        client.get(record.get_absolute_url())
    assert opened(client) == [one.get_absolute_url() for one in (pages[0], pages[2], pages[1])]
    assert client.cookies["dilihat"]["httponly"]


def test_only_the_last_eight_are_kept(signed_in, world, units):
    client = signed_in(world.kadir)
    rows = [factories.make_renaksi(world.kelapa.recommendation, units.umum) for _ in range(10)]
    for row in rows:
        client.get(row.get_absolute_url())
    assert opened(client) == [row.get_absolute_url() for row in reversed(rows[2:])]


def test_what_may_no_longer_be_seen_is_not_shown(signed_in, world, units):
    client = signed_in(world.rina)
    client.get(world.kelapa.get_absolute_url())
    assert opened(client)
    type(world.kelapa).objects.filter(pk=world.kelapa.pk).update(lead_unit=units.umum)
    assert opened(client) == []


def test_the_next_person_at_the_browser_sees_nothing_of_it(signed_in, world):
    client = signed_in(world.kadir)
    client.get(world.kelapa.get_absolute_url())
    assert opened(signed_in(world.laila)) == []


def test_a_changed_cookie_counts_as_none(signed_in, world):
    client = signed_in(world.kadir)
    client.get(world.kelapa.get_absolute_url())
    client.cookies["dilihat"] = client.cookies["dilihat"].value.replace("renaksi", "lhe")
    assert opened(client) == []


def test_opening_a_page_writes_nothing_for_it(signed_in, world, django_assert_max_num_queries):
    client = signed_in(world.kadir)
    address = world.kelapa.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(100) as first:
        client.get(address)
    client.cookies.pop("dilihat")
    with django_assert_max_num_queries(len(first)):
        client.get(address)


# ── The key ─────────────────────────────────────────────────────────────────────────────────────


def test_the_key_can_be_turned_off_and_on(signed_in, world):
    client = signed_in(world.kadir)
    key = 'data-key="/"'
    assert key in client.get(reverse("search")).content.decode()
    client.post(reverse("search-key"), {"tombol": "mati"})
    assert key not in client.get(reverse("reports:home")).content.decode()
    client.post(reverse("search-key"), {"tombol": "hidup"})
    assert key in client.get(reverse("reports:home")).content.decode()
