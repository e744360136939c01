"""The pages: choose a Word file, correct what was read, look at the preview, confirm."""

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Recommendation, Renaksi
from tests import factories
from tests.workbooks.word.papers import paper, upload
from workbooks.models import ImportRun
from workbooks.services import imports
from workbooks.word import services as word

START = reverse("workbooks:word-start")
ROW = ["9", "Pengukuran Kinerja\nUkur <i>ulang</i>.", "a. Rapat.\nb. Surat.", "a. Sudah\nb. Belum"]


@pytest.fixture
def client(signed_in, cast):
    return signed_in(cast.kadir)


def page_of(run):
    return reverse("workbooks:word-draft", args=[run.pk])


def fields(client, run, **changes):
    """What the browser would send of the correction page, changed."""
    context = client.get(page_of(run)).context
    sent = {name: context["form"][name].value() for name in context["form"].fields}
    for form in [context["formset"].management_form, *context["formset"]]:
        for field in form:
            value = field.value()
            if value not in (None, False):
                sent[field.html_name] = "on" if value is True else value
    return {key: value for key, value in (sent | changes).items() if value is not None}


def correct(client, run, **changes):
    names = {
        key: changes[key] for key in ("evaluation", "default_unit", "lanjut") if key in changes
    }
    names |= {f"rekomendasi-0-{key}": value for key, value in changes.items() if key not in names}
    return client.post(page_of(run), fields(client, run, **names), follow=True)


def test_choose_correct_preview_confirm(client, evaluation, units):
    sent = {"file": paper(ROW), "evaluation": evaluation.pk}
    page = client.post(START, sent, follow=True)
    assert "Periksa hasil baca" in page.content.decode()
    assert not Recommendation.objects.exists()
    run = ImportRun.objects.get()
    page = correct(client, run, unit_2=units.umum.pk, status_2="in_progress", lanjut="ya")
    assert page.request["PATH_INFO"] == run.get_absolute_url()
    client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    first, second = Renaksi.objects.order_by("position")
    assert first.recommendation.text == "<p>Ukur <em>ulang</em>.</p>"
    assert (first.lead_unit, second.lead_unit) == (units.setda, units.umum)
    assert (second.status, second.follow_up) == ("in_progress", "<p>Surat.</p>")


def test_parts_are_split_and_joined_by_their_letters(client, cast, evaluation):
    run = factories.make_word_run(cast.kadir, evaluation)
    correct(client, run, text="Ukur:\na. Satu;\nb. Dua.", follow_up="a. Rapat.\nSurat.")
    (entry,) = word.draft_of(ImportRun.objects.get()).entries
    assert [part.text for part in entry.points.parts] == ["Satu;", "Dua."]
    assert [part.text for part in entry.renaksi] == ["Rapat.\nSurat."]


def test_a_recommendation_may_be_left_out(client, cast, evaluation):
    run = factories.make_word_run(cast.kadir, evaluation)
    correct(client, run, is_included=None)
    run = ImportRun.objects.get()
    assert (run.change_count, word.draft_of(run).entries[0].is_included) == (0, False)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, cast, evaluation):
    run = factories.make_word_run(cast.kadir, evaluation)
    page = correct(client, run, number="", text="", follow_up="Ketikan saya").content.decode()
    assert "Tulis nomor rekomendasinya." in page
    assert "Tulis isi rekomendasi, atau hapus centang" in page
    assert "Ketikan saya" in page
    assert word.draft_of(ImportRun.objects.get()).entries[0].number == 9


def test_a_text_longer_than_any_cell_is_refused_and_kept(client, cast, evaluation):
    run = factories.make_word_run(cast.kadir, evaluation)
    page = correct(client, run, text="a\n" * 30_000)
    assert "50000" in page.text and "a\na\na" in page.text


def test_a_number_is_given_once(client, cast, evaluation):
    rows = [ROW, ["10", "Capaian Kinerja\nLengkapi.", "Rapat.", "Sudah"]]
    run = word.start(
        upload=paper(*rows), evaluation=evaluation, actor=cast.kadir, at=timezone.now()
    )
    imports.preview(run)
    page = correct(client, run, number="10").content.decode()
    assert "Nomor 10 juga dipakai oleh Tabel 1 baris 2." in page


def test_the_evaluation_and_the_unit_can_be_changed(client, cast, evaluation, units):
    other = factories.make_evaluation(units.setda, 2021, rubric=evaluation.rubric)
    run = factories.make_word_run(cast.kadir, evaluation)
    correct(client, run, evaluation=other.pk, default_unit=units.organisasi.pk)
    draft = ImportRun.objects.get().draft
    assert (draft.evaluation, draft.default_unit) == (other, units.organisasi)


def test_a_unit_of_another_body_is_not_offered(client, cast, evaluation, units):
    run = factories.make_word_run(cast.kadir, evaluation)
    page = correct(client, run, default_unit=units.dinas.pk)
    assert page.context["form"].errors["default_unit"]


def test_a_file_that_changes_nothing_goes_straight_to_the_preview(client, cast, evaluation):
    run = factories.make_word_run(cast.kadir, evaluation)
    imports.carry_out(run, at=timezone.now())
    row = ["9", "Pengukuran Kinerja\nUkur.", "a. Rapat.\nb. Surat.", "a. Sudah\nb. Belum"]
    page = client.post(START, {"file": paper(row), "evaluation": evaluation.pk}, follow=True)
    assert "Tidak ada perubahan" in page.content.decode()


def test_what_is_no_such_file_is_refused_beside_the_field(client, evaluation):
    page = client.post(START, {"file": upload(docx.Document())})
    assert "tidak berisi tabel" in page.content.decode()
    assert not ImportRun.objects.exists()


def test_refused_rows_lead_to_the_correction_and_not_to_a_workbook(client, cast, evaluation):
    imports.carry_out(factories.make_word_run(cast.kadir, evaluation), at=timezone.now())
    Renaksi.objects.update(status="submitted")
    row = [*ROW[:2], "a. Rapat baru.\nb. Surat.", "Sudah"]
    run = word.start(upload=paper(row), evaluation=evaluation, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    page = client.get(run.get_absolute_url()).content.decode()
    rejected = reverse("workbooks:import-rejected", args=[run.pk])
    assert rejected not in page
    assert f'Perbaiki di <a href="{page_of(run)}">' in page
    assert client.get(rejected).status_code == 404


def test_a_word_file_among_workbooks_is_shown_the_way(client):
    sent = {"kind": "recommendations", "file": paper(ROW)}
    page = client.post(reverse("workbooks:import-list"), sent).content.decode()
    assert "Pakai “Impor tabel dari Word”." in page


def test_a_finished_import_is_not_corrected(client, cast, evaluation):
    run = factories.make_word_run(cast.kadir, evaluation)
    imports.carry_out(run, at=timezone.now())
    assert client.get(page_of(run)).status_code == 409


def test_the_page_of_the_evaluation_leads_here(client, evaluation):
    page = client.get(evaluation.get_absolute_url()).content.decode()
    assert f"{START}?lhe={evaluation.pk}" in page
    form = client.get(START, {"lhe": evaluation.pk}).context["form"]
    assert form["evaluation"].value() == str(evaluation.pk)


def test_queries_do_not_grow_with_the_rows(client, cast, evaluation):
    counts = []
    for many in (1, 12):
        rows = [[str(number), *ROW[1:]] for number in range(1, many + 1)]
        run = word.start(
            upload=paper(*rows), evaluation=evaluation, actor=cast.kadir, at=timezone.now()
        )
        imports.preview(run)
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(run))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_more_rows_than_a_page_holds(client, cast, evaluation):
    rows = [[str(number), *ROW[1:]] for number in range(1, 23)]
    run = word.start(
        upload=paper(*rows), evaluation=evaluation, actor=cast.kadir, at=timezone.now()
    )
    imports.preview(run)
    sent = fields(client, run)
    page = client.get(page_of(run), {"page": 2})
    assert len(page.context["formset"].forms) == 2
    sent |= {"rekomendasi-0-heading": "Judul baru"}
    client.post(page_of(run), sent)
    assert word.draft_of(ImportRun.objects.get()).entries[0].heading == "Judul baru"


@pytest.mark.parametrize("name", ["word-draft", "word-columns"])
def test_who_lost_the_body_reads_nothing_of_it_in_an_old_draft(
    client, cast, units, evaluation, name
):
    """The page of corrections shows what is stored beside what the file says."""
    run = word.start(upload=paper(ROW), evaluation=evaluation, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    address = reverse(f"workbooks:{name}", args=[run.pk])
    assert client.get(address).status_code == 200
    cast.kadir.unit = units.organisasi
    cast.kadir.save()
    client.force_login(cast.kadir)
    assert client.get(address).status_code == 403


def test_what_the_comparison_says_stands_on_the_correction_page_too(client, evaluation):
    head = ["No", "Rekomendasi", "Tindak Lanjut", "Batas Waktu", "Sudah/ Belum"]
    row = [*ROW[:3], "Triwulan IV", "Sudah"]
    client.post(START, {"file": paper(row, head=head), "evaluation": evaluation.pk})
    run = ImportRun.objects.get()
    said = [problem.message for problem in imports.preview(run).warnings]
    page = client.get(page_of(run)).content.decode()
    assert any("Triwulan IV" in one for one in said)
    assert all(one in page for one in said)


def test_a_table_without_rows_is_not_called_unknown(client, evaluation):
    client.post(START, {"file": paper(), "evaluation": evaluation.pk})
    page = client.get(page_of(ImportRun.objects.get())).content.decode()
    assert "tabelnya kosong di bawah judul kolomnya" in page


def test_corrections_of_two_tabs(client, evaluation):
    client.post(START, {"file": paper(ROW), "evaluation": evaluation.pk})
    run = ImportRun.objects.get()
    slow = fields(client, run, **{"rekomendasi-0-text": "Dari tab yang lambat."})
    correct(client, run, text="Dari tab yang cepat.")
    page = client.post(page_of(run), slow).content.decode()
    assert "berubah di tab lain" in page
    assert "Dari tab yang lambat." in page
    assert word.draft_of(ImportRun.objects.get()).entries[0].text == "Dari tab yang cepat."
