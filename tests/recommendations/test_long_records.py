"""Pages of one record with very many children show a leaf of them; the whole is one plain link away."""

import pytest
from django.conf import settings
from django.urls import reverse

from recommendations.models import Comment, Evidence, Recommendation, Renaksi, ReviewDecision
from recommendations.rules.leaves import LeafLine, divided
from recommendations.selectors.one_renaksi import SHOWN as CHILDREN_SHOWN
from tests import factories

LENGTH = settings.PAGE_LENGTH
AT = "2026-06-01T08:00:00Z"


def texts(renaksi):
    return {row.pk: row.follow_up for row in renaksi}


def shown(page, renaksi):
    """The places of those of the renaksi whose follow-up stands on the page."""
    return [row.position for row in renaksi if f"Kerja {row.position} dari {row.pk}." in page.text]


def make_many(recommendation, unit, number):
    start = recommendation.renaksi.count() + 1
    rows = Renaksi.objects.bulk_create(
        Renaksi(recommendation=recommendation, position=start + at, lead_unit=unit)
        for at in range(number)
    )
    for row in rows:
        row.follow_up = f"<p>Kerja {row.position} dari {row.pk}.</p>"
    Renaksi.objects.bulk_update(rows, ["follow_up"])
    return rows


def test_leaves_keep_recommendations_whole():
    small, none, large = LeafLine(1, (1, 2, 3)), LeafLine(2), LeafLine(3, tuple(range(9)))
    assert divided([small, none, small, large, none], 5) == [
        [small, none],
        [small],
        [large],
        [none],
    ]
    assert divided([small, none, none], 5) == [[small, none, none]]
    assert divided([], 5) == [[]]


@pytest.fixture
def long_one(recommendation, units):
    """A recommendation with two leaves of renaksi of Biro Umum, and one of Biro Organisasi."""
    rows = make_many(recommendation, units.umum, LENGTH + 9)
    make_many(recommendation, units.organisasi, 1)
    return rows


def test_a_recommendation_shows_a_leaf_of_its_renaksi(signed_in, cast, recommendation, long_one):
    client, address = signed_in(cast.kadir), recommendation.get_absolute_url()
    first, second = client.get(address), client.get(address, {"page": 2})
    assert shown(first, long_one) == [*range(1, LENGTH + 1)]
    assert shown(second, long_one) == [*range(LENGTH + 1, LENGTH + 10)]
    assert 'href="?semua=1"' in first.text
    whole = client.get(address, {"semua": 1})
    assert len(shown(whole, long_one)) == LENGTH + 9
    assert "Halaman 1 dari" not in whole.text


def test_a_leaf_never_has_what_the_reader_may_not_see(signed_in, cast, recommendation, long_one):
    client, address = signed_in(cast.rina), recommendation.get_absolute_url()
    for query in ({}, {"page": 2}, {"semua": 1}):
        page = client.get(address, query)
        assert shown(page, long_one) == []
        assert f"{LENGTH + 9} di antaranya milik unit lain" in page.text
        assert "Halaman 1 dari" not in page.text


def table_of(evaluation):
    return reverse("recommendations:evaluation-follow-up", args=[evaluation.pk])


def test_the_follow_up_table_shows_whole_recommendations_on_a_leaf(
    signed_in, cast, evaluation, recommendation, long_one, units
):
    later = make_many(factories.make_recommendation(evaluation), units.umum, 2)
    client, address = signed_in(cast.kadir), table_of(evaluation)
    first, second = client.get(address), client.get(address, {"page": 2})
    assert shown(first, long_one) == [*range(1, LENGTH + 1)]
    assert "10 rencana aksi lagi" in first.text
    assert recommendation.get_absolute_url() in first.text
    assert (shown(first, later), shown(second, later)) == ([], [1, 2])
    whole = client.get(address, {"semua": 1})
    assert (len(shown(whole, long_one)), shown(whole, later)) == (LENGTH + 9, [1, 2])
    assert "rencana aksi lagi" not in whole.text


def test_an_operator_pages_only_through_the_own_ones(
    signed_in, cast, evaluation, recommendation, long_one
):
    client = signed_in(cast.rina)
    page = client.get(table_of(evaluation))
    assert shown(page, long_one) == []
    assert "rencana aksi lagi" not in page.text
    assert "Halaman 1 dari" not in page.text
    assert f"Kerja {LENGTH + 10} dari" in page.text


def test_an_lhe_lists_a_leaf_of_its_recommendations(signed_in, cast, evaluation):
    Recommendation.objects.bulk_create(
        Recommendation(evaluation=evaluation, number=number, text="<p>Isi.</p>", heading="Hal")
        for number in range(1, LENGTH + 4)
    )
    client, address = signed_in(cast.kadir), evaluation.get_absolute_url()
    first, second = client.get(address), client.get(address, {"page": 2})
    assert f">{LENGTH}. Hal<" in first.text
    assert f">{LENGTH + 1}. Hal<" not in first.text
    assert f">{LENGTH + 1}. Hal<" in second.text
    assert f">{LENGTH + 3}. Hal<" in client.get(address, {"semua": 1}).text


@pytest.fixture
def discussed(renaksi, cast):
    """A renaksi with more comments, pieces of evidence and decisions than its page shows."""
    numbers = range(1, CHILDREN_SHOWN + 3)
    Comment.objects.bulk_create(
        Comment(renaksi=renaksi, author=cast.rina, text=f"Kata {at}.", written_at=AT)
        for at in numbers
    )
    Evidence.objects.bulk_create(
        Evidence(renaksi=renaksi, kind="separate", title=f"Notula {at}.", position=at + 1)
        for at in numbers
    )
    ReviewDecision.objects.bulk_create(
        ReviewDecision(
            renaksi=renaksi,
            evaluator=cast.dewi,
            decided_at=AT,
            outcome="returned",
            reason="incomplete",
            note=f"Putusan {at}.",
        )
        for at in numbers
    )
    return renaksi


def test_one_renaksi_shows_its_latest_comments_and_first_evidence(signed_in, cast, discussed):
    client, address = signed_in(cast.rina), discussed.get_absolute_url()
    page, whole = client.get(address), client.get(address, {"semua": 1})
    last = CHILDREN_SHOWN + 2
    assert "Kata 2." not in page.text
    assert page.text.index("Kata 3.") < page.text.index(f"Kata {last}.")
    assert "Notula 1." in page.text
    assert f"Notula {last}." not in page.text
    for name in ("komentar", "bukti dukung"):
        assert f"Tampilkan seluruh {name}" in page.text
        assert f"Tampilkan seluruh {name}" not in whole.text
    assert "Kata 1." in whole.text
    assert f"Notula {last}." in whole.text


def test_what_is_archived_comes_last(signed_in, cast, discussed):
    discussed.evidence.filter(position__lte=2).update(is_archived=True)
    page = signed_in(cast.rina).get(discussed.get_absolute_url())
    assert "Notula 1." not in page.text
    assert f"Notula {CHILDREN_SHOWN + 1}." in page.text


def test_an_evaluator_reads_the_latest_decisions_and_how_many_there_were(
    signed_in, cast, discussed
):
    Renaksi.objects.update(status="submitted")
    address = reverse("recommendations:review-item", args=[discussed.pk])
    client = signed_in(cast.dewi)
    page, whole = client.get(address), client.get(address, {"semua": 1, "urut": "lama"})
    last = CHILDREN_SHOWN + 2
    assert f"Sudah {last} kali dikembalikan" in page.text
    assert f"Putusan {last}." in page.text
    assert "Putusan 1." not in page.text
    assert f"lebih dari {CHILDREN_SHOWN}" in page.text
    assert "Putusan 1." in whole.text
    assert f"Notula {last}." in whole.text
