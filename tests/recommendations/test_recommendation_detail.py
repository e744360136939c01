"""One recommendation with all it holds."""

from tests import factories


def test_it_shows_text_points_renaksi_and_note(signed_in, cast, renaksi):
    recommendation = renaksi.recommendation
    recommendation.points.create(position=1, text="<p>Butir <em>satu</em></p>")
    renaksi.steps.create(position=1, text="<p>Langkah pertama</p>")
    page = signed_in(cast.dewi).get(recommendation.get_absolute_url())
    for words in ("achievable", "Butir <em>satu</em>", "Renaksi 1", "Langkah pertama", "Belum"):
        assert words in page.text


def test_an_operator_is_told_that_others_have_a_part(signed_in, cast, renaksi, units):
    factories.make_renaksi(renaksi.recommendation, units.umum, follow_up="<p>Rahasia Umum</p>")
    page = signed_in(cast.rina).get(renaksi.recommendation.get_absolute_url())
    assert "Rahasia Umum" not in page.text
    assert "1 di antaranya milik unit lain" in page.text
    assert "Hanya tindak lanjut unit Anda yang ditampilkan." in page.text


def test_buttons_belong_to_the_coordinator(signed_in, cast, recommendation):
    address = recommendation.get_absolute_url()
    page = signed_in(cast.kadir).get(address).text
    assert f"{address}hapus/" in page
    assert f"{address}catatan/" in page
    page = signed_in(cast.dewi).get(address).text
    assert f"{address}ubah/" not in page


def test_queries_do_not_grow_with_the_renaksi(signed_in, cast, renaksi, units, queries_of):
    signed_in(cast.kadir)
    address = renaksi.recommendation.get_absolute_url()
    few = queries_of(address)
    for _ in range(10):
        row = factories.make_renaksi(renaksi.recommendation, units.umum)
        row.steps.create(position=1, text="<p>Langkah</p>")
    assert queries_of(address) == few
