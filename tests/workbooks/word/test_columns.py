"""A person says what the columns and marks of a table are; the file is read again and it is remembered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.workbooks.word.papers import paper
from workbooks.models import ImportRun, WordDraft, WordReading
from workbooks.services import imports
from workbooks.word import services as word

HEAD = ["Poin", "Hal yang diminta", "Yang dikerjakan", "Nilai"]
ROW = ["3", "Ukur kinerja setiap unit.", "Rapat bersama semua unit.", "Beres"]
KNOWN = ["No", "Rekomendasi", "Tindak Lanjut", "Status"]


@pytest.fixture
def client(signed_in, cast):
    return signed_in(cast.kadir)


def begun(actor, evaluation, *rows, head=HEAD):
    run = word.start(
        upload=paper(*rows or [ROW], head=head),
        evaluation=evaluation,
        actor=actor,
        at=timezone.now(),
    )
    imports.preview(run)
    return run


def columns_of(run):
    return reverse("workbooks:word-columns", args=[run.pk])


SAID = {
    "kolom-baca-0": "on",
    "kolom-judul-0": "1",
    "kolom-isi-0-0": "number",
    "kolom-isi-0-1": "text",
    "kolom-isi-0-2": "work",
    "kolom-isi-0-3": "mark",
}


def said(client, run, **changes):
    sent = SAID | {f"kolom-{key.replace('_', '-')}": value for key, value in changes.items()}
    return client.post(columns_of(run), sent, follow=True)


def entries_of(run):
    return word.draft_of(ImportRun.objects.get(pk=run.pk)).entries


def test_a_head_with_other_words_is_not_refused_but_asked_about(client, evaluation):
    page = client.post(
        reverse("workbooks:word-start"),
        {"file": paper(ROW, head=HEAD), "evaluation": evaluation.pk},
        follow=True,
    )
    assert "Perlu ditentukan" in page.text
    for text in ("Hal yang diminta", "Ukur kinerja setiap unit.", "Yang dikerjakan"):
        assert text in page.text


def test_the_file_is_read_again_as_the_person_says(client, cast, evaluation):
    run = begun(cast.kadir, evaluation)
    said(client, run)
    (entry,) = entries_of(run)
    assert (entry.number, entry.text, entry.follow_up) == (3, ROW[1], ROW[2])
    assert word.draft_of(ImportRun.objects.get()).mapping.marks[0].word == "beres"
    said(client, run, tanda_0="done")
    (entry,) = entries_of(run)
    assert entry.marks == {"1": "done"}


def test_it_is_remembered_for_the_body_and_its_next_file(client, cast, evaluation):
    said(client, begun(cast.kadir, evaluation))
    said(client, ImportRun.objects.get(), tanda_0="done")
    run = begun(cast.kadir, evaluation, ["4", "Susun ulang target kinerja.", "Kajian.", "beres"])
    (entry,) = entries_of(run)
    assert (entry.number, entry.marks) == (4, {"1": "done"})
    page = client.get(reverse("workbooks:word-draft", args=[run.pk])).text
    assert "Dibaca seperti yang ditetapkan Kadir" in page


def test_another_body_does_not_inherit_it(cast, evaluation, units, client):
    said(client, begun(cast.kadir, evaluation))
    WordReading.objects.update(unit=units.dinas)
    assert entries_of(begun(cast.kadir, evaluation)) == []


def test_it_can_be_forgotten(client, cast, evaluation):
    run = begun(cast.kadir, evaluation)
    said(client, run)
    client.post(columns_of(run), SAID | {"kolom-tanda-0": "", "lupakan": "ya"})
    assert not WordReading.objects.exists()
    assert entries_of(run) == []


def test_corrections_are_not_lost_without_a_word(client, cast, evaluation):
    run = begun(cast.kadir, evaluation)
    said(client, run)
    run = ImportRun.objects.get()
    draft = word.draft_of(run)
    draft.entries[0].text = "Koreksi saya."
    word.correct(run, actor=cast.kadir, draft=draft)
    page = said(client, run)
    assert "Centang bila koreksinya memang boleh hilang." in page.text
    assert entries_of(run)[0].text == "Koreksi saya."
    said(client, run, setuju="on")
    assert entries_of(run)[0].text == ROW[1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"isi_0_2": "ignored"}, "memerlukan kolom “Rekomendasi” dan kolom rencana aksi"),
        ({"isi_0_2": "text"}, "“Rekomendasi” sudah dipilih untuk kolom lain"),
        ({"baca_0": ""}, "Pilih paling sedikit satu tabel yang dibaca."),
        ({"judul_0": "x"}, "Isi jumlah baris judul dengan angka bulat"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_remembered(
    client, cast, evaluation, changes, sentence
):
    page = said(client, begun(cast.kadir, evaluation), **changes)
    assert sentence in page.text
    assert not WordReading.objects.exists()


def test_a_table_that_was_understood_may_be_left_out(client, cast, evaluation):
    run = begun(cast.kadir, evaluation, ["1", "Ukur.", "Rapat.", "Sudah"], head=KNOWN)
    assert len(entries_of(run)) == 1
    page = said(client, run, baca_0="")
    assert "Pilih paling sedikit satu tabel" in page.text
    assert len(entries_of(run)) == 1


def test_a_percentage_that_is_found_later_has_its_quarter_too(client, cast, evaluation):
    run = begun(cast.kadir, evaluation, [*ROW[:3], "40%"])
    WordDraft.objects.update(quarter="")  # as where the first reading found no mark
    said(client, run, tanda_0="in_progress")
    draft = ImportRun.objects.select_related("draft").get().draft
    assert draft.quarter == f"{evaluation.evaluation_year}-4"
    page = client.get(reverse("workbooks:word-draft", args=[run.pk])).text
    assert f"Triwulan IV {evaluation.evaluation_year}" in page


def test_columns_of_another_table_keep_their_own_field(cast, evaluation, client):
    """Plan, follow-up, evidence and due date by hand, from heads that say nothing."""
    head = ["Hal", "Kolom A", "Kolom B", "Kolom C", "Kolom D"]
    row = ["Ukur kinerja.", "Menyusun kajian.", "Rapat.", "Notula 12/2023", "31 Desember 2023"]
    run = begun(cast.kadir, evaluation, row, head=head)
    kinds = ("text", "plan", "follow_up", "evidence", "due")
    sent = {f"kolom-isi-0-{place}": kind for place, kind in enumerate(kinds)}
    client.post(columns_of(run), {"kolom-baca-0": "on", "kolom-judul-0": "1"} | sent)
    run = ImportRun.objects.select_related("draft", "actor").get()
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    (renaksi,) = evaluation.recommendations.get().renaksi.all()
    assert (renaksi.plan, renaksi.follow_up) == ("<p>Menyusun kajian.</p>", "<p>Rapat.</p>")
    assert str(renaksi.due_date) == "2023-12-31"
    evidence = renaksi.evidence.get()
    assert (evidence.kind, evidence.title) == ("separate", "Notula 12/2023")


def test_a_tab_that_was_open_before_it_was_read_again_changes_nothing(client, cast, evaluation):
    run = begun(cast.kadir, evaluation)
    old = {"kolom-seen": client.get(columns_of(run)).context["columns"]["seen"].value()}
    client.post(columns_of(run), SAID | old)
    draft = word.draft_of(WordDraft.objects.get(run=run).run)
    page = client.post(columns_of(run), SAID | old | {"kolom-isi-0-3": "ignored"})
    assert "berubah di tab lain" in page.content.decode()
    assert word.draft_of(WordDraft.objects.get(run=run).run) == draft
