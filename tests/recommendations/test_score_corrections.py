"""Once all scores of an LHE were recorded, a correction asks for a reason, which the history keeps."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import ComponentScore
from recommendations.services.evaluations import write_scores
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.browsing import fields_of
from tests.workbooks.books import plan_of, upload
from workbooks.compare.plan import RowOutcome
from workbooks.services import imports

ASKED = "Nilai LHE ini sudah lengkap tercatat. Tulis alasan perbaikannya."


@pytest.fixture
def url(evaluation):
    return reverse("recommendations:evaluation-scores", args=[evaluation.pk])


def first(evaluation):
    return str(evaluation.scores.first().score)


def test_a_correction_without_a_reason_is_refused_and_kept_on_the_page(
    signed_in, cast, evaluation, url
):
    client = signed_in(cast.kadir)
    page = fields_of(client.get(url)) | {"form-0-score": "21"}
    answer = client.post(url, page)
    assert ASKED in answer.text
    assert 'value="21"' in answer.text
    assert first(evaluation) == "22.20"
    assert client.post(url, page | {"reason": "  "}).status_code == 200
    assert client.post(url, page | {"reason": "Salah salin"}).status_code == 302
    assert first(evaluation) == "21.00"
    entry = HistoryEntry.objects.about(evaluation).get()
    assert (entry.action, entry.note) == ("score", "Salah salin")
    assert "Salah salin" in client.get(evaluation.get_absolute_url()).text


@pytest.mark.parametrize("change", [{"score": 21}, None, {"score": 22.2, "quality_score": 1}])
def test_each_change_of_a_score_is_one(cast, evaluation, change):
    component = evaluation.scores.first().component
    given = {"evaluation": evaluation, "scores": {component: change}, "actor": cast.kadir}
    with pytest.raises(ValidationError):
        write_scores(at=timezone.now(), **given)
    assert first(evaluation) == "22.20"


def test_a_remark_and_a_printed_change_are_none(cast, evaluation):
    component = evaluation.scores.first().component
    scores = {component: {"remark": "<p>Baik</p>", "reported_change": 1}}
    given = {"evaluation": evaluation, "actor": cast.kadir, "at": timezone.now()}
    assert write_scores(scores=scores, **given)


def test_nobody_is_asked_before_all_are_recorded(signed_in, cast, evaluation, url):
    ComponentScore.objects.filter(component__code="capaian").delete()
    client = signed_in(cast.kadir)
    page = fields_of(client.get(url))
    assert "reason" not in page
    changed = page | {"form-0-score": "21", "form-4-score": "15"}
    assert client.post(url, changed).status_code == 302
    assert "reason" in fields_of(client.get(url))


def book(*cells, head=()):
    labels = ["Perangkat daerah", "Tahun kinerja", *head]
    return upload({"LHE": [labels, ["Sekretariat Daerah", 2022, *cells]]})


SCORE, REASON = "Nilai Perencanaan Kinerja", "Alasan perbaikan"


@pytest.mark.parametrize("head", [(SCORE,), (SCORE, REASON)])
def test_a_workbook_is_asked_too(cast, evaluation, head):
    cells = (21, "")[: len(head)]
    (error,) = plan_of("evaluations", cast.kadir, book(*cells, head=head)).errors
    assert error.message == f"{ASKED} Kolomnya: “Alasan perbaikan”."


def test_a_workbook_with_a_reason_writes_it_into_the_history(cast, evaluation):
    file = book(21, "Salah salin", head=(SCORE, REASON))
    run = imports.start(kind="evaluations", upload=file, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    assert first(evaluation) == "21.00"
    entry = HistoryEntry.objects.about(evaluation).get()
    assert ["Alasan perbaikan", "-", "Salah salin"] in entry.in_words
    again = plan_of("evaluations", cast.kadir, book(21, "Salah salin", head=(SCORE, REASON)))
    assert again.count(RowOutcome.UNCHANGED) == 1
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert first(evaluation) == "22.20"


def test_a_workbook_that_completes_an_evaluation_needs_none(cast, evaluation):
    ComponentScore.objects.filter(component__code="capaian").delete()
    file = book(21, 15, head=(SCORE, "Nilai Capaian Kinerja"))
    assert plan_of("evaluations", cast.kadir, file).errors == []


def test_a_new_evaluation_needs_none(cast, evaluation):
    head = ["Perangkat daerah", "Tahun kinerja", "Tahun evaluasi", "Rubrik", SCORE]
    row = ["Sekretariat Daerah", 2023, 2024, evaluation.rubric.name, 21]
    assert plan_of("evaluations", cast.kadir, upload({"LHE": [head, row]})).errors == []


# ── Which LHE a change is measured against ──────────────────────────────────────────────────────
def test_it_is_the_nearest_earlier_one_with_scores_and_is_named(signed_in, cast, evaluation, units):
    make = factories.make_evaluation
    scores = ("20", "14", "7", "14", "15")
    older = make(units.setda, 2019, scores=scores, letter_number="700/19")
    make(units.setda, 2020)
    make(units.setda, 2021)
    make(units.dinas, 2021, scores=scores)
    page = signed_in(cast.kadir).get(evaluation.get_absolute_url()).text
    assert f'3,90 dibanding <a href="{older.get_absolute_url()}">LHE 2019</a>' in page
    assert "LHE 2019</a>, nomor 700/19" in page
    report = reverse("reports:report-preview", args=["score-comparison"])
    preview = signed_in(cast.kadir).get(f"{report}?evaluasi={evaluation.pk}").text
    assert "Dibandingkan dengan LHE tahun kinerja 2019, nomor 700/19." in preview
