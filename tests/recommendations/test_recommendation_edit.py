"""The coordinator writes recommendations: numbers, points, two people at once, deletion."""

import pytest

from recommendations.models import Recommendation
from sakip.history.entries import HistoryEntry
from tests import factories


def create_url(evaluation):
    return f"/evaluasi/{evaluation.pk}/rekomendasi/baru/"


def url(recommendation, action="ubah"):
    return f"/rekomendasi/{recommendation.pk}/{action}/"


def typed(*points, **fields):
    """Points are (id, text, order) or a text alone."""
    rows = [point if isinstance(point, tuple) else ("", point, "") for point in points]
    initial = len([row for row in rows if row[0]])
    data = {"text": "<p>Target <em>menantang</em></p>", "heading": "Perencanaan Kinerja"}
    data |= {"butir-TOTAL_FORMS": len(rows), "butir-INITIAL_FORMS": initial}
    for index, (pk, text, order) in enumerate(rows):
        data |= {
            f"butir-{index}-id": pk,
            f"butir-{index}-text": text,
            f"butir-{index}-ORDER": order,
        }
    return data | fields


def points(recommendation):
    return [(point.position, point.text) for point in recommendation.points.all()]


def test_the_next_number_is_suggested(signed_in, cast, recommendation):
    page = signed_in(cast.kadir).get(create_url(recommendation.evaluation))
    assert page.context["form"]["number"].value() == 2


def test_it_is_made_with_its_points_and_one_row_of_history(signed_in, cast, evaluation):
    answer = signed_in(cast.kadir).post(
        create_url(evaluation), typed("<p>satu</p>", "", "<p>dua</p>", number="1")
    )
    made = Recommendation.objects.get()
    assert answer.url == made.get_absolute_url()
    assert points(made) == [(1, "<p>satu</p>"), (2, "<p>dua</p>")]
    evaluation.refresh_from_db()
    assert evaluation.last_number == 1
    [entry] = HistoryEntry.objects.about(made)
    assert (entry.actor, entry.action) == (cast.kadir, "create")
    assert ["Butir", "-", "a. satu\nb. dua"] in entry.in_words


def test_a_second_recommendation_with_the_same_number_is_refused(signed_in, cast, recommendation):
    page = signed_in(cast.kadir).post(
        create_url(recommendation.evaluation), typed("<p>butir saya</p>", number="1")
    )
    assert "Nomor 1 sudah dipakai oleh Rekomendasi 1 Perencanaan Kinerja." in page.text
    assert "Tulis nomor lain, misalnya 2." in page.text
    assert "butir saya" in page.text
    assert "menantang" in page.text
    assert Recommendation.objects.count() == 1


def test_the_number_of_a_deleted_one_is_not_given_again(signed_in, cast, recommendation):
    evaluation, client = recommendation.evaluation, signed_in(cast.kadir)
    assert client.post(url(recommendation, "hapus")).url == evaluation.get_absolute_url()
    assert not Recommendation.objects.exists()
    [entry] = HistoryEntry.objects.about(evaluation)
    assert (entry.action, entry.in_words[0]) == ("delete_recommendation", ["Nomor", "1", "-"])
    page = client.post(create_url(evaluation), typed(number="1"))
    assert "Nomor 1 pernah dipakai lalu dihapus, dan tidak dipakai ulang." in page.text
    assert client.post(create_url(evaluation), typed(number="2")).status_code == 302


def test_one_with_renaksi_is_not_deleted(signed_in, cast, renaksi):
    answer = signed_in(cast.kadir).post(url(renaksi.recommendation, "hapus"))
    assert answer.status_code == 409
    assert "mempunyai 1 rencana aksi, jadi tidak dapat dihapus" in answer.text
    assert Recommendation.objects.exists()


@pytest.mark.parametrize("text", ["", "<p></p>", "<p> </p>"])
def test_it_needs_words(signed_in, cast, evaluation, text):
    page = signed_in(cast.kadir).post(create_url(evaluation), typed(number="1", text=text))
    assert page.status_code == 200
    assert page.context["form"].errors["text"]


def test_dangerous_markup_is_dropped(signed_in, cast, evaluation):
    evil = "<p onclick=x>Isi<script>alert(1)</script></p>"
    signed_in(cast.kadir).post(create_url(evaluation), typed(evil, number="1", text=evil))
    made = Recommendation.objects.get()
    assert made.text == "<p>Isi</p>"
    assert points(made) == [(1, "<p>Isi</p>")]


def test_points_keep_their_identity_when_they_change_places(signed_in, cast, recommendation):
    first = recommendation.points.create(position=1, text="<p>satu</p>")
    second = recommendation.points.create(position=2, text="<p>dua</p>")
    rows = [(first.pk, "<p>satu</p>", "2"), (second.pk, "<p>dua</p>", "1"), "<p>tiga</p>"]
    answer = signed_in(cast.kadir).post(url(recommendation), typed(*rows, version="0"))
    assert answer.status_code == 302
    assert [point.pk for point in recommendation.points.all()[:2]] == [second.pk, first.pk]
    assert points(recommendation)[2] == (3, "<p>tiga</p>")
    entry = HistoryEntry.objects.about(recommendation).get()
    assert ["Butir", "a. satu\nb. dua", "a. dua\nb. satu\nc. tiga"] in entry.in_words


def test_a_deleted_point_lets_the_others_move_up(signed_in, cast, recommendation):
    first = recommendation.points.create(position=1, text="<p>satu</p>")
    second = recommendation.points.create(position=2, text="<p>dua</p>")
    rows = [(first.pk, "<p>satu</p>", "1"), (second.pk, "<p>dua</p>", "2")]
    data = typed(*rows, version="0") | {"butir-0-DELETE": "on"}
    signed_in(cast.kadir).post(url(recommendation), data)
    assert points(recommendation) == [(1, "<p>dua</p>")]


def test_a_point_that_a_renaksi_answers_stays(signed_in, cast, renaksi):
    recommendation = renaksi.recommendation
    point = recommendation.points.create(position=1, text="<p>satu</p>")
    renaksi.point = point
    renaksi.save()
    data = typed((point.pk, "<p>satu</p>", "1"), version="0") | {"butir-0-DELETE": "on"}
    page = signed_in(cast.kadir).post(url(recommendation), data)
    assert "Butir a dijawab oleh Renaksi 1" in page.text
    assert points(recommendation) == [(1, "<p>satu</p>")]


def test_the_number_is_stable(signed_in, cast, recommendation):
    signed_in(cast.kadir).post(url(recommendation), typed(version="0", number="9"))
    recommendation.refresh_from_db()
    assert (recommendation.number, recommendation.version) == (1, 1)


def test_who_comes_second_sees_both_texts_and_loses_nothing(signed_in, cast, recommendation):
    client = signed_in(cast.kadir)
    first = typed("<p>butir pertama</p>", version="0", text="<p>Tulisan pertama</p>")
    second = typed("<p>butir kedua</p>", version="0", text="<p>Tulisan kedua</p>")
    assert client.post(url(recommendation), first).status_code == 302
    page = client.post(url(recommendation), second)
    assert page.status_code == 409
    for words in ("lebih dahulu", "Tulisan pertama", "butir pertama", "Tulisan kedua", "kedua"):
        assert words in page.text
    recommendation.refresh_from_db()
    assert recommendation.text == "<p>Tulisan pertama</p>"
    again = second | {"version": page.context["form"]["version"].value()}
    assert client.post(url(recommendation), again).status_code == 302


def test_last_years_recommendation_of_the_same_body_can_be_linked(
    signed_in, cast, recommendation, units
):
    earlier = factories.make_recommendation(factories.make_evaluation(units.setda, 2021))
    stranger = factories.make_recommendation(factories.make_evaluation(units.dinas, 2021))
    client = signed_in(cast.kadir)
    page = client.post(url(recommendation), typed(version="0", previous=stranger.pk))
    assert page.context["form"].errors["previous"]
    client.post(url(recommendation), typed(version="0", previous=earlier.pk))
    page = client.get(recommendation.get_absolute_url())
    assert "Mengulang rekomendasi" in page.text
    assert earlier.get_absolute_url() in page.text
