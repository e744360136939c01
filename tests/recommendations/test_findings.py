"""Consistency checks on evaluations and renaksi: each finds its fault and is quiet without it."""

from datetime import date
from decimal import Decimal

import pytest

from recommendations.models import Note, NotePhoto
from recommendations.selectors import findings
from sakip.consistency import keeping
from tests import factories

TODAY = date(2023, 10, 2)


@pytest.fixture
def find(units):
    """find(code) computes the findings of that rule."""

    def find(code):
        found = [one.finding for _, one in keeping.compute()]
        return [finding for finding in found if finding.code == code and finding.since <= TODAY]

    return find


@pytest.fixture
def earlier(units):
    """2021 under PermenPANRB 12/2015: printed 67,93 while the components add up to 67,94."""
    scores = ("23.75", "15.00", "11.22", "6.85", "11.12")
    return factories.make_evaluation(
        units.setda,
        2021,
        rubric=factories.make_rubric("PermenPANRB 12/2015"),
        scores=scores,
        reported_total=Decimal("67.93"),
        reported_grade="B",
    )


def test_a_printed_total_that_is_not_the_sum(earlier, find):
    [finding] = find("total-differs")
    assert (finding.printed, finding.computed) == ("67,93", "67,94")


def test_a_printed_grade_that_the_total_does_not_earn(evaluation, find):
    evaluation.reported_grade = "A"
    evaluation.save()
    [finding] = find("grade-differs")
    assert (finding.printed, finding.computed) == ("A", "BB")


def test_a_right_total_and_grade_are_not_mentioned(evaluation, find):
    evaluation.reported_total, evaluation.reported_grade = Decimal("73.90"), "BB"
    evaluation.save()
    assert find("total-differs") == find("grade-differs") == []


def test_a_score_above_its_weight(evaluation, find):
    evaluation.scores.filter(component__code="pelaporan").update(score=Decimal("10.01"))
    [finding] = find("score-above-weight")
    assert "Pelaporan Kinerja" in finding.message


def test_a_component_without_a_score(evaluation, find):
    evaluation.scores.filter(component__code="pelaporan").delete()
    assert len(find("score-missing")) == 1


def test_different_rubrics_and_printed_changes(earlier, evaluation, find):
    evaluation.scores.filter(component__code="pengukuran").update(reported_change=Decimal("0.20"))
    assert len(find("rubrics-differ")) == 1
    [finding] = find("score-change-differs")
    assert (finding.printed, finding.computed) == ("0,20", "-0,20")


def test_a_change_of_the_total_may_follow_the_printed_totals(earlier, evaluation, find):
    evaluation.reported_total, evaluation.reported_change = Decimal("73.90"), Decimal("5.97")
    evaluation.save()
    assert find("score-change-differs") == []
    evaluation.reported_change = Decimal("5.98")
    evaluation.save()
    [finding] = find("score-change-differs")
    assert (finding.printed, finding.computed) == ("5,98", "5,96")


@pytest.mark.parametrize(("status", "count"), [("open", 0), ("submitted", 1), ("done", 1)])
def test_sudah_without_evidence(recommendation, units, find, status, count):
    factories.make_renaksi(recommendation, units.organisasi, status=status)
    assert len(find("missing-evidence")) == count


def test_archived_evidence_proves_nothing(recommendation, units, find):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, status="done")
    evidence = factories.make_evidence(renaksi)
    assert find("missing-evidence") == []
    evidence.is_archived = True
    evidence.save()
    assert len(find("missing-evidence")) == 1


def test_a_follow_up_that_repeats_its_recommendation(recommendation, units, find):
    text = "<p>Pengusulan penyesuaian (<em>refocusing</em>) organisasi.</p>"
    recommendation.points.create(position=1, text=text)
    factories.make_renaksi(
        recommendation,
        units.organisasi,
        follow_up="<p>pengusulan penyesuaian (refocusing) organisasi</p>",
    )
    factories.make_renaksi(recommendation, units.organisasi, follow_up="<p>Telah diusulkan.</p>")
    assert [finding.object.split(" (")[0] for finding in find("repeats-recommendation")] == [
        "Renaksi 1.a"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Disarankan kepada Biro-biro untuk membuat analisa.</p>", True),
        ("<p>Laporan diusulkan sebagai dasar penyesuaian anggaran.</p>", True),
        ("<p>Biro akan menyusun laporan.</p>", True),
        ("<p>Dengan menambahkan unsur kinerja; setiap Biro mengajukan usulan.</p>", False),
    ],
)
def test_the_wording_of_a_proposal(recommendation, units, find, text, found):
    factories.make_renaksi(recommendation, units.organisasi, follow_up=text, status="submitted")
    assert bool(find("proposal-wording")) is found


def test_a_proposal_is_fine_while_nothing_is_claimed(recommendation, units, find):
    factories.make_renaksi(recommendation, units.organisasi, follow_up="<p>Akan disusun.</p>")
    assert find("proposal-wording") == []


@pytest.mark.parametrize(
    ("due", "status", "count"),
    [
        (date(2023, 10, 1), "open", 1),
        (TODAY, "open", 0),
        (date(2023, 10, 1), "done", 0),
        (None, "open", 0),
    ],
)
def test_a_due_date_that_has_passed(recommendation, units, find, due, status, count):
    factories.make_renaksi(recommendation, units.organisasi, due_date=due, status=status)
    assert len(find("overdue")) == count


def test_queries_do_not_grow_with_rows(recommendation, units, cast, django_assert_max_num_queries):
    for _ in range(20):
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    with django_assert_max_num_queries(10):
        assert list(findings.on_follow_up([recommendation.evaluation_id]))


def test_a_total_printed_with_one_decimal(evaluation, find):
    evaluation.scores.filter(component__code="pelaporan").update(score=Decimal("7.74"))
    evaluation.reported_total = Decimal("73.9")
    evaluation.save()
    assert find("total-differs") == []
    evaluation.reported_total = Decimal("73.8")
    evaluation.save()
    assert len(find("total-differs")) == 1


@pytest.mark.parametrize(
    ("statuses", "count"),
    [
        (["submitted", "submitted"], 1),
        (["submitted", "done"], 0),
        (["submitted", "open"], 0),
        (["submitted", "submitted", "not_actionable"], 1),
        (["submitted"], 0),
    ],
)
def test_all_sudah_and_none_verified(recommendation, units, find, statuses, count):
    for status in statuses:
        reason = "Dihapus" if status == "not_actionable" else ""
        factories.make_renaksi(
            recommendation, units.organisasi, status=status, not_actionable_reason=reason
        )
    assert len(find("none-verified")) == count


def test_captions_without_a_picture(recommendation, find):
    note = Note.objects.create(recommendation=recommendation, text="<p>Catatan.</p>")
    for caption, image in (("Rapat", ""), ("Bimbingan", ""), ("Foto", "catatan/foto.jpg")):
        NotePhoto.objects.create(note=note, caption=caption, image=image)
    [finding] = find("caption-without-picture")
    assert finding.message == "Keterangan gambar tanpa gambar: “Rapat”; “Bimbingan”."


def test_bad_sentences_are_found_in_notes_and_renaksi(recommendation, units, find):
    Note.objects.create(recommendation=recommendation, text="<p>Targetnya A (80 - 90).</p>")
    renaksi = factories.make_renaksi(
        recommendation, units.organisasi, follow_up="<p>Telah disusun dengan</p>"
    )
    assert [finding.record for finding in find("grade-interval")] == [recommendation]
    assert [finding.record for finding in find("broken-sentence")] == [renaksi]
    renaksi.steps.create(position=1, text="<p>rapat.</p>")
    assert find("broken-sentence") == []
