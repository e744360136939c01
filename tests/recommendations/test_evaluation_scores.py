"""The scores of an evaluation, whole or in parts."""

from decimal import Decimal

import pytest

from recommendations.models import Component
from sakip.history.entries import HistoryEntry
from tests import factories


def url(evaluation):
    return f"/evaluasi/{evaluation.pk}/nilai/"


def typed(*scores, **fields):
    data = {"form-TOTAL_FORMS": len(scores), "form-INITIAL_FORMS": len(scores), "version": 0}
    data["reason"] = "Salah ketik"
    data |= {f"form-{index}-score": score for index, score in enumerate(scores)}
    return data | {name.replace("__", "-"): value for name, value in fields.items()}


def scores(evaluation):
    return {row.component.code: row.score for row in evaluation.scores.all()}


SAME = ("22,20", "14,80", "7,70", "14,00", "15,20")


def test_every_component_of_the_rubric_has_a_row_already_filled(signed_in, cast, evaluation):
    page = signed_in(cast.kadir).get(url(evaluation))
    assert page.text.count('<fieldset class="card-like score-row">') == 5
    assert 'value="22,20"' in page.text
    assert "bobot 30" in page.text


def test_scores_are_written_with_one_row_of_history(signed_in, cast, evaluation):
    answer = signed_in(cast.kadir).post(
        url(evaluation),
        typed("21,5", *SAME[1:], **{"form-0-remark": "<p>Target <em>achievable</em></p>"}),
    )
    assert answer.url == evaluation.get_absolute_url()
    assert scores(evaluation)["perencanaan"] == Decimal("21.50")
    assert evaluation.scores.first().remark == "<p>Target <em>achievable</em></p>"
    [entry] = HistoryEntry.objects.about(evaluation)
    assert entry.action == "score"
    assert entry.in_words == [
        ["Perencanaan Kinerja · Nilai", "22,20", "21,50"],
        ["Perencanaan Kinerja · Catatan evaluator", "-", "Target achievable"],
    ]


def test_an_emptied_score_is_taken_away(signed_in, cast, evaluation):
    signed_in(cast.kadir).post(url(evaluation), typed(*SAME[:4], ""))
    assert "capaian" not in scores(evaluation)
    [entry] = HistoryEntry.objects.about(evaluation)
    assert entry.in_words == [["Capaian Kinerja · Nilai", "15,20", "-"]]


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        (
            "20,01",
            "Nilai Pengukuran Kinerja 20,01 melebihi bobotnya. Tulis paling banyak 20,00.",
        ),
        ("14.800", "dapat dibaca dua cara. Tulis 14800 atau 14,8."),
        ("-1", "Tulis angka paling kecil 0."),
        ("dua", "bukan angka yang dikenal"),
    ],
)
def test_nonsense_is_refused_and_the_rest_kept(signed_in, cast, evaluation, score, sentence):
    page = signed_in(cast.kadir).post(
        url(evaluation), typed("21", score, *SAME[2:], **{"form-0-remark": "<p>Tetap ada</p>"})
    )
    assert sentence in page.text
    assert f'value="{score}"' in page.text
    assert "Tetap ada" in page.text
    assert scores(evaluation)["perencanaan"] == Decimal("22.20")


def test_half_a_point_is_read_and_the_weight_itself_is_allowed(signed_in, cast, evaluation):
    signed_in(cast.kadir).post(url(evaluation), typed("30", "17,5", *SAME[2:]))
    assert scores(evaluation)["perencanaan"] == 30
    assert scores(evaluation)["pengukuran"] == Decimal("17.5")


def test_a_remark_alone_asks_for_the_score(signed_in, cast, evaluation):
    page = signed_in(cast.kadir).post(
        url(evaluation), typed(*SAME[:4], "", **{"form-4-remark": "<p>Baik</p>"})
    )
    assert "Tulis nilai Capaian Kinerja." in page.text


def test_what_the_browser_says_of_the_number_of_rows_is_ignored(signed_in, cast, evaluation):
    data = typed(*SAME) | {"form-TOTAL_FORMS": "900"}
    assert signed_in(cast.kadir).post(url(evaluation), data).status_code == 302


@pytest.fixture
def in_parts(units):
    shares = {"existence_share": 20, "quality_share": 30, "use_share": 50}
    rubric = factories.make_rubric("88/2021", (60, 40), existence_label="Pemenuhan", **shares)
    return factories.make_evaluation(units.setda, 2023, rubric=rubric)


def parts(*values):
    names = ("existence_score", "quality_score", "use_score")
    return {f"form-0-{name}": value for name, value in zip(names, values, strict=True)}


def test_three_parts_make_the_score(signed_in, cast, in_parts):
    page = signed_in(cast.kadir).get(url(in_parts))
    assert "Pemenuhan" in page.text
    assert "Bobot 12,00" in page.text
    signed_in(cast.kadir).post(url(in_parts), typed("", "") | parts("10", "15,5", "20"))
    row = in_parts.scores.get()
    assert (row.component.code, row.score) == ("perencanaan", Decimal("45.5"))
    assert row.quality_score == Decimal("15.5")


@pytest.mark.parametrize(
    ("score", "values", "sentence"),
    [
        ("", ("10", "", "20"), "Isi ketiga bagian, atau kosongkan ketiganya."),
        ("45", ("10", "15", "21"), "tidak sama dengan jumlah bagiannya, 46,00."),
        (
            "",
            ("10", "18,5", "20"),
            "Bagian kualitas dari Perencanaan Kinerja 18,50 melebihi bobotnya. "
            "Tulis paling banyak 18,00.",
        ),
    ],
)
def test_parts_that_do_not_fit_are_refused(signed_in, cast, in_parts, score, values, sentence):
    page = signed_in(cast.kadir).post(url(in_parts), typed(score, "") | parts(*values))
    assert sentence in page.text
    assert not in_parts.scores.exists()


def test_the_service_refuses_what_the_form_never_sends(cast, evaluation):
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from recommendations.services.evaluations import write_scores

    component = Component.objects.get(code="pengukuran")
    with pytest.raises(ValidationError, match="melebihi bobotnya"):
        write_scores(
            evaluation=evaluation,
            actor=cast.kadir,
            at=timezone.now(),
            scores={component: {"score": Decimal("20.01")}},
        )
    assert scores(evaluation)["pengukuran"] == Decimal("14.80")
