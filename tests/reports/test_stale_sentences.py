"""Drafted sentences of a Telaah Staf know their figures, and say when the records no longer give them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import ComponentScore, Renaksi
from reports.documents.telaah_staf import document
from reports.models import TelaahStaf, TelaahStafBlock
from reports.selectors.telaah_staf_marks import marks
from reports.selectors.telaah_staf_sentences import new_sentences, stale_sentences
from reports.services import issue_telaah_staf
from reports.services import telaah_staf as services
from reports.services import telaah_staf_parts as parts
from reports.services import telaah_staf_sentences as sentences
from sakip.editing import StaleEdit
from sakip.history.entries import HistoryEntry
from sakip.richtext import plain_text
from tests import factories

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture
def drafted(evaluation, recommendation, units, cast):
    """Two renaksi: 1.a is sent, 1.b is open and late."""
    factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    factories.make_renaksi(recommendation, units.umum, status="open", due_date="2026-05-31")
    return services.create_telaah_staf(
        evaluation=evaluation, actor=cast.kadir, at=AT, components=[], from_data=True,
        two_endings=False, signatory=factories.make_official(units.setda), title="TELAAH STAF",
        addressee="Sekda", sender="Biro", subject="Hal", number="7/2026", date=TODAY,
    )  # fmt: skip


@pytest.fixture
def stale(drafted, cast):
    def stale():
        telaah_staf = document.load(cast.kadir, drafted.pk)
        found = stale_sentences(telaah_staf, cast.kadir, on=TODAY)
        return {row.key: row for rows in found.values() for row in rows}

    return stale


def block_with(telaah_staf, words):
    return TelaahStafBlock.objects.get(section__telaah_staf=telaah_staf, text__contains=words)


def write(block, text, cast):
    return parts.write_text(block=block, actor=cast.kadir, at=AT, text=text, is_incomplete=False)


def text_of(telaah_staf):
    blocks = TelaahStafBlock.objects.filter(section__telaah_staf=telaah_staf)
    return " ".join(plain_text(block.text) for block in blocks)


def test_a_sentence_is_marked_with_old_and_new_figure(drafted, stale):
    assert stale() == {}
    assert "renaksi 1.b (Biro Umum, batas waktu 31 Mei 2026)" in text_of(drafted)
    ComponentScore.objects.filter(component__code="perencanaan").update(score=Decimal("23.00"))
    found = stale()
    row = found["problem.score:Perencanaan Kinerja"]
    assert [(one.label, one.old, one.new) for one in row.figures] == [
        ("nilai Perencanaan Kinerja 2022", "22,20", "23,00")
    ]
    assert "sebesar 23,00." in row.new.text and not row.is_own
    assert set(found) == {"problem.score:Perencanaan Kinerja", "problem.total"}


def test_a_sentence_uses_the_letters_of_the_table(drafted, evaluation, units, cast):
    """Also with a gap in the letters, and when the table shows one component only."""
    other = factories.make_recommendation(evaluation, component="pengukuran")
    factories.make_renaksi(other, units.umum, status="open")
    Renaksi.objects.filter(recommendation__number=1, position=2).update(position=4)
    services.edit_telaah_staf(
        telaah_staf=drafted,
        actor=cast.kadir,
        at=AT,
        components=[Renaksi.objects.first().recommendation.component],
    )
    services.draft_again(telaah_staf=drafted, actor=cast.kadir, at=AT, keep_written=False)
    page = document.context(document.load(cast.kadir, drafted.pk), cast.kadir, on_screen=False)
    html = " ".join(part["html"] for row in page["sections"] for part in row["parts"])
    assert set(re.findall(r"renaksi ([\d.a-z]+) \(", html)) == {"1.a", "1.d"}
    assert set(re.findall(r'<li value="(\d+)">', html)) == {"1", "4"}


def test_another_sentence_written_by_hand_hides_nothing(drafted, stale, cast):
    block = block_with(drafted, "Laporan Hasil Evaluasi")
    write(block, f"<p>Kalimat saya.</p>{block.text}<p>Dan <em>ini</em>.</p>", cast)
    assert stale() == {}
    ComponentScore.objects.filter(component__code="perencanaan").update(score=Decimal("23.00"))
    assert "problem.score:Perencanaan Kinerja" in stale()


SCORE = "Nilai komponen Perencanaan Kinerja pada tahun 2022 sebesar 22,20."


@pytest.mark.parametrize(
    ("written", "is_stale"),
    [
        ("Nilai komponen Perencanaan Kinerja pada tahun 2022 hanya sebesar 22,20.", True),
        ("Pada tahun 2022, nilai Perencanaan Kinerja 22,20.", True),
        ("Nilai komponen Perencanaan Kinerja pada tahun 2022 hanya sebesar 23,00.", False),
        ("", False),
    ],
)
def test_own_words_are_marked_only_with_the_old_figure(drafted, stale, cast, written, is_stale):
    block = block_with(drafted, SCORE)
    write(block, block.text.replace(SCORE, written), cast)
    ComponentScore.objects.filter(component__code="perencanaan").update(score=Decimal("23.00"))
    row = stale().get("problem.score:Perencanaan Kinerja")
    assert (row is not None) is is_stale
    if row:
        assert (row.is_own, row.words) == (True, written)
        with pytest.raises(ValidationError, match="diubah orang"):
            sentences.reword(block=row.block, key=row.key, actor=cast.kadir, at=AT)
        sentences.reword(block=row.block, key=row.key, actor=cast.kadir, at=AT, replace_own=True)
        assert SCORE.replace("22,20", "23,00") in text_of(drafted)


def test_one_press_words_one_sentence_anew(drafted, stale, cast, signed_in):
    Renaksi.objects.filter(position=2).update(status="submitted")
    block = block_with(drafted, "menyatakan")
    before = plain_text(block.text)
    row = stale()["facts.claims"]
    page = signed_in(cast.kadir).get(drafted.get_absolute_url()).text
    assert "Susun ulang kalimat ini" in page and f'value="{row.seen}"' in page
    address = reverse("reports:telaah-staf-reword", args=[block.pk])
    data = {"key": row.key, "version": block.version, "seen": row.seen}
    assert signed_in(cast.kadir).post(address, data).status_code == 302
    block.refresh_from_db()
    assert plain_text(block.text) == before.replace(row.old, row.new.text)
    assert "facts.claims" not in stale()
    assert signed_in(cast.kadir).post(address, data).status_code == 302  # pressed twice
    assert HistoryEntry.objects.about(drafted).filter(action="reword").count() == 1


def test_nothing_is_replaced_that_the_page_did_not_show(drafted, stale, cast):
    Renaksi.objects.filter(position=2).update(status="submitted")
    row = stale()["facts.claims"]
    Renaksi.objects.filter(position=1).update(status="done")
    with pytest.raises(StaleEdit, match="berubah lagi"):
        sentences.reword(block=row.block, key=row.key, actor=cast.kadir, at=AT, seen=row.seen)


def test_a_sentence_that_says_nothing_any_more_is_removed(drafted, stale, cast):
    Renaksi.objects.filter(position=2).update(due_date="2026-12-31")
    row = stale()["facts.overdue"]
    assert row.new is None
    sentences.reword(block=row.block, key=row.key, actor=cast.kadir, at=AT, seen=row.seen)
    assert "melewati batas waktunya" not in text_of(drafted)
    assert "<p></p>" not in TelaahStafBlock.objects.get(pk=row.block.pk).text


def test_new_sentences_are_offered_once(drafted, cast, signed_in):
    def offered():
        found = new_sentences(document.load(cast.kadir, drafted.pk), cast.kadir, on=TODAY)
        return [row.key for rows in found.values() for row in rows]

    block = block_with(drafted, "Sebanyak")
    write(block, "<p>Saya menulis sendiri.</p>", cast)  # what a person removed does not come back
    assert offered() == []
    renaksi = Renaksi.objects.get(position=2)
    Renaksi.objects.filter(pk=renaksi.pk).update(status="returned")
    section = drafted.sections.get(kind="analysis")
    assert offered() == ["analysis.to_mend"]
    address = reverse("reports:telaah-staf-sentence-create", args=[section.pk])
    signed_in(cast.kadir).post(address, {"key": "analysis.to_mend"})
    assert "harus diperbaiki, yaitu renaksi 1.b" in text_of(drafted)
    assert offered() == []


def test_it_is_issued_against_the_records_only_with_a_reason(drafted, stale, cast, signed_in):
    Renaksi.objects.filter(position=2).update(status="submitted")
    with pytest.raises(services.Contradicted) as refused:
        issue_telaah_staf(drafted, cast.kadir, AT)
    assert {row.key for row in refused.value.found.stale} == set(stale())
    address = reverse("reports:telaah-staf-issue", args=[drafted.pk])
    assert "atau tulis alasan mengapa" in signed_in(cast.kadir).post(address).text
    unseen = signed_in(cast.kadir).post(address, {"contradiction_reason": "\u200b\u2060"})
    assert "atau tulis alasan mengapa" in unseen.text
    reason = "Keadaan per 31 Mei diminta Sekda."
    signed_in(cast.kadir).post(address, {"contradiction_reason": reason})
    drafted.refresh_from_db()
    assert (drafted.is_draft, drafted.contradiction_reason) == (False, reason)
    assert HistoryEntry.objects.about(drafted).get(action="issue").note == reason
    assert reason in signed_in(cast.laila).get(drafted.get_absolute_url()).text
    paper = document.TelaahStafDocument(
        drafted, document.context(drafted, cast.kadir, on_screen=False)
    )
    assert reason not in str(paper.contents)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Seluruh rencana aksi telah selesai.", "Seluruh rencana aksi telah"),
        ("Renaksi 1.b sudah dikerjakan Biro Umum.", "Renaksi 1.b sudah"),
        ("Renaksi 1.b belum dikerjakan Biro Umum.", None),
    ],
)
def test_own_words_are_compared_with_the_table(drafted, cast, signed_in, written, said):
    block = block_with(drafted, "Demikian")
    write(block, f"{block.text}<p>{written}</p>", cast)
    address = reverse("reports:telaah-staf-issue", args=[drafted.pk])
    page = signed_in(cast.kadir).get(drafted.get_absolute_url()).text
    assert ("Berbeda dari tabel Telaah Staf ini" in page) is (said is not None)
    answer = signed_in(cast.kadir).post(address)
    drafted.refresh_from_db()
    assert drafted.is_draft is (said is not None)
    if said:
        assert f"Berbeda dari tabelnya: “{said}”" in answer.text


def test_marks_cost_as_much_for_many_renaksi_as_for_few(drafted, recommendation, units, cast):
    def count():
        telaah_staf = TelaahStaf.objects.get(pk=drafted.pk)
        with CaptureQueriesContext(connection) as queries:
            marks(telaah_staf, cast.kadir, on=TODAY)
        return len(queries)

    factories.make_renaksi(recommendation, units.umum, status="returned")
    few = count()
    for _ in range(20):
        factories.make_renaksi(recommendation, units.umum, status="returned")
    assert count() == few <= 19
