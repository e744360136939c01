"""What a comparison of scores says in sentences."""

from decimal import Decimal

import pytest

from recommendations.models import Evaluation
from recommendations.rules.score_comparison import compare
from recommendations.rules.score_sentences import course, sentences
from tests import factories

OF_2021 = ("23.75", "15.00", "11.22", "6.85", "11.12")


def told(unit):
    loaded = Evaluation.objects.filter(unit=unit).with_scores()
    current = loaded.order_by("-performance_year").first()
    return sentences(compare(current, loaded.before(current)))


@pytest.fixture
def earlier(units):
    return factories.make_evaluation(
        units.setda,
        2021,
        rubric=factories.make_rubric("12/2015", (30, 25, 15, 10, 20)),
        scores=OF_2021,
    )


def test_the_source_is_told_by_percent_of_weight(earlier, evaluation, units):
    evaluation.rubric.weights.filter(component__code="pengukuran").update(weight=20)
    assert told(units.setda) == [
        "Nilai 2022 naik 5,96 poin menjadi 73,90 (BB) dari 67,94 (B) pada 2021.",
        "Terhadap bobotnya, yang naik Capaian Kinerja (20,40 poin), Pengukuran Kinerja (14,00 poin), "
        "Pelaporan Kinerja (2,20 poin) dan Evaluasi Akuntabilitas Kinerja Internal (1,50 poin); yang "
        "turun Perencanaan Kinerja (5,17 poin).",
        "Nilai mentah Pengukuran Kinerja turun 0,20, tetapi bobotnya berubah dari 25,00 menjadi 20,00: "
        "terhadap bobot capaiannya naik 14,00 poin.",
        "Nilai mentah Pelaporan Kinerja turun 3,52, tetapi bobotnya berubah dari 15,00 menjadi 10,00: "
        "terhadap bobot capaiannya naik 2,20 poin.",
    ]


def test_the_same_scale_is_told_by_score(units):
    rubric = factories.make_rubric()
    factories.make_evaluation(
        units.dinas, 2021, rubric=rubric, scores=("20", "15", "10", "6", "10")
    )
    factories.make_evaluation(
        units.dinas, 2022, rubric=rubric, scores=("19", "15", "10", "7", "10")
    )
    assert told(units.dinas) == [
        "Nilai 2022 tetap 61,00 (B), sama dengan 2021.",
        "Menurut komponen, yang naik Evaluasi Akuntabilitas Kinerja Internal (1,00 poin); yang turun "
        "Perencanaan Kinerja (1,00 poin).",
    ]


def test_a_first_year_has_nothing_beside_it(evaluation, units):
    assert told(units.setda) == [
        "Nilai 2022 73,90 (BB); belum ada nilai tahun sebelumnya, sehingga belum dapat dibandingkan."
    ]


def test_a_missing_score_is_not_a_zero(earlier, evaluation, units):
    evaluation.scores.filter(component__code="capaian").delete()
    assert told(units.setda) == ["Nilai 2022 belum lengkap: belum semua komponen dinilai."]
    factories.make_evaluation(units.setda, 2023, rubric=earlier.rubric, scores=OF_2021)
    assert "nilai 2022 belum lengkap" in told(units.setda)[0]


def test_nothing_moved(earlier, units):
    rubric = earlier.rubric
    factories.make_evaluation(units.setda, 2022, rubric=rubric, scores=OF_2021)
    assert told(units.setda) == ["Nilai 2022 tetap 67,94 (B), sama dengan 2021."]


def test_the_page_says_it(earlier, evaluation, signed_in, cast):
    page = signed_in(cast.laila).get(evaluation.get_absolute_url()).content.decode()
    assert "naik 5,96 poin menjadi 73,90 (BB)" in page


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ([("2021", "60"), ("2022", "70")], None),
        ([("2020", "60"), ("2021", "61"), ("2022", "62")], "naik dua tahun berturut-turut"),
        ([("2019", "63"), ("2020", "62"), ("2021", "61"), ("2022", "60")], "turun tiga tahun berturut-turut"),
        ([("2018", "63"), ("2020", "62"), ("2022", "60")], "turun dua evaluasi berturut-turut"),
        ([("2019", "60"), ("2020", "61"), ("2021", "62"), ("2022", "60")], "turun pada 2022 setelah naik dua tahun berturut-turut"),
        ([("2020", "60"), ("2021", "61"), ("2022", "60")], "turun pada 2022 setelah naik pada 2021"),
        ([("2020", "60"), ("2021", "60.001"), ("2022", "60")], "tetap dua tahun berturut-turut"),
        ([("2020", "61"), ("2021", "60"), ("2022", "60")], "tetap pada 2022 setelah turun pada 2021"),
    ],
)  # fmt: skip
def test_several_years_tell_one_story(totals, words):
    told = course([(int(year), Decimal(total)) for year, total in totals])
    assert (told and told.words) == words


def test_the_course_lists_the_years_it_speaks_of():
    told = course(
        [(2018, Decimal(50)), (2019, Decimal(40)), (2020, Decimal(45)), (2021, Decimal(46))]
    )
    assert told.listed == "40,00 (2019), 45,00 (2020), dan 46,00 (2021)"
