"""Scores and rubrics that two coordinators have open: the second reads both and loses nothing."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Component
from recommendations.services import evaluations as services
from recommendations.services.follow_up_bands import save_follow_up_bands
from sakip.editing import StaleEdit
from tests import factories
from tests.browsing import fields_of


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


def address(name, record):
    return reverse(f"recommendations:{name}", args=[record.pk])


def opened(client, url):
    return fields_of(client.get(url))


@pytest.fixture
def lhe(units):
    return factories.make_evaluation(units.setda, 2022, scores=("20", "15"))


@pytest.fixture
def rubric(units):
    """Of the body itself, and no score was given by it yet."""
    return factories.make_rubric("Rubrik Setda", unit=units.setda)


# ── Scores ──────────────────────────────────────────────────────────────────────────────────────
def test_an_older_page_with_an_empty_field_takes_no_score_away(kadir, lhe):
    url = address("evaluation-scores", lhe)
    old, new = opened(kadir, url), opened(kadir, url) | {"form-2-score": "9"}
    assert kadir.post(url, new).status_code == 302
    answer = kadir.post(url, old | {"form-4-score": "18", "form-0-remark": "<p>Tajam</p>"})
    assert answer.status_code == 409
    for words in ("Yang tersimpan sekarang", "Nilai: 9,00", 'value="18"', "Tajam"):
        assert words in answer.text
    assert list(lhe.scores.values_list("score", flat=True)) == [20, 15, 9]


def test_having_read_both_one_may_save(kadir, lhe):
    url = address("evaluation-scores", lhe)
    old = opened(kadir, url) | {"form-4-score": "18"}
    kadir.post(url, opened(kadir, url) | {"form-2-score": "9"})
    again = fields_of(kadir.post(url, old)) | {"form-2-score": "9"}
    assert kadir.post(url, again).status_code == 302
    assert list(lhe.scores.values_list("score", flat=True)) == [20, 15, 9, 18]


def test_the_same_scores_twice_are_no_conflict(kadir, lhe):
    url = address("evaluation-scores", lhe)
    page = opened(kadir, url) | {"form-2-score": "9"}
    assert [kadir.post(url, page).status_code for _ in range(2)] == [302, 302]
    lhe.refresh_from_db()
    assert lhe.version == 1


def test_sheet_and_scores_of_one_lhe_know_of_each_other(kadir, lhe):
    sheet, scores = address("evaluation-edit", lhe), address("evaluation-scores", lhe)
    old_sheet = opened(kadir, sheet) | {"subject": "Hasil"}
    old_scores = opened(kadir, scores) | {"form-2-score": "9"}
    assert kadir.post(scores, old_scores).status_code == 302
    assert kadir.post(sheet, old_sheet).status_code == 409
    now = opened(kadir, scores) | {"form-3-score": "8"}
    assert kadir.post(sheet, fields_of(kadir.post(sheet, old_sheet))).status_code == 302
    assert kadir.post(scores, now).status_code == 409


def test_a_page_without_its_version_is_asked_to_be_opened_again(kadir, lhe):
    url = address("evaluation-scores", lhe)
    page = opened(kadir, url)
    del page["version"]
    assert "Halaman ini sudah usang" in kadir.post(url, page | {"form-0-score": "1"}).text
    assert lhe.scores.first().score == 20


def test_what_was_typed_stays_with_its_component_when_the_rubric_changes(kadir, lhe):
    url = address("evaluation-scores", lhe)
    page = opened(kadir, url) | {"form-2-score": "9", "form-4-score": "18"}
    lhe.rubric.weights.filter(component__code="evaluasi-internal").delete()
    lhe.rubric.weights.filter(component__code="perencanaan").update(position=9)
    assert kadir.post(url, page).status_code == 302
    assert dict(lhe.scores.values_list("component__code", "score")) == {
        "perencanaan": 20, "pengukuran": 15, "pelaporan": 9, "capaian": 18
    }  # fmt: skip


def test_what_the_service_refuses_stands_beside_its_component(kadir, lhe, monkeypatch):
    """As when somebody lowers a weight in the same moment."""
    monkeypatch.setattr("recommendations.forms.evaluations.score_problems", lambda *_: {})
    url = address("evaluation-scores", lhe)
    answer = kadir.post(url, opened(kadir, url) | {"form-1-score": "25,5"})
    assert answer.status_code == 200
    row = answer.context["formset"].forms[1]
    assert row.errors["score"] == [
        "Nilai Pengukuran Kinerja 25,50 melebihi bobotnya. Tulis paling banyak 25,00."
    ]
    assert 'value="25,5"' in answer.text


def test_a_broken_rule_of_the_database_is_a_sentence_beside_its_component(kadir, lhe, monkeypatch):
    monkeypatch.setattr("recommendations.forms.evaluations.ScoreForm._add_up", lambda *_: None)
    lhe.rubric.existence_share, lhe.rubric.quality_share, lhe.rubric.use_share = 20, 30, 50
    lhe.rubric.save()
    url, parts = address("evaluation-scores", lhe), ("existence", "quality", "use")
    wrong = {"form-0-score": "9"} | {f"form-0-{part}_score": "2" for part in parts}
    answer = kadir.post(url, opened(kadir, url) | wrong)
    [sentence] = answer.context["formset"].forms[0].non_field_errors()
    assert sentence == "Nilai komponen harus sama dengan jumlah ketiga bagiannya."
    assert lhe.scores.first().score == 20


def test_the_most_that_is_asked_for_is_accepted(kadir, units):
    shares = {"existence_share": 20, "quality_share": 30, "use_share": 50}
    rubric = factories.make_rubric("Ganjil", ("25.55", "74.45"), **shares)
    component = rubric.weights.first().component
    parts = {"existence": Decimal("5.11"), "quality": Decimal("7.67"), "use": Decimal("12.77")}
    assert (
        services.score_problems(component, Decimal("25.55"), rubric, Decimal("25.55"), parts) == {}
    )
    [[sentence]] = services.score_problems(
        component, Decimal("25.55"), rubric, None, {"quality": Decimal("7.68")}
    ).values()
    assert "Tulis paling banyak 7,67." in sentence


# ── Rubrics ─────────────────────────────────────────────────────────────────────────────────────
def test_a_rubric_changed_meanwhile(kadir, rubric):
    url = address("rubric-edit", rubric)
    old = opened(kadir, url)
    weights = {"form-0-weight": "25", "form-1-weight": "30"}
    assert kadir.post(url, old | weights).status_code == 302
    answer = kadir.post(url, old | {"regulation": "Pergub 1/2026"})
    assert answer.status_code == 409
    for words in ("Bobot Perencanaan Kinerja", "Pergub 1/2026", 'value="30,00"'):
        assert words in answer.text
    assert rubric.weights.first().weight == 25
    assert kadir.post(url, fields_of(answer)).status_code == 302


def test_weights_and_bands_of_one_rubric_know_of_each_other(kadir, rubric):
    weights, bands = address("rubric-edit", rubric), address("rubric-bands", rubric)
    old = opened(kadir, bands) | {"follow_up_weight": "3"}
    kadir.post(weights, opened(kadir, weights) | {"regulation": "Pergub 1/2026"})
    answer = kadir.post(bands, old)
    assert answer.status_code == 409
    assert "Pita a" in answer.text and 'value="3"' in answer.text
    assert kadir.post(bands, fields_of(answer)).status_code == 302
    rubric.refresh_from_db()
    assert rubric.follow_up_weight == 3


def test_a_new_weight_stays_with_its_name_when_a_component_was_made_meanwhile(kadir, rubric):
    url = address("rubric-edit", rubric)
    typed = {"form-0-weight": "20", "form-5-name": "Inovasi", "form-5-weight": "10"}
    page = opened(kadir, url) | typed
    Component.objects.create(code="lain", name="Lain", position=9)
    assert kadir.post(url, page).status_code == 302
    weights = dict(rubric.weights.values_list("component__name", "weight"))
    assert weights["Inovasi"] == 10
    assert "Lain" not in weights


@pytest.mark.parametrize("version", [None, 1])
def test_services_compare_only_what_was_read(cast, lhe, rubric, version):
    about = {"actor": cast.kadir, "at": timezone.now(), "version": version}
    component = Component.objects.first()
    deeds = [
        lambda: services.edit_evaluation(evaluation=lhe, subject="Hasil", **about),
        lambda: services.write_scores(evaluation=lhe, scores={component: {"score": 1}}, **about),
        lambda: save_follow_up_bands(rubric=rubric, bands=(), follow_up_weight=1, **about),
    ]
    for deed in deeds[:2]:
        if version is None:
            deed()
        else:
            with pytest.raises(StaleEdit):
                deed()
    with pytest.raises(ValidationError):
        deeds[2]()
