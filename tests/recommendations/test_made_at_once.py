"""Twenty who save the same at the same moment: one record, and the same answer or a sentence for the others."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from performance.models import FigureEvidence, Indicator, Objective, Target
from recommendations.models import Component, Evaluation, Recommendation, Renaksi, Rubric
from tests import factories
from tests.browsing import fields_of
from tests.parallel import at_once as at_once
from tests.recommendations import files

TIMES = 20


@pytest.fixture
def send(at_once, cast):
    """send(url, fields) posts them twenty times at once as Kadir; gives how often which status came."""
    visitor = Client()
    visitor.force_login(cast.kadir)
    cookies = visitor.cookies

    def press(url, fields, make=dict):
        form = fields_of(visitor.get(url))

        def post():
            client = Client(raise_request_exception=False)
            client.cookies = cookies.copy()
            answer = client.post(url, form | fields | make())
            return answer.status_code, "error-summary" in answer.text

        return Counter(at_once(TIMES, post))

    return press


# All are led to what the first has made; without the key the others would read that it exists.
ONE = Counter({(302, False): TIMES})


def test_a_rubric_with_a_new_component(send, at_once, units):
    factories.make_component()
    fields = {"name": "Rubrik", "regulation": "Pergub", "form-0-weight": "90"}
    fields |= {"form-1-name": "Inovasi", "form-1-weight": "10"}
    assert send(reverse("recommendations:rubric-create"), fields) == ONE
    assert at_once(1, lambda: (Rubric.objects.count(), Component.objects.count())) == [(1, 2)]


def test_different_rubrics_with_the_same_new_component(send, at_once, units):
    """No two collide but in the component, which is made once."""
    factories.make_component()
    fields = {"regulation": "Pergub", "form-0-weight": "90"}
    fields |= {"form-1-name": "Inovasi", "form-1-weight": "10"}
    url = reverse("recommendations:rubric-create")
    answers = send(
        url, fields | {"kunci": ""}, lambda: {"name": f"Rubrik {next(factories.serial)}"}
    )
    assert answers == Counter({(302, False): TIMES})
    assert at_once(1, lambda: (Rubric.objects.count(), Component.objects.count())) == [(TIMES, 2)]


def test_an_evaluation(send, at_once, units):
    rubric = factories.make_rubric()
    fields = {"unit": units.setda.pk, "rubric": rubric.pk}
    fields |= {"performance_year": "2022", "evaluation_year": "2023"}
    assert send(reverse("recommendations:evaluation-create"), fields) == ONE
    assert at_once(1, Evaluation.objects.count) == [1]


def test_scores(send, at_once, units):
    lhe = factories.make_evaluation(units.setda)
    url = reverse("recommendations:evaluation-scores", args=[lhe.pk])
    assert send(url, {"form-0-score": "20", "form-1-score": "15"}) == Counter({(302, False): TIMES})
    assert at_once(1, lambda: (lhe.scores.count(), Evaluation.objects.get().version)) == [(2, 1)]


def test_a_recommendation(send, at_once, evaluation):
    url = reverse("recommendations:recommendation-create", args=[evaluation.pk])
    assert send(url, {"text": "<p>Susun pohon kinerja.</p>"}) == ONE
    assert at_once(1, Recommendation.objects.count) == [1]


def test_a_recommendation_is_deleted_once(send, at_once, recommendation):
    url = reverse("recommendations:recommendation-delete", args=[recommendation.pk])
    answers = Counter(status for status, _ in send(url, {}).elements())
    assert answers[302] == 1
    assert set(answers) <= {302, 404, 409}


def test_a_renaksi(send, at_once, recommendation, units):
    url = reverse("recommendations:renaksi-create", args=[recommendation.pk])
    fields = {"plan": "<p>Susun</p>", "lead_unit": units.umum.pk}
    assert send(url, fields) == ONE
    positions = Renaksi.objects.values_list("position", flat=True)
    assert at_once(1, lambda: list(positions)) == [[1]]


def test_renaksi_that_only_read_the_same(send, at_once, recommendation, units):
    url = reverse("recommendations:renaksi-create", args=[recommendation.pk])
    fields = {"plan": "<p>Susun</p>", "lead_unit": units.umum.pk, "kunci": ""}
    assert send(url, fields) == Counter({(302, False): TIMES})
    positions = Renaksi.objects.order_by("position").values_list("position", flat=True)
    assert at_once(1, lambda: list(positions)) == [list(range(1, TIMES + 1))]


def test_a_renaksi_is_deleted_once(send, at_once, recommendation, units):
    renaksi = factories.make_renaksi(recommendation, units.umum)
    url = reverse("recommendations:renaksi-delete", args=[renaksi.pk])
    answers = Counter(status for status, _ in send(url, {}).elements())
    assert answers[302] == 1
    assert set(answers) <= {302, 404, 409}


def test_an_objective(send, at_once, units):
    fields = {"unit": units.setda.pk, "number": "1", "name": "Tata kelola"}
    fields |= {"sources-0-year": "2023", "sources-0-text": "data Biro"}
    assert send(reverse("performance:objective-create"), fields) == ONE
    assert at_once(1, Objective.objects.count) == [1]


def test_an_indicator(send, at_once, units):
    objective = factories.make_objective(units.setda)
    fields = {"name": "Indeks", "measure": "Indeks", "owner_unit": units.umum.pk}
    url = reverse("performance:indicator-create", args=[objective.pk])
    assert send(url, fields) == ONE
    assert at_once(1, Indicator.objects.count) == [1]


def test_figures_of_a_year(send, at_once, units):
    indicator = factories.make_indicator(factories.make_objective(units.setda), units.umum)
    url = reverse("performance:realisation-edit", args=[indicator.pk, 2023])
    answers = Counter(
        status for status, _ in send(url, {"value": "80", "target-value": "85"}).elements()
    )
    assert answers == Counter({302: 1, 409: TIMES - 1})
    assert at_once(1, lambda: (indicator.realisations.count(), Target.objects.count())) == [(1, 1)]


def test_proof_of_a_figure(send, at_once, units, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(objective, units.umum, values={2023: 80})
    url = reverse("performance:figure-evidence-add", args=[indicator.pk, 2023])
    assert send(url, {}, lambda: {"file": files.upload()}) == ONE
    assert at_once(1, FigureEvidence.objects.count) == [1]
