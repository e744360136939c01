"""The fixtures: the source document to the last figure, and a demo in which every status can be seen."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone

from performance.models import Indicator, Objective, Realisation
from recommendations.models import (
    Evaluation,
    NotePhoto,
    Recommendation,
    Renaksi,
    Rubric,
    Step,
)
from recommendations.rules.grades import grade
from reports.models import TelaahStaf, TelaahStafBlock
from reports.seed.source import load_source, sentence
from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Official, Unit, User

TODAY = date(2026, 3, 2)

# Copied by hand: 2020, 2021, 2022, 2023, printed change, owner.
INDICATORS = {
    (1, 1): (None, "2.77", "3.51", "3.51", "0.00", "Biro Pemerintahan dan Otonomi Daerah"),
    (1, 2): ("90.00", "85.00", "90.00", "95.00", "5.55", "Biro Pemerintahan dan Otonomi Daerah"),
    (1, 3): ("85.00", "85.00", "100.00", "100.00", "0.00", "Biro Kesejahteraan Rakyat"),
    (1, 4): ("100.00", "99.86", "102.00", "101.59", "-0.40", "Biro Hukum"),
    (2, 1): (None, "90.00", "96.77", "100.00", "3.34", "Biro Perekonomian"),
    (2, 2): (None, "98.40", "97.24", "96.63", "-0.63", "Biro Administrasi Pembangunan"),
    (2, 3): (None, "74.13", "64.30", "70.55", "9.72", "Biro Pengadaan Barang dan Jasa"),
    (3, 1): ("78.38", "75.68", "89.19", "97.30", "9.09", "Biro Organisasi"),
    (3, 2): ("65.64", "68.14", "71.53", "88.48", "23.70", "Biro Organisasi"),
    (4, 1): ("62.34", "72.67", "85.11", "87.06", "2.29", "Biro Organisasi"),
    (4, 2): ("81.00", "79.81", "83.38", "84.26", "1.08", "Biro Umum"),
    (4, 3): ("83.00", "85.24", "85.78", "86.29", "0.59", "Biro Administrasi Pimpinan"),
}
# Weight and score of 2021, weight, score and printed change of 2022.
SCORES = {
    "Perencanaan Kinerja": ("30", "23.75", "30", "22.20", "-1.55"),
    "Pengukuran Kinerja": ("25", "15.00", "20", "14.80", "-0.20"),
    "Pelaporan Kinerja": ("15", "11.22", "10", "7.70", "-3.52"),
    "Evaluasi Akuntabilitas Kinerja Internal": ("10", "6.85", "20", "14.00", "7.15"),
    "Capaian Kinerja": ("20", "11.12", "20", "15.20", "4.08"),
}
EVERY_MODEL = (Unit, User, Evaluation, Recommendation, Renaksi, Indicator, Realisation, TelaahStaf)


def counts():
    return {model: model.objects.count() for model in (*EVERY_MODEL, Rubric, HistoryEntry)}


def decimal(text):
    return None if text is None else Decimal(text)


# ── The source document ─────────────────────────────────────────────────────────────────────────
def test_source_is_whole(source):
    assert Evaluation.objects.count() == 2
    assert list(Recommendation.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert list(Renaksi.objects.values_list("recommendation__number", flat=True)) == [
        *(1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
    ]
    assert Objective.objects.count() == 4
    assert Indicator.objects.count() == 12
    assert Step.objects.filter(renaksi__recommendation__number=2, renaksi__position=1).count() == 2
    assert [photo.image.name for photo in NotePhoto.objects.all()] == ["", "", ""]
    assert Recommendation.objects.filter(note__isnull=False).count() == 5
    assert [row.points.count() for row in Recommendation.objects.all()] == [0, 3, 2, 0, 0]


def test_marks_are_the_bodys_own_claim(source):
    assert set(Renaksi.objects.values_list("status", flat=True)) == {Renaksi.Status.SUBMITTED}
    for renaksi in Renaksi.objects.all():
        entry = HistoryEntry.objects.about(renaksi).get(action="submit")
        assert entry.actor is None
        assert entry.in_words == [["Status", "Belum", "Menunggu reviu"]]
        assert "pernyataan perangkat daerah sendiri" in entry.note


def test_indicator_figures_equal_the_document(source):
    printed = {}
    for indicator in Indicator.objects.prefetch_related("realisations"):
        rows = {row.year: row for row in indicator.realisations.all()}
        values = [rows[year].value for year in range(2020, 2024)]
        figures = (*values, rows[2023].reported_change)
        place = (indicator.objective.number, indicator.number)
        printed[place] = (*figures, str(indicator.owner_unit))
        assert rows[2020].missing == ("" if values[0] else Realisation.Missing.UNKNOWN)
    assert printed == {
        place: (*map(decimal, row[:-1]), row[-1]) for place, row in INDICATORS.items()
    }


def test_marks_and_annotations_of_indicators(source):
    skor = Realisation.objects.get(mark="*")
    assert (skor.indicator.name[-7:], skor.year) == ("(EKPPD)", 2023)
    assert skor.footnote == "Skor EKPPD tahun 2022"
    assert skor.is_carried_over
    assert skor.indicator.year_to == 2023
    ranked = Realisation.objects.filter(annotation="peringkat 4")
    assert {row.indicator.name for row in ranked} == {"Indeks Kelembagaan"}
    assert ranked.count() == 4


def test_scores_equal_the_document(source):
    earlier, later = Evaluation.objects.order_by("performance_year")
    for name, (weight, score, later_weight, later_score, change) in SCORES.items():
        for evaluation, expected in (
            (earlier, (weight, score, None)),
            (later, (later_weight, later_score, change)),
        ):
            row = evaluation.scores.get(component__name=name)
            assert row.score == Decimal(expected[1])
            assert row.reported_change == decimal(expected[2])
            assert evaluation.rubric.weights.get(component__name=name).weight == int(expected[0])
    assert (earlier.reported_total, earlier.reported_grade) == (Decimal("67.93"), "B")
    assert (later.reported_total, later.reported_grade) == (Decimal("73.90"), "BB")
    assert later.reported_change == Decimal("5.97")
    assert grade(later.reported_total) == "BB"
    assert later.letter_number == "700.1.2.1/2753/Itprov-II"
    assert later.letter_date == date(2023, 9, 5)


def test_three_rubrics_add_up_to_100(source):
    for rubric in Rubric.objects.all():
        assert sum(row.weight for row in rubric.weights.all()) == 100
    assert {rubric.name: rubric.weights.count() for rubric in Rubric.objects.all()} == {
        "PermenPANRB 12/2015": 5,
        "PermenPANRB 88/2021": 4,
        "Perkiraan bobot evaluasi 2023": 5,
    }
    estimate = Rubric.objects.get(is_estimate=True)
    assert "perlu konfirmasi" in estimate.regulation
    assert estimate.evaluations.get().performance_year == 2022


def test_telaah_staf_embeds_its_tables(source):
    telaah_staf = TelaahStaf.objects.get()
    assert telaah_staf.date == date(2023, 10, 2)
    assert [section.heading for section in telaah_staf.sections.all()] == [
        "Persoalan",
        "Praanggapan",
        "Fakta-fakta yang mempengaruhi",
        "Analisis",
        "Kesimpulan/Saran",
    ]
    kinds = [block.kind for section in telaah_staf.sections.all() for block in section.blocks.all()]
    assert kinds.count("score_comparison") == 1
    assert kinds.count("follow_up_table") == 2
    broken = TelaahStafBlock.objects.get(is_incomplete=True)
    assert broken.text.endswith("kinerja khususnya pada</p>")
    assert Official.objects.get().printed_nip == "19710808 199103 2 007"
    assert Letterhead.objects.get().body == "SEKRETARIAT DAERAH"


def test_italics_are_kept(source):
    point = Recommendation.objects.get(number=2).points.first()
    assert "<em>reward</em> dan <em>punishment</em>" in point.text
    assert '"<em>Best Employee</em>"' in Step.objects.first().text
    assert "(<em>achievable</em>)" in Recommendation.objects.get(number=1).text


@pytest.mark.parametrize(
    "fault",
    [
        "dan dan",
        "Rentra",
        "money renaksi",
        "Pra Anggaran",
        "structural",
        "dilingkup",
        '"00.1.2.1',
        " 00.1.2.1",
        "3. Laporan",
        "4. Evaluasi",
        "5. Capaian",
    ],
)
def test_faults_are_mended(fault):
    assert fault not in source_text()


@pytest.mark.parametrize(
    "printed", ["efektifitas", "eviden ", "A (80 - 90)", "67.93", "5.55", "1.08", "perlu pemaham"]
)
def test_what_the_document_prints_otherwise_is_kept(printed):
    assert printed in source_text()


def test_letters_and_numbers_are_not_typed():
    assert re.findall(r"<p>\s*(?:[a-z]\.|\(?\d+[.)])\s", source_text()) == []


def source_text():
    return (settings.BASE_DIR / "fixtures" / "source.json").read_text(encoding="utf-8")


# ── Loading again ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("model", "found", "changed"),
    [
        (Unit, {"code": "biro-hukum"}, {"name": "Biro Hukum dan HAM"}),
        (Unit, {"code": "biro-hukum"}, {"code": "B.Huk", "is_active": False}),
        (Rubric, {"is_estimate": True}, {"name": "Pergub 26/2022", "is_estimate": False}),
        (Official, {}, {"position": "Asisten Administrasi Umum"}),
        (Renaksi, {"recommendation__number": 4}, {"follow_up": "<p>Diubah orang.</p>"}),
        (Realisation, {"mark": "*"}, {"value": Decimal("3.6"), "mark": ""}),
        (Indicator, {"name": "Indeks Kelembagaan"}, {"name": "Indeks Kelembagaan Daerah"}),
        (Indicator, {"name": "Indeks Kelembagaan"}, {"number": 7}),
        (TelaahStaf, {}, {"number": "000.7.6/2059/B.Adpim-I"}),
    ],
)
def test_loading_again_keeps_what_people_changed(source, model, found, changed):
    row = model.objects.get(**found)
    model.objects.filter(pk=row.pk).update(**changed)
    before = counts()
    assert not load_source(at=timezone.now())
    assert counts() == before
    assert model.objects.filter(pk=row.pk, **changed).exists()


def test_a_recommendation_deleted_by_people_does_not_come_back(source):
    recommendation = Recommendation.objects.get(number=5)
    recommendation.renaksi.all().delete()
    recommendation.delete()
    load_source(at=timezone.now())
    assert not Recommendation.objects.filter(number=5).exists()


def test_nothing_new_is_said_so():
    assert sentence({}) == "Semua data sudah ada; tidak ada yang diubah."
