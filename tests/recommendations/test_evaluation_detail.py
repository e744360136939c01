"""One evaluation: computed and printed figures, both years, its recommendations."""

from decimal import Decimal

import pytest

from tests import factories


@pytest.fixture
def earlier(units, evaluation):
    rubric = factories.make_rubric("PermenPANRB 12/2015", (30, 25, 15, 10, 20))
    scores = ("23.75", "15.00", "11.22", "6.85", "11.12")
    reported = {"reported_total": Decimal("67.93"), "reported_grade": "B"}
    return factories.make_evaluation(units.setda, 2021, rubric=rubric, scores=scores, **reported)


def page(client, evaluation):
    answer = client.get(evaluation.get_absolute_url())
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_printed_and_computed_totals_stand_side_by_side(signed_in, cast, evaluation, earlier):
    text = page(signed_in(cast.laila), evaluation)
    assert "Nilai 2021 tercetak 67,93, sedangkan jumlah nilai komponennya 67,94." in text
    assert "Berbeda" in text
    assert "selisih 5,96 dibanding <a" in text
    assert ">LHE 2021</a>" in text


def test_differing_weights_are_told_with_the_percent_of_weight(
    signed_in, cast, evaluation, earlier
):
    text = page(signed_in(cast.laila), evaluation)
    assert "membandingkan skala yang berbeda" in text
    assert "Persen dari bobot" in text
    assert "Bobot dalam rubrik “Perkiraan” adalah perkiraan" in text
    assert "14,00</td>" in text  # points that Pengukuran Kinerja gained


def test_the_first_evaluation_has_no_year_beside_it(signed_in, cast, earlier):
    text = page(signed_in(cast.laila), earlier)
    assert "Persen dari bobot" not in text
    assert "Naik/turun" not in text


def test_remarks_and_status_counts_are_listed(signed_in, cast, evaluation, recommendation, units):
    evaluation.scores.filter(component__code="capaian").update(remark="<p>Data <em>baik</em></p>")
    for status in ("submitted", "submitted", "open"):
        factories.make_renaksi(recommendation, units.organisasi, status=status)
    text = page(signed_in(cast.dewi), evaluation)
    assert "Data <em>baik</em>" in text
    assert "2 × Menunggu reviu" in text
    assert "Hanya tindak lanjut unit Anda" not in text


def test_an_operator_reads_it_without_the_coordinators_buttons(
    signed_in, cast, evaluation, renaksi
):
    text = page(signed_in(cast.umar), evaluation)
    assert "Hanya tindak lanjut unit Anda yang ditampilkan." in text
    assert f"/evaluasi/{evaluation.pk}/ubah/" not in text
    assert "Telaah Staf" not in text


def test_reports_are_one_click_away(signed_in, cast, evaluation):
    text = page(signed_in(cast.laila), evaluation)
    for format in ("pdf", "xlsx", "csv"):
        assert f"/laporan/score-comparison/unduh/{format}/?evaluasi={evaluation.pk}" in text
