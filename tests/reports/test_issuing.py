"""Issuing a report: what is printed on it, kept of it and told about it."""

import hashlib
import re
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from recommendations.models import Renaksi
from reports.exports.catalogue import ExportSpec
from reports.models import IssuedReport
from reports.renderers import pdf as pdf_renderer
from reports.services import issue_telaah_staf, issuing
from reports.verification import Attachment, Seal
from reports.verification.changes import annex
from sakip.history import chain, guard
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryLink
from sakip.history.verifying import verify
from sakip.history.write import record
from tests import factories
from tests.reports import samples
from tests.reports.conftest import AT, TODAY
from tests.reports.reading import content, words

LIST = reverse("reports:issued-list")


def test_an_issued_report_is_kept_with_its_hash_and_what_it_said(issue, cast, evaluation):
    issued = issue("005/SAKIP/2026")
    file = content(issued)
    assert issued.sha256 == hashlib.sha256(file).hexdigest()
    assert issued.size == len(file)
    assert (issued.unit, issued.evaluation) == (evaluation.unit, evaluation)
    assert "Target telah dianalisis." in str(issued.snapshot)
    assert re.fullmatch(r"terbit/\d{4}/[0-9a-f]{32}\.pdf", issued.file.name)
    entry = HistoryEntry.objects.about(issued).get()
    assert (entry.actor, entry.action) == (cast.kadir, "issue_report")


@pytest.mark.once
def test_every_page_carries_number_and_code_and_the_last_one_the_way_to_check(
    issue, recommendation
):
    for _ in range(150):
        factories.make_renaksi(recommendation, recommendation.renaksi.first().lead_unit)
    issued = issue('7/"SAKIP"/2026')
    with pikepdf.open(BytesIO(content(issued))) as pdf:
        count = len(pdf.pages)
    text = words(content(issued), "pdf")
    assert count > 1
    assert text.count(f'Nomor 7/"SAKIP"/2026 · Kode verifikasi {issued.code}') == count
    assert "https://sakip.example.go.id/verifikasi/" in text.replace("verifikasi /", "verifikasi/")


@pytest.mark.once
def test_it_is_archival_accessible_and_brings_its_data(issue):
    with pikepdf.open(BytesIO(content(issue()))) as pdf:
        root, metadata = pdf.Root, pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Tindak Lanjut Rekomendasi")
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "id"
        alternatives = [str(node.Alt) for node in figures(root.StructTreeRoot)]
        assert any(text.startswith("Kode QR: https://") for text in alternatives)
        (attached,) = root.AF
        assert (attached.AFRelationship, str(attached.UF)[-5:]) == ("/Data", ".xlsx")
        book = load_workbook(BytesIO(attached.EF.F.read_bytes()))
        assert "Target telah dianalisis" in str(list(book["Tindak lanjut"].values))
        assert_fonts_are_embedded(pdf)


def test_the_head_of_the_history_is_on_the_paper_so_that_a_later_cut_is_found(
    issue, client, cast, evaluation
):
    record(actor=cast.kadir, action="edit", target=evaluation)
    chain.link_rest()
    issued = issue("9")
    assert issued.history_head == f"1-{HistoryLink.objects.get(number=1).link[:16]}"
    assert issued.history_head in words(content(issued), "pdf")
    page = client.get(reverse("reports:verification", args=[issued.code])).content.decode()
    assert issued.history_head in page
    with guard.lifted():
        HistoryLink.objects.all().delete()
        HistoryEntry._base_manager.all().delete()
    assert "pada laporan nomor 9" in verify().faults[0]


def figures(node):
    children = node.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    for child in children:
        if isinstance(child, pikepdf.Dictionary):
            if child.get("/S") == "/Figure":
                yield child
            yield from figures(child)


def assert_fonts_are_embedded(pdf):
    descriptors = [
        row
        for row in pdf.objects
        if isinstance(row, pikepdf.Dictionary) and row.get("/Type") == "/FontDescriptor"
    ]
    assert descriptors
    assert all("/FontFile2" in row or "/FontFile3" in row for row in descriptors)


@pytest.mark.once
def test_the_next_issue_says_what_changed(issue, renaksi):
    first = issue("1")
    Renaksi.objects.filter(pk=renaksi.pk).update(status="done")
    second = issue("2")
    assert second.supersedes == first
    assert list(map(str, issuing.changes_of(second))) == ["Rekomendasi 1: Status Belum → Sudah"]
    text = words(content(second), "pdf")
    assert "Perubahan sejak terbitan nomor 1 tanggal 1 Juni 2026" in text
    assert "Rekomendasi 1: Status Belum Sudah" in text
    assert "Perubahan sejak" not in words(content(first), "pdf")


def test_paper_makes_no_other_report_but_counting_only_verified_items_does(issue):
    first = issue("1")
    assert issue("2", options={"paper": "A4"}).supersedes == first
    assert issue("3", options={"verified": True}).supersedes is None
    assert issue("4", name="score-comparison").supersedes is None


@pytest.mark.once
def test_every_product_can_be_issued(issue, telaah_staf, units, cast):
    issue_telaah_staf(telaah_staf, cast.kadir, AT)
    factories.make_indicator(factories.make_objective(units.setda), units.setda, values={2022: 1})
    for number, name in enumerate(issuing.catalogue.EXPORTS, start=1):
        issued = issue(str(number), name=name)
        assert issued.snapshot["sections"], name
        assert issued.title


def test_numbers_run_per_body_and_year(issue, units):
    assert issuing.propose_number(units.setda, TODAY) == "001/SAKIP/2026"
    issue("002/SAKIP/2026")
    assert issuing.propose_number(units.setda, TODAY) == "003/SAKIP/2026"
    assert issuing.propose_number(units.dinas, TODAY) == "001/SAKIP/2026"


def test_the_coordinator_confirms_and_issues(confirm, signed_in, cast, renaksi):
    answer = signed_in(cast.kadir).post(confirm.address, confirm())
    issued = IssuedReport.objects.get()
    assert answer.url == issued.get_absolute_url()
    assert issued.number == f"001/SAKIP/{timezone.localdate().year}"
    text = signed_in(cast.kadir).get(answer.url).content.decode()
    assert issued.code in text
    assert issued.sha256 in text
    assert "menerbitkan" in signed_in(cast.kadir).get(reverse("reports:history")).content.decode()


def test_the_button_pressed_twice_makes_one_report(confirm, signed_in, cast, renaksi):
    form = confirm()
    first, second = (signed_in(cast.kadir).post(confirm.address, form) for _ in range(2))
    assert first.url == second.url
    assert IssuedReport.objects.count() == 1


def test_two_forms_sent_at_once_make_one_report_each_or_none(issue, cast, monkeypatch):
    prepared = issuing.prepare(
        ExportSpec(name="follow-up-table", format="pdf"), cast.kadir, today=TODAY
    )
    issue("1")
    known = set(default_storage.listdir("terbit")[0])
    with pytest.raises(issuing.NotIssued, match="baru saja diterbitkan"):
        issuing.issue(
            prepared=prepared,
            number="1",
            date=TODAY,
            submission=uuid4(),
            origin="https://x.example",
            actor=cast.kadir,
            at=AT,
        )
    assert IssuedReport.objects.count() == 1
    assert set(default_storage.listdir("terbit")[0]) == known


@pytest.mark.once
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": ""}, "Isi nomor."),
        ({"number": "1"}, "Nomor 1 sudah dipakai laporan lain"),
        ({"date": "31 Desember 2099"}, "Tulis tanggal yang tidak melewati hari ini"),
        ({"date": "12/31/2026"}, "31"),
        ({"seen": "lama"}, "Datanya berubah sejak halaman ini dibuka"),
    ],
)
def test_what_can_not_be_issued_is_said_and_nothing_is_lost(
    issue, confirm, signed_in, cast, typed, sentence
):
    issue("1")
    form = confirm(number="tetap-9")
    answer = signed_in(cast.kadir).post(confirm.address, form | typed)
    assert answer.status_code == (409 if "seen" in typed else 200)
    assert sentence in answer.content.decode()
    assert IssuedReport.objects.count() == 1
    if "number" not in typed:
        assert "tetap-9" in answer.content.decode()


@pytest.mark.once
def test_the_confirm_page_shows_what_changed(issue, confirm, signed_in, cast, renaksi):
    issue("1")
    Renaksi.objects.filter(pk=renaksi.pk).update(status="done")
    text = " ".join(signed_in(cast.kadir).get(confirm.address).content.decode().split())
    assert "Rekomendasi 1: Status" in text
    assert '<td data-label="Menjadi">Sudah</td>' in text


def test_an_issued_report_is_neither_changed_nor_deleted(issue):
    issued = issue()
    with pytest.raises(TypeError):
        issued.delete()
    with pytest.raises(TypeError):
        IssuedReport.objects.all().delete()
    with pytest.raises(TypeError):
        IssuedReport.objects.update(number="x")


def test_it_is_withdrawn_once_and_with_a_reason(issue, signed_in, cast):
    issued = issue()
    address = reverse("reports:issued-withdraw", args=[issued.pk])
    assert signed_in(cast.kadir).post(address, {"reason": " "}).status_code == 200
    assert signed_in(cast.kadir).post(address, {"reason": "Salah angka"}).status_code == 302
    issued.refresh_from_db()
    assert (issued.status, issued.withdrawn_by) == ("withdrawn", cast.kadir)
    assert signed_in(cast.kadir).post(address, {"reason": "Lagi"}).status_code == 409
    assert HistoryEntry.objects.about(issued).first().note == "Salah angka"
    assert content(issued)


def test_the_file_is_handed_out_as_it_was_issued(issue, signed_in, cast):
    issued = issue()
    answer = signed_in(cast.laila).get(reverse("reports:issued-file", args=[issued.pk]))
    assert hashlib.sha256(b"".join(answer)).hexdigest() == issued.sha256
    assert "tindak-lanjut" in answer["Content-Disposition"]


def test_the_list_is_filtered_and_shows_the_own_reach_alone(issue, signed_in, cast):
    issue("700/Pertama")
    issue("700/Kedua", name="score-comparison")
    text = signed_in(cast.dewi).get(LIST, {"kata": "kedua"}).content.decode()
    assert "700/Kedua" in text
    assert "700/Pertama" not in text
    text = signed_in(cast.dewi).get(LIST, {"laporan": "follow-up-table"}).content.decode()
    assert "700/Pertama" in text
    assert "700/Kedua" not in text
    assert "Belum ada laporan" in signed_in(cast.sari).get(LIST).content.decode()


def test_the_list_costs_as_much_for_many_as_for_few(issue, signed_in, cast):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert signed_in(cast.kadir).get(LIST).status_code == 200
        return len(queries)

    issue("1")
    count()
    few = count()
    for number in range(2, 8):
        issue(str(number))
    assert count() == few


@pytest.mark.once
def test_a_long_report_by_several_processes_is_sealed_all_the_same(monkeypatch):
    monkeypatch.setattr("reports.typesetting.typesetter.MIN_CHARACTERS", 0)
    monkeypatch.setattr("reports.typesetting.typesetter.PIECE_CHARACTERS", 12_000)
    monkeypatch.setattr("reports.typesetting.processes._processors", lambda: 2)
    rows = [samples.row(number, text="<p>Isi</p>" * 5) for number in range(60)]
    seal = Seal(
        number="9",
        issued_on=TODAY,
        code="0000-0000-0000-0000",
        url="https://x.example/verifikasi/0000-0000-0000-0000/",
        changes=annex([], "8", "1 Mei 2026"),
        attachments=(Attachment("data.xlsx", b"isi", "Data"),),
    )
    file = pdf_renderer.render(samples.report(samples.table(rows)), seal=seal)
    with pikepdf.open(BytesIO(file)) as pdf:
        count = len(pdf.pages)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.AF[0].AFRelationship == "/Data"
        assert any("Kode QR" in str(node.Alt) for node in figures(pdf.Root.StructTreeRoot))
    text = words(file, "pdf")
    assert text.count("Nomor 9 · Kode verifikasi 0000-0000-0000-0000") == count > 3
    assert "Perubahan sejak terbitan nomor 8" in text
