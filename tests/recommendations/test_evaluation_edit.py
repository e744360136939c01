"""The coordinator registers an LHE and changes it."""

import pytest

from recommendations.models import Evaluation
from sakip.history.entries import HistoryEntry
from tests import factories

NEW = "/evaluasi/baru/"


@pytest.fixture
def typed(units, evaluation):
    """What Kadir types for the year before."""
    return {
        "version": 0,
        "unit": units.setda.pk,
        "rubric": evaluation.rubric.pk,
        "performance_year": "2021",
        "evaluation_year": "2022",
        "letter_number": "700.1.2.1/2753/Itprov-II",
        "letter_date": "5 September 2023",
        "reported_total": "67,93",
        "reported_grade": "B",
        "reported_change": "-1,5",
    }


def edit(evaluation):
    return f"/evaluasi/{evaluation.pk}/ubah/"


def test_it_is_registered_with_one_row_of_history(signed_in, cast, typed, units):
    answer = signed_in(cast.kadir).post(NEW, typed)
    made = Evaluation.objects.get(performance_year=2021)
    assert answer.url == f"/evaluasi/{made.pk}/nilai/"
    assert (made.unit, str(made.letter_date)) == (units.setda, "2023-09-05")
    assert (str(made.reported_total), str(made.reported_change)) == ("67.93", "-1.50")
    [entry] = HistoryEntry.objects.about(made)
    assert (entry.actor, entry.action) == (cast.kadir, "create")
    assert ["Nilai tercetak dalam LHE", "-", "67,93"] in entry.in_words


def test_editing_keeps_what_changed(signed_in, cast, evaluation, typed):
    answer = signed_in(cast.kadir).post(edit(evaluation), typed | {"performance_year": "2022"})
    assert answer.url == evaluation.get_absolute_url()
    evaluation.refresh_from_db()
    assert evaluation.letter_number == "700.1.2.1/2753/Itprov-II"
    [entry] = HistoryEntry.objects.about(evaluation)
    assert ["Nomor LHE", "-", "700.1.2.1/2753/Itprov-II"] in entry.in_words


def test_saving_what_is_there_leaves_no_trace(signed_in, cast, evaluation, typed):
    client = signed_in(cast.kadir)
    typed["performance_year"] = "2022"
    client.post(edit(evaluation), typed)
    client.post(edit(evaluation), typed)
    assert HistoryEntry.objects.about(evaluation).count() == 1


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("letter_date", "12/31/2026", "mendahulukan bulan"),
        ("reported_total", "67.930", "dapat dibaca dua cara"),
        ("reported_total", "100,5", "Tulis angka paling besar 100."),
        ("performance_year", "2022", "sudah ada"),
        ("evaluation_year", "2020", "tidak boleh mendahului tahun kinerja"),
        ("reported_grade", "E", "Pilih predikat tercetak yang lain."),
    ],
)
def test_nonsense_is_refused_and_nothing_typed_is_lost(
    signed_in, cast, typed, field, text, sentence
):
    page = signed_in(cast.kadir).post(NEW, typed | {field: text})
    assert page.status_code == 200
    assert sentence in page.text
    assert 'value="700.1.2.1/2753/Itprov-II"' in page.text
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("name", ["dinas", "umum", "mati"])
def test_a_unit_beyond_reach_below_a_body_or_switched_off_is_refused(
    signed_in, cast, typed, units, name
):
    units.mati = factories.make_unit("Badan Lama", parent=units.setda, kind="body", is_active=False)
    page = signed_in(cast.kadir).post(NEW, typed | {"unit": getattr(units, name).pk})
    assert "tidak aktif atau di luar jangkauan Anda" in page.text
    assert Evaluation.objects.count() == 1


def test_a_body_switched_off_since_keeps_its_evaluation(signed_in, cast, evaluation, typed, units):
    units.setda.is_active = False
    units.setda.save()
    answer = signed_in(cast.kadir).post(edit(evaluation), typed | {"performance_year": "2022"})
    assert answer.status_code == 302


def test_a_body_with_recommendations_cannot_be_exchanged(
    signed_in, cast, recommendation, typed, units
):
    other = factories.make_unit("Badan Baru", parent=units.setda, kind="body")
    evaluation = recommendation.evaluation
    typed |= {"performance_year": "2022", "unit": other.pk}
    signed_in(cast.kadir).post(edit(evaluation), typed)
    evaluation.refresh_from_db()
    assert evaluation.unit == units.setda


def test_a_rubric_the_scores_exceed_is_refused_and_says_why(signed_in, cast, evaluation, typed):
    narrow = factories.make_rubric("Rubrik 2015", (30, 25, 15, 10, 20))
    typed |= {"performance_year": "2022", "rubric": narrow.pk}
    page = signed_in(cast.kadir).post(edit(evaluation), typed)
    assert "Nilai Evaluasi Akuntabilitas Kinerja Internal 14,00 melebihi bobotnya" in page.text
    assert "Tulis paling banyak 10,00" in page.text
    evaluation.refresh_from_db()
    assert evaluation.rubric != narrow


def test_a_rubric_without_a_scored_component_is_refused(signed_in, cast, evaluation, typed):
    short = factories.make_rubric("Rubrik 2021", (30, 30, 15, 25))
    typed |= {"performance_year": "2022", "rubric": short.pk}
    page = signed_in(cast.kadir).post(edit(evaluation), typed)
    assert "Capaian Kinerja sudah dinilai tetapi tidak ada dalam rubrik ini." in page.text


def test_the_form_shows_numbers_and_dates_as_people_write_them(signed_in, cast, evaluation, typed):
    client = signed_in(cast.kadir)
    client.post(edit(evaluation), typed | {"performance_year": "2022"})
    page = client.get(edit(evaluation)).text
    assert 'value="67,93"' in page
    assert 'value="5 September 2023"' in page
    assert 'value="2022"' in page
