"""A Word template from its upload to the letters that are printed with it."""

from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from reports.definitions import ReportError
from reports.documents.telaah_staf.word.starting import starting_template
from reports.exports.catalogue import ExportSpec, export_file
from reports.models import WordTemplate
from reports.services import issue_telaah_staf
from reports.services import word_templates as services
from reports.tables.table import Paper
from sakip.errors import Gone, WrongState
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell
from tests import factories
from tests.reports.reading import document_lines, words
from tests.reports.word_templates import repacked, template, upload

AT = datetime(2026, 6, 1, tzinfo=UTC)
LIST, UPLOAD = reverse("reports:word-template-list"), reverse("reports:word-template-upload")


@pytest.fixture
def memo(evaluation):
    return factories.make_telaah_staf(evaluation, number="7/2026", date="2026-06-01")


@pytest.fixture
def made(units):
    return factories.make_word_template(units.setda, template("Tata letak kami", "{{ isi }}"))


def word(memo, person):
    order = ExportSpec(name="telaah-staf", format="docx", document_id=memo.pk)
    return words(export_file(order, person, today=AT.date()).content, "docx")


def sentences(record):
    return [str(tell(entry)) for entry in HistoryEntry.objects.about(record)]


def test_an_upload_is_checked_and_waits(cast, units, signed_in):
    fields = {"unit": units.setda.pk, "name": "2026", "file": upload(starting_template(Paper.A4))}
    answer = signed_in(cast.kadir).post(UPLOAD, fields, follow=True)
    found = WordTemplate.objects.get()
    assert answer.redirect_chain == [(found.get_absolute_url(), 302)]
    assert not found.is_active and found.is_sound
    assert "tanpa kesalahan" in answer.text and "Pakai templat ini" in answer.text
    assert sentences(found) == ["Kadir membuat Templat 2026."]


def test_what_is_wrong_stands_on_its_page_and_keeps_it_from_use(cast, units, signed_in):
    fields = {"unit": units.setda.pk, "name": "X", "file": upload(template("{{ kepda }}"))}
    text = signed_in(cast.kadir).post(UPLOAD, fields, follow=True).text
    assert "Penanda {{ kepda }} tidak dikenal. Tulis {{ kepada }}, atau hapus." in text
    assert "Pakai templat ini" not in text
    with pytest.raises(ValidationError, match="kepda"):
        services.activate_template(template=WordTemplate.objects.get(), actor=cast.kadir, at=AT)
    assert not WordTemplate.objects.get().is_active


def test_a_hostile_file_is_not_kept_and_nothing_typed_is_lost(cast, units, signed_in):
    spoilt = upload(repacked({"word/vbaProject.bin": b"x"}))
    fields = {"unit": units.setda.pk, "name": "Nama saya", "file": spoilt}
    text = signed_in(cast.kadir).post(UPLOAD, fields).text
    assert "berisi makro" in text and "Nama saya" in text
    assert not WordTemplate.objects.exists()


def test_another_body_is_no_choice(cast, units, signed_in):
    fields = {"unit": units.dinas.pk, "name": "X", "file": upload(starting_template(Paper.A4))}
    assert signed_in(cast.kadir).post(UPLOAD, fields).status_code == 200
    assert not WordTemplate.objects.exists()


def test_letters_are_printed_with_the_one_in_use(memo, made, cast):
    assert "Tata letak kami" not in word(memo, cast.kadir)
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    text = word(memo, cast.kadir)
    assert text.startswith("Tata letak kami Persoalan Perlu ditindaklanjuti.")
    services.deactivate_template(template=made, actor=cast.kadir, at=AT)
    assert "Tata letak kami" not in word(memo, cast.kadir)
    assert sentences(made) == [
        "Kadir menghentikan pemakaian Templat Templat Setda.",
        "Kadir memakai Templat Templat Setda.",
    ]


def test_one_is_in_use_at_a_time(made, cast, units):
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    other = factories.make_word_template(units.setda, name="Baru")
    services.activate_template(template=other, actor=cast.kadir, at=AT)
    assert list(WordTemplate.objects.filter(status="active")) == [other]
    with pytest.raises(IntegrityError), transaction.atomic():
        WordTemplate.objects.filter(pk=made.pk).update(status="active")


def test_one_with_a_fault_is_never_in_use(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        WordTemplate.objects.filter(pk=made.pk).update(status="active", problems=["x"])


def test_an_issued_letter_keeps_its_template(memo, made, cast):
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    issue_telaah_staf(memo, cast.kadir, AT)
    services.deactivate_template(template=made, actor=cast.kadir, at=AT)
    assert "Tata letak kami" in word(memo, cast.kadir)
    made.refresh_from_db()
    with pytest.raises(WrongState, match="sudah diterbitkan"):
        services.delete_template(template=made, actor=cast.kadir, at=AT)


def test_an_issued_letter_does_not_take_up_a_later_one(memo, made, cast):
    issue_telaah_staf(memo, cast.kadir, AT)
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    assert "Tata letak kami" not in word(memo, cast.kadir)


def test_a_deleted_one_leaves_its_trace_with_the_body(
    made, cast, units, django_capture_on_commit_callbacks
):
    name = made.file.name
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_template(template=made, actor=cast.kadir, at=AT)
    assert not made.file.storage.exists(name)
    assert sentences(units.setda) == [
        "Kadir menghapus sebuah templat Word dari Sekretariat Daerah."
    ]


def test_one_in_use_is_not_deleted(made, cast, signed_in):
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    address = reverse("reports:word-template-delete", args=[made.pk])
    assert signed_in(cast.kadir).post(address).status_code == 409


def test_a_template_that_can_not_be_filled_any_more_is_told(memo, made, cast):
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    made.file.storage.delete(made.file.name)
    with pytest.raises(ReportError, match="berkasnya tidak ada lagi"):
        word(memo, cast.kadir)


def test_the_sample_shows_what_it_will_look_like(made, cast, signed_in):
    address = reverse("reports:word-template-sample", args=[made.pk])
    answer = signed_in(cast.kadir).get(address)
    assert "Tata letak kami" in document_lines(b"".join(answer.streaming_content))


def test_the_starting_template_comes_on_the_paper_asked_for(cast, signed_in):
    client = signed_in(cast.kadir)
    answer = client.get(reverse("reports:word-template-start", args=["F4"]))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert client.get(reverse("reports:word-template-start", args=["A0"])).status_code == 404


def test_the_guide_tells_every_placeholder(cast, signed_in):
    text = signed_in(cast.kadir).get(reverse("reports:word-template-guide")).text
    for name in ("isi", "kepada", "tembusan", "lambang", "nip", "kop_badan"):
        assert f"{{{{ {name} }}}}" in text
    assert reverse("reports:word-template-start", args=["F4"]) in text


def test_the_list_costs_the_same_however_long(
    cast, units, signed_in, django_assert_max_num_queries
):
    client = signed_in(cast.kadir)
    client.get(LIST)
    for number in range(50):
        factories.make_word_template(units.setda, b"", name=f"Ke-{number}")
    with django_assert_max_num_queries(8):
        assert "Ke-49" in client.get(LIST).text


def test_the_command_line_prints_it_too(memo, made, cast, tmp_path):
    services.activate_template(template=made, actor=cast.kadir, at=AT)
    file = tmp_path / "memo.docx"
    call_command(
        "export_report",
        "telaah-staf",
        format="docx",
        output=file,
        document=memo.pk,
        as_system=True,
        stdout=StringIO(),
    )
    assert "Tata letak kami" in words(BytesIO(file.read_bytes()).getvalue(), "docx")


def test_a_template_deleted_meanwhile_is_refused_in_words(cast, made):
    by = {"template": made, "actor": cast.kadir, "at": AT}
    WordTemplate.objects.all().delete()
    for deed in (
        services.check_template,
        services.activate_template,
        services.deactivate_template,
        services.delete_template,
    ):
        with pytest.raises(Gone, match="Templat Word ini sudah tidak ada"):
            deed(**by)
