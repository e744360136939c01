"""The letter of an LHE as a file, and its revision: the old version stays readable, follow-ups stay."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Evaluation, EvaluationLetter, EvaluationRevision
from recommendations.services.evaluations import delete_evaluation, write_scores
from recommendations.services.recommendations import edit_recommendation
from recommendations.services.revisions import revise_evaluation
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.browsing import fields_of
from tests.recommendations import files


def address(name, *args):
    return reverse(f"recommendations:{name}", args=args)


def by(person):
    return {"actor": person, "at": timezone.now()}


def pdf(name="LHE.pdf", content=files.PDF):
    return files.upload(name, content)


def attach(client, evaluation, file):
    return client.post(address("letter-attach", evaluation.pk), {"file": file})


# ── The letter ──────────────────────────────────────────────────────────────────────────────────
def test_a_letter_is_attached_and_shown(signed_in, cast, evaluation):
    client = signed_in(cast.kadir)
    assert attach(client, evaluation, pdf()).url == evaluation.get_absolute_url()
    letter = EvaluationLetter.objects.get()
    assert letter.file.name.startswith("lhe/")
    assert "LHE" not in letter.file.name
    page = client.get(evaluation.get_absolute_url()).text
    assert letter.get_absolute_url() in page
    answer = client.get(letter.get_absolute_url())
    assert b"".join(answer) == files.PDF
    assert answer["Content-Type"] == "application/pdf"
    entry = HistoryEntry.objects.about(evaluation).get()
    assert entry.in_words == [["Berkas surat LHE", "-", "LHE.pdf"]]


def test_a_replaced_letter_is_kept(signed_in, cast, evaluation):
    client = signed_in(cast.kadir)
    attach(client, evaluation, pdf())
    attach(client, evaluation, pdf("Baru.pdf", files.PDF + b"% baru"))
    assert list(evaluation.letters.values_list("number", "original_name")) == [
        (2, "Baru.pdf"),
        (1, "LHE.pdf"),
    ]
    older = client.get(address("letter-file", evaluation.pk, 1))
    assert b"".join(older) == files.PDF
    again = attach(client, evaluation, pdf("Lagi.pdf", files.PDF + b"% baru"))
    assert "sudah menjadi surat LHE ini" in again.text
    assert evaluation.letters.count() == 2


def test_the_guard_of_uploads_looks_at_it(signed_in, cast, evaluation):
    answer = attach(signed_in(cast.kadir), evaluation, pdf(content=b"<html>"))
    assert "bukan PDF yang sebenarnya" in answer.text
    assert not EvaluationLetter.objects.exists()


def test_only_who_sees_the_evaluation_gets_the_file(signed_in, cast, evaluation):
    attach(signed_in(cast.kadir), evaluation, pdf())
    url = address("letter-file", evaluation.pk, 1)
    for person, status in ((cast.rina, 200), (cast.laila, 200), (cast.dewi, 200), (cast.sari, 404)):
        answer = signed_in(person).get(url)
        assert answer.status_code == status
        b"".join(answer)
    assert attach(signed_in(cast.sari), evaluation, pdf()).status_code == 404
    assert attach(signed_in(cast.rina), evaluation, pdf()).status_code == 403


def test_it_goes_with_a_deleted_evaluation(
    signed_in, cast, evaluation, django_capture_on_commit_callbacks
):
    attach(signed_in(cast.kadir), evaluation, pdf())
    file = EvaluationLetter.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        delete_evaluation(evaluation=evaluation, **by(cast.kadir))
    assert not file.storage.exists(file.name)


# ── The revision ────────────────────────────────────────────────────────────────────────────────
NEW = {"letter_number": "700/9-Rev", "letter_date": "5 Desember 2023", "reason": "Hasil sanggahan"}


@pytest.fixture
def issued(evaluation, renaksi, cast):
    Evaluation.objects.update(letter_number="700/1", letter_date=date(2023, 9, 5))
    renaksi.recommendation.points.create(position=1, text="<p>Butir semula</p>")
    evaluation.refresh_from_db()
    return evaluation


def test_it_is_recorded_and_the_old_version_stays_readable(signed_in, cast, issued, renaksi):
    client = signed_in(cast.kadir)
    attach(client, issued, pdf())
    url = address("revision-create", issued.pk)
    page = fields_of(client.get(url))
    assert (page["letter_number"], page["letter_date"]) == ("", "")
    answer = client.post(url, page | NEW | {"file": pdf("Rev.pdf", files.PDF + b"% rev")})
    assert answer.url == address("evaluation-scores", issued.pk)
    issued.refresh_from_db()
    assert (issued.letter_number, issued.letter_date) == ("700/9-Rev", date(2023, 12, 5))
    reason = fields_of(client.get(answer.url))["reason"].strip()
    assert reason == "Menurut LHE revisi nomor 700/9-Rev."

    component = issued.scores.first().component
    given = {"evaluation": issued, "scores": {component: {"score": 25}}, "reason": reason}
    write_scores(**given, **by(cast.kadir))
    recommendation = renaksi.recommendation
    change = {"recommendation": recommendation, "version": 0, "text": "<p>Menurut revisi</p>"}
    edit_recommendation(**change, points=[], **by(cast.kadir))

    frozen = EvaluationRevision.objects.get()
    old = client.get(frozen.get_absolute_url()).text
    for words in ("LHE semula", "700/1", "22,20", "73,90 (BB)", "Butir semula", "achievable"):
        assert words in old
    assert address("letter-file", issued.pk, 1) in old
    assert "Menurut revisi" not in old
    now = client.get(issued.get_absolute_url()).text
    for words in ("Revisi ke-1", frozen.get_absolute_url(), "Hasil sanggahan", "Rev.pdf", "76,70"):
        assert words in now
    renaksi.refresh_from_db()
    assert renaksi.recommendation.evaluation == issued
    assert renaksi.evidence.exists()


def revise(issued, person, **fields):
    given = {"letter_number": "700/9", "letter_date": date(2023, 12, 5), "reason": "Sanggahan"}
    return revise_evaluation(evaluation=issued, **(given | fields), **by(person))


def test_a_second_revision_keeps_both_older_versions(signed_in, cast, issued):
    revise(issued, cast.kadir)
    revise(issued, cast.kadir, letter_number="700/10", letter_date=date(2024, 1, 5))
    names = [str(revision) for revision in issued.revisions.all()]
    assert names == ["LHE revisi ke-1", "LHE semula"]
    assert "Revisi ke-2" in signed_in(cast.rina).get(issued.get_absolute_url()).text
    entry = HistoryEntry.objects.about(issued).first()
    assert (entry.action, entry.note) == ("revise", "Sanggahan")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"letter_number": " "}, "letter_number"),
        ({"letter_date": None}, "letter_date"),
        ({"letter_date": date(2023, 9, 4)}, "letter_date"),
        ({"reason": ""}, "reason"),
        ({"letter_number": "700/1", "letter_date": date(2023, 9, 5)}, "letter_number"),
    ],
)
def test_what_cannot_be_a_revision_is_refused(cast, issued, fields, field):
    with pytest.raises(ValidationError) as refusal:
        revise(issued, cast.kadir, **fields)
    assert list(refusal.value.error_dict) == [field]
    assert not EvaluationRevision.objects.exists()


def test_the_second_press_makes_no_second_revision(signed_in, cast, issued):
    client, url = signed_in(cast.kadir), address("revision-create", issued.pk)
    page = fields_of(client.get(url)) | NEW
    first = client.post(url, page)
    assert (first.status_code, client.post(url, page).url) == (302, first.url)
    answer = client.post(url, page | {"kunci": ""})
    assert answer.status_code == 409
    assert "Hasil sanggahan" in answer.text
    assert EvaluationRevision.objects.count() == 1


def test_a_revised_evaluation_is_not_deleted(cast, evaluation):
    revise(evaluation, cast.kadir)
    with pytest.raises(WrongState, match="mempunyai 1 versi lama LHE"):
        delete_evaluation(evaluation=evaluation, **by(cast.kadir))


def test_old_versions_are_for_who_sees_the_evaluation(signed_in, cast, issued):
    revise(issued, cast.kadir)
    url = issued.revisions.get().get_absolute_url()
    assert signed_in(cast.rina).get(url).status_code == 200
    assert signed_in(cast.sari).get(url).status_code == 404
    assert signed_in(cast.sari).get(address("revision-create", issued.pk)).status_code == 404


def test_ten_old_versions_cost_no_more_queries_than_one(signed_in, cast, issued, queries_of):
    signed_in(cast.kadir)
    revise(issued, cast.kadir)
    one = queries_of(issued.get_absolute_url())
    for number in range(2, 11):
        revise(issued, cast.kadir, letter_number=f"700/{number}-Rev")
    assert queries_of(issued.get_absolute_url()) == one


def test_an_empty_version_can_be_read(signed_in, cast, units):
    """Before scores and recommendations were typed."""
    empty = factories.make_evaluation(units.setda, 2021)
    revise(empty, cast.kadir)
    page = signed_in(cast.kadir).get(empty.revisions.get().get_absolute_url()).text
    assert "Belum ada rekomendasi." in page
