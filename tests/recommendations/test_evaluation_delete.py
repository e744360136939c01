"""An LHE made by mistake is deleted with its scores while nothing hangs on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import ComponentScore, Evaluation, Renaksi
from recommendations.services.evaluations import delete_evaluation, edit_evaluation
from recommendations.services.recommendations import create_recommendation
from sakip.editing import StaleEdit
from sakip.errors import Gone, WrongState
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.browsing import fields_of


def address(evaluation):
    return reverse("recommendations:evaluation-delete", args=[evaluation.pk])


def by(person):
    return {"actor": person, "at": timezone.now()}


def test_it_goes_with_its_scores_and_its_body_remembers(signed_in, cast, evaluation, units):
    client = signed_in(cast.kadir)
    page = client.get(address(evaluation))
    assert "beserta 5 nilai komponen (jumlahnya 73,90)" in page.text
    answer = client.post(address(evaluation), fields_of(page))
    assert answer.url == reverse("recommendations:evaluation-list")
    assert not Evaluation.objects.exists()
    assert not ComponentScore.objects.exists()
    entry = HistoryEntry.objects.about(units.setda).get()
    assert (entry.action, entry.actor) == ("delete_evaluation", cast.kadir)
    assert ["Tahun kinerja", "2022", "-"] in entry.in_words
    assert ["Perencanaan Kinerja · Nilai", "22,20", "-"] in entry.in_words


@pytest.mark.parametrize("method", ["get", "post"])
def test_recommendations_keep_it(signed_in, cast, recommendation, method):
    factories.make_recommendation(recommendation.evaluation)
    answer = getattr(signed_in(cast.kadir), method)(address(recommendation.evaluation))
    assert answer.status_code == 409
    assert "Evaluasi ini mempunyai 2 rekomendasi, jadi tidak dapat dihapus." in answer.text
    assert Evaluation.objects.exists()


def test_papers_keep_it_and_all_are_named(cast, evaluation):
    factories.make_bare_telaah_staf(evaluation)
    factories.make_issued(evaluation.unit, cast.kadir, evaluation=evaluation)
    with pytest.raises(
        WrongState,
        match="mempunyai 1 laporan terbit dan 1 telaah staf, jadi|1 telaah staf dan 1 laporan terbit, jadi",
    ):
        delete_evaluation(evaluation=evaluation, **by(cast.kadir))
    assert Evaluation.objects.exists()


def test_what_somebody_changed_since_is_not_deleted(signed_in, cast, evaluation):
    client = signed_in(cast.kadir)
    page = fields_of(client.get(address(evaluation)))
    edit_evaluation(evaluation=evaluation, subject="Hasil", **by(cast.kadir))
    assert client.post(address(evaluation), page).status_code == 409
    with pytest.raises(StaleEdit):
        delete_evaluation(evaluation=evaluation, version=0, **by(cast.kadir))


def test_what_is_gone_is_said_to_be_gone(cast, evaluation):
    delete_evaluation(evaluation=Evaluation.objects.get(), **by(cast.kadir))
    with pytest.raises(Gone):
        edit_evaluation(evaluation=evaluation, subject="Hasil", **by(cast.kadir))
    with pytest.raises(Gone):
        create_recommendation(evaluation=evaluation, number=1, text="<p>x</p>", **by(cast.kadir))


def test_a_recommendation_says_how_much_hangs_on_it(signed_in, cast, renaksi):
    url = reverse("recommendations:recommendation-delete", args=[renaksi.recommendation_id])
    answer = signed_in(cast.kadir).get(url)
    assert answer.status_code == 409
    assert "Rekomendasi ini mempunyai 1 rencana aksi, jadi tidak dapat dihapus." in answer.text
    assert Renaksi.objects.exists()
