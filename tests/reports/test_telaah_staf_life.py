"""A Telaah Staf from its draft to the one that replaces it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Renaksi
from reports.documents.telaah_staf import document
from reports.models import TelaahStaf, TelaahStafBlock
from reports.services import issue_telaah_staf
from reports.services import telaah_staf as services
from reports.services import telaah_staf_parts as parts
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell
from sakip.models import Letterhead, Official, Unit
from tests import factories

AT = datetime(2026, 6, 1, tzinfo=UTC)
NEW = reverse("reports:telaah-staf-create")


@pytest.fixture
def official(units):
    return factories.make_official(units.organisasi)


@pytest.fixture
def telaah_staf(evaluation, official):
    """Complete: it could be issued."""
    return factories.make_telaah_staf(evaluation, official, number="7/2026", date="2026-06-01")


@pytest.fixture
def issued(telaah_staf, renaksi, cast):
    telaah_staf.sections.get().blocks.create(position=2, kind="follow_up_table")
    return issue_telaah_staf(telaah_staf, cast.kadir, AT)


def head(official, **fields):
    return {
        "title": "TELAAHAN STAF", "addressee": "Yth. Sekda", "sender": "Kepala Biro", "subject": "Hal",
        "signatory": official.pk, "paper": "A4", "typeface": "sans", "type_size": "12",
    } | fields  # fmt: skip


def sentences(record):
    return [str(tell(entry)) for entry in HistoryEntry.objects.about(record)]


def page(person, telaah_staf, signed_in):
    return signed_in(person).get(telaah_staf.get_absolute_url()).text


def letter(person, telaah_staf, signed_in):
    """The page without what is different each time."""
    return page(person, telaah_staf, signed_in).partition("<article")[2].partition("</article>")[0]


# ── Written ─────────────────────────────────────────────────────────────────────────────────────
def test_a_draft_from_data_holds_sentences_and_living_tables(
    evaluation, renaksi, official, cast, signed_in
):
    component = renaksi.recommendation.component
    data = head(official, from_data="data", components=[component.pk])
    answer = signed_in(cast.kadir).post(f"{NEW}?evaluasi={evaluation.pk}", data)
    telaah_staf = TelaahStaf.objects.get()
    assert answer.url == telaah_staf.get_absolute_url()
    assert (telaah_staf.title, telaah_staf.paper, telaah_staf.type_size, telaah_staf.number) == (
        "TELAAHAN STAF",
        "A4",
        12,
        "",
    )
    assert list(telaah_staf.components.all()) == [component]
    headings = [section.heading for section in telaah_staf.sections.all()]
    assert headings[0] == "Persoalan" and headings[-1] == "Kesimpulan/Saran"
    kinds = TelaahStafBlock.objects.filter(section__telaah_staf=telaah_staf).values_list(
        "kind", flat=True
    )
    assert {"score_comparison", "follow_up_table"} <= set(kinds)
    text = page(cast.kadir, telaah_staf, signed_in)
    assert "Nilai komponen Perencanaan Kinerja pada tahun 2022 sebesar 22,20." in text
    assert "Target telah dianalisis." in text
    assert sentences(telaah_staf) == ["Kadir membuat Telaah Staf."]


def test_an_empty_telaah_staf_has_the_standard_sections(evaluation, official, cast, signed_in):
    data = head(official, from_data="", two_endings="dua")
    signed_in(cast.kadir).post(NEW, data)
    telaah_staf = TelaahStaf.objects.get()
    assert [section.heading for section in telaah_staf.sections.all()] == [
        "Persoalan", "Praanggapan", "Fakta-fakta yang mempengaruhi", "Analisis", "Kesimpulan", "Saran",
    ]  # fmt: skip
    assert not TelaahStafBlock.objects.exists()


def test_only_components_of_the_rubric_can_be_chosen(evaluation, official, cast, signed_in):
    stranger = factories.make_component("capaian")
    evaluation.rubric.weights.filter(component=stranger).delete()
    answer = signed_in(cast.kadir).post(NEW, head(official, components=[stranger.pk]))
    assert answer.status_code == 200 and not TelaahStaf.objects.exists()
    assert "Yth. Sekda" in answer.text  # nothing typed is lost


def test_the_body_of_another_coordinator_cannot_be_chosen(evaluation, official, cast, signed_in):
    answer = signed_in(cast.sari).post(f"{NEW}?evaluasi={evaluation.pk}", head(official))
    assert "Belum ada LHE" in answer.text and not TelaahStaf.objects.exists()


def test_a_new_telaah_staf_begins_with_the_last_one_s_addressees(telaah_staf, cast, signed_in):
    assert 'value="Yth. Sekda"' in signed_in(cast.kadir).get(NEW).text


# ── Drafted again ───────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def drafted(evaluation, renaksi, official, cast):
    fields = {"title": "TELAAH STAF", "addressee": "Sekda", "sender": "Biro", "subject": "Hal"}
    return services.create_telaah_staf(
        evaluation=evaluation, actor=cast.kadir, at=AT, components=[], from_data=True,
        two_endings=False, signatory=official, **fields,
    )  # fmt: skip


def problem(telaah_staf):
    return telaah_staf.sections.get(kind="problem").blocks.get().text


def test_words_of_people_survive_a_new_draft(drafted, cast, signed_in):
    block = drafted.sections.get(kind="problem").blocks.get()
    mine = "<p>Kalimat saya.</p>"
    parts.write_text(block=block, actor=cast.kadir, at=AT, text=mine, is_incomplete=False)
    Renaksi.objects.update(status="done")
    address = reverse("reports:telaah-staf-draft", args=[drafted.pk])
    asked = signed_in(cast.kadir).get(address).text
    assert "<strong>Persoalan</strong>" in asked
    assert signed_in(cast.kadir).post(address, {}).status_code == 200  # nothing without an answer
    signed_in(cast.kadir).post(address, {"keep_written": "ya"})
    assert problem(drafted) == mine
    assert "tuntas" in drafted.sections.get(kind="facts").blocks.get().text
    signed_in(cast.kadir).post(address, {"keep_written": "tidak"})
    assert "Laporan Hasil Evaluasi" in problem(drafted)


def test_own_sections_stay_and_missing_ones_come_back(drafted, cast):
    own = parts.add_section(telaah_staf=drafted, actor=cast.kadir, at=AT, heading="Lain-lain")
    gone = drafted.sections.get(kind="analysis")
    parts.remove_section(section=gone, actor=cast.kadir, at=AT)
    services.draft_again(telaah_staf=drafted, actor=cast.kadir, at=AT, keep_written=True)
    assert drafted.sections.filter(pk=own.pk).exists()
    assert drafted.sections.last().heading == "Analisis"
    assert [section.position for section in drafted.sections.all()] == [1, 2, 3, 4, 5, 6]


# ── Issued ──────────────────────────────────────────────────────────────────────────────────────
def test_issuing_asks_for_number_date_and_whole_texts(evaluation, official, cast, signed_in):
    telaah_staf = factories.make_telaah_staf(evaluation, official)
    telaah_staf.sections.create(position=2, heading="Analisis")
    TelaahStafBlock.objects.update(is_incomplete=True)
    address = reverse("reports:telaah-staf-issue", args=[telaah_staf.pk])
    answer = signed_in(cast.kadir).post(address)
    for sentence in (
        "Nomor belum diisi.",
        "Tanggal belum diisi.",
        "Bagian Persoalan memuat teks yang ditandai belum lengkap.",
        "Bagian Analisis masih kosong.",
    ):
        assert sentence in answer.text
    telaah_staf.refresh_from_db()
    assert telaah_staf.is_draft
    with pytest.raises(ValidationError):
        issue_telaah_staf(telaah_staf, cast.kadir, AT)


def test_an_issued_telaah_staf_prints_what_it_printed_then(issued, renaksi, cast, signed_in, units):
    before = letter(cast.laila, issued, signed_in)
    paper = document.context(document.load(cast.kadir, issued.pk), cast.kadir, on_screen=False)
    Renaksi.objects.update(follow_up="<p>Lain sama sekali.</p>", status="done")
    Official.objects.update(name="Orang Lain", rank="Pangkat Lain")
    Letterhead.objects.create(unit=units.setda, government="Baru", body="Baru", address="Baru")
    assert letter(cast.laila, issued, signed_in) == before
    again = document.context(document.load(cast.kadir, issued.pk), cast.kadir, on_screen=False)
    parts_of = [[part["html"] for part in row["parts"]] for row in paper["sections"]]
    assert [[part["html"] for part in row["parts"]] for row in again["sections"]] == parts_of
    assert again["report"].letterhead == paper["report"].letterhead
    assert "Target telah dianalisis." in before and "Hj. Alawiyah" in before


def test_issuing_is_told_once(issued, cast):
    assert sentences(issued) == ["Kadir menerbitkan Telaah Staf 7/2026."]
    with pytest.raises(WrongState):
        issue_telaah_staf(issued, cast.kadir, AT)


EDITS = [
    ("telaah-staf-edit", "telaah_staf"),
    ("telaah-staf-draft", "telaah_staf"),
    ("telaah-staf-issue", "telaah_staf"),
    ("telaah-staf-delete", "telaah_staf"),
    ("telaah-staf-section-create", "telaah_staf"),
    ("telaah-staf-section", "section"),
    ("telaah-staf-section-move", "section"),
    ("telaah-staf-section-delete", "section"),
    ("telaah-staf-text-create", "section"),
    ("telaah-staf-table-create", "section"),
    ("telaah-staf-text", "block"),
    ("telaah-staf-block-move", "block"),
    ("telaah-staf-block-delete", "block"),
]


@pytest.mark.once
@pytest.mark.parametrize(("route", "takes"), EDITS, ids=[row[0] for row in EDITS])
def test_no_way_leads_into_an_issued_telaah_staf(route, takes, issued, cast, signed_in):
    section = issued.sections.get()
    keys = SimpleNamespace(
        telaah_staf=issued.pk, section=section.pk, block=section.blocks.first().pk
    )
    address = reverse(f"reports:{route}", args=[getattr(keys, takes)])
    answer = signed_in(cast.kadir).post(address, {"text": "<p>Lain</p>", "heading": "Lain"})
    assert answer.status_code == 409
    assert "sudah diterbitkan" in answer.text
    assert "Lain" not in page(cast.laila, issued, signed_in)


def test_the_admin_site_is_no_way_either(issued, cast, signed_in):
    admin = factories.make_user("admin", "", None, is_superuser=True, is_staff=True)
    section = issued.sections.get()
    for name, key in (("telaahstaf", issued.pk), ("telaahstafsection", section.pk)):
        for action in ("change", "delete"):
            address = reverse(f"admin:reports_{name}_{action}", args=[key])
            assert signed_in(admin).post(address, {"post": "yes"}).status_code == 409, address
    bulk = {"action": "delete_selected", "_selected_action": issued.pk, "post": "yes"}
    signed_in(admin).post(reverse("admin:reports_telaahstaf_changelist"), bulk)
    assert TelaahStaf.objects.filter(pk=issued.pk).exists()


@pytest.mark.parametrize(
    "fields",
    [{"number": ""}, {"date": None}, {"frozen": None}, {"issued_at": None}, {"status": "x"}],
)
def test_the_database_holds_no_half_issued_telaah_staf(issued, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        TelaahStaf.objects.filter(pk=issued.pk).update(**fields)


def test_a_number_given_twice_is_told_not_refused(issued, evaluation, official, cast, signed_in):
    second = factories.make_telaah_staf(evaluation, official, number="7/2026", date="2026-06-02")
    address = reverse("reports:telaah-staf-issue", args=[second.pk])
    assert "Nomor ini juga dipakai" in signed_in(cast.kadir).get(address).text
    assert signed_in(cast.kadir).post(address).status_code == 302


# ── Superseded, deleted, listed ─────────────────────────────────────────────────────────────────
def test_another_takes_its_place(issued, cast, signed_in):
    address = reverse("reports:telaah-staf-supersede", args=[issued.pk])
    signed_in(cast.kadir).post(address)
    new = TelaahStaf.objects.get(replaces=issued)
    assert (new.number, new.date, new.is_draft) == ("", None, True)
    assert "Mencabut" in page(cast.kadir, new, signed_in)
    assert "Perlu ditindaklanjuti." in page(cast.kadir, new, signed_in)
    assert "Digantikan" not in page(cast.laila, issued, signed_in)  # not before it is issued
    assert signed_in(cast.kadir).post(address).status_code == 409
    TelaahStaf.objects.filter(pk=new.pk).update(number="8/2026", date="2026-06-03")
    issue_telaah_staf(new, cast.kadir, AT)
    assert "Digantikan oleh" in page(cast.laila, issued, signed_in)
    assert "Nomor 8/2026 tanggal 3 Juni 2026" in page(cast.laila, issued, signed_in)
    assert sentences(issued)[0] == "Kadir membuat draf pengganti Telaah Staf 7/2026."


def test_the_words_of_the_old_stay_with_the_old(issued, cast):
    new = services.supersede_telaah_staf(telaah_staf=issued, actor=cast.kadir, at=AT)
    block = new.sections.get().blocks.get(kind="text")
    mine = "<p>Baru.</p>"
    parts.write_text(block=block, actor=cast.kadir, at=AT, text=mine, is_incomplete=False)
    old = issued.sections.get().blocks.get(kind="text")
    assert old.text == "<p>Perlu ditindaklanjuti.</p>"


def test_a_draft_is_deleted_and_told(telaah_staf, cast, signed_in):
    evaluation = telaah_staf.evaluation
    address = reverse("reports:telaah-staf-delete", args=[telaah_staf.pk])
    assert "tidak dapat dibatalkan" in signed_in(cast.kadir).get(address).text
    signed_in(cast.kadir).post(address)
    assert not TelaahStaf.objects.exists()
    assert sentences(evaluation) == [f"Kadir menghapus sebuah draf Telaah Staf dari {evaluation}."]


def test_the_list_is_narrowed_by_state_and_evaluation(
    issued, evaluation, official, cast, signed_in
):
    factories.make_telaah_staf(evaluation, official, subject="Masih draf")
    other = factories.make_evaluation(evaluation.unit, 2021)

    def listed(**query):
        answer = signed_in(cast.laila).get(reverse("reports:telaah-staf-list"), query)
        return [row.subject for row in answer.context["page"]]

    assert listed(status="draf") == ["Masih draf"]
    assert listed(status="berlaku") == ["Tindak lanjut"]
    assert listed(status="digantikan") == listed(evaluasi=other.pk) == []
    assert len(listed(status="apa saja")) == 2


def test_the_one_in_force_stands_for_the_rest(issued, evaluation, official, cast):
    factories.make_telaah_staf(evaluation, official, subject="Draf lain")
    assert TelaahStaf.objects.foremost() == issued
    new = services.supersede_telaah_staf(telaah_staf=issued, actor=cast.kadir, at=AT)
    assert TelaahStaf.objects.foremost() == issued
    TelaahStaf.objects.filter(pk=new.pk).update(number="8", date="2026-06-03")
    issue_telaah_staf(new, cast.kadir, AT)
    assert TelaahStaf.objects.foremost() == new


def test_lists_and_pages_cost_as_much_for_many_as_for_few(telaah_staf, official, cast, signed_in):
    def count(address):
        with CaptureQueriesContext(connection) as queries:
            assert signed_in(cast.kadir).get(address).status_code == 200
        return len(queries)

    addresses = [reverse("reports:telaah-staf-list"), telaah_staf.get_absolute_url()]
    few = [count(address) for address in addresses + addresses][2:]
    for number in range(20):
        factories.make_telaah_staf(telaah_staf.evaluation, official, subject=f"Hal {number}")
        section = telaah_staf.sections.create(position=number + 2, heading="Bagian")
        section.blocks.create(position=1, text="<p>Teks</p>")
    assert [count(address) for address in addresses] == few


def test_a_letter_about_some_components_names_them_in_its_subject(
    evaluation, official, cast, signed_in
):
    chosen = evaluation.rubric.weights.order_by("position")[0].component
    subject = services.subject_of(evaluation)
    signed_in(cast.kadir).post(NEW, head(official, subject=subject, components=[chosen.pk]))
    assert TelaahStaf.objects.get().subject == (
        "Tindak Lanjut dan Rencana Aksi atas Hasil Evaluasi Akuntabilitas Kinerja pada komponen "
        "Perencanaan Kinerja Sekretariat Daerah Tahun 2022"
    )


def test_the_letter_comes_from_the_official_of_the_writer_s_unit(evaluation, units, cast):
    factories.make_official(units.organisasi)
    own = factories.make_official(units.setda, name="Sri", nip="1" * 18, position="Sekretaris")
    empty = services.prefilled(evaluation, cast.kadir)
    assert (empty.signatory, empty.sender) == (own, "Sekretaris")


def test_the_head_of_a_body_does_not_write_to_oneself(evaluation, units, cast):
    Unit.objects.filter(pk=units.setda.pk).update(head_title="Sekretaris Daerah Provinsi Contoh")
    Unit.objects.filter(pk=units.setda.parent_id).update(head_title="Gubernur Contoh")
    evaluation.refresh_from_db()
    assert services.prefilled(evaluation, cast.kadir).addressee == (
        "Yth. Sekretaris Daerah Provinsi Contoh"
    )
    factories.make_official(units.setda, position="Sekretaris Daerah")
    assert services.prefilled(evaluation, cast.kadir).addressee == "Yth. Gubernur Contoh"
