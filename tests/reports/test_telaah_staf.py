"""The Telaah Staf of the source: read, printed and mended, its tables taken from the records."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Renaksi
from reports.exports.catalogue import ExportSpec, export_file
from reports.models import TelaahStaf, TelaahStafBlock
from sakip.history.entries import HistoryEntry
from sakip.models import Unit
from sakip.policy import SYSTEM
from sakip.roles import Role
from tests import factories
from tests.reports.reading import words


@pytest.fixture
def telaah_staf(source):
    return TelaahStaf.objects.get()


@pytest.fixture
def coordinator(telaah_staf):
    return factories.make_user("kadir", Role.COORDINATOR, Unit.objects.get(code="setda"))


def printed(telaah_staf):
    order = ExportSpec(name="telaah-staf", format="pdf", document_id=telaah_staf.pk)
    return words(export_file(order, SYSTEM, today=date(2023, 10, 2)).content, "pdf")


def test_it_prints_like_the_original_apart_from_the_mended_faults(telaah_staf):
    text = printed(telaah_staf)
    for phrase in (
        "TELAAH STAF",
        "000.7.6/2058/B.Adpim-I",
        "I. Persoalan",
        "II. Praanggapan",
        "III. Fakta-fakta yang mempengaruhi",
        "IV. Analisis",
        "V. Kesimpulan/Saran",
        "700.1.2.1/2753/Itprov-II",
        "NIP 19710808 199103 2 007",
        "Kalimat ini terputus",
    ):
        assert phrase in text
    assert "Pra Anggaran" not in text


def test_its_tables_are_the_records(telaah_staf):
    assert printed(telaah_staf).count("Best Employee") == 2  # the table stands in it twice
    Renaksi.objects.filter(recommendation__number=2, position=2).update(
        follow_up="<p>Baru ini.</p>"
    )
    assert printed(telaah_staf).count("Baru ini.") == 2
    assert "67,94" in printed(telaah_staf)


def test_only_the_chosen_component_is_embedded(telaah_staf):
    assert "Dibuatkan TS" in printed(telaah_staf)
    assert "Disarankan kepada Biro-biro" not in printed(telaah_staf)


def test_the_coordinator_mends_a_text(telaah_staf, coordinator, signed_in):
    block = TelaahStafBlock.objects.get(is_incomplete=True)
    address = reverse("reports:telaah-staf-text", args=[block.pk])
    answer = signed_in(coordinator).post(
        address,
        {"text": "<p>Sudah <em>lengkap</em>.</p><script>", "version": block.version},
    )
    assert answer.url == f"{telaah_staf.get_absolute_url()}#isi-{block.pk}"
    block.refresh_from_db()
    assert (block.text, block.is_incomplete) == ("<p>Sudah <em>lengkap</em>.</p>", False)
    assert HistoryEntry.objects.about(telaah_staf).filter(actor=coordinator).count() == 1


def test_the_head_of_the_letter_can_be_changed(telaah_staf, coordinator, signed_in):
    address = reverse("reports:telaah-staf-edit", args=[telaah_staf.pk])
    data = {
        "title": "TELAAHAN STAF",
        "addressee": "Yth. Gubernur",
        "sender": "Kepala Biro",
        "date": "12/31/2026",
        "subject": "Hal",
        "signatory": telaah_staf.signatory_id,
        "paper": "A4",
        "typeface": "sans",
        "type_size": "12",
    }
    page = signed_in(coordinator).post(address, data)
    assert "Yth. Gubernur" in page.text  # month first is refused, what was typed stays
    assert (
        signed_in(coordinator).post(address, data | {"date": "31 Desember 2026"}).status_code == 302
    )
    telaah_staf.refresh_from_db()
    assert (telaah_staf.title, telaah_staf.date.isoformat()) == ("TELAAHAN STAF", "2026-12-31")


def test_the_page_costs_as_much_for_many_rows_as_for_few(telaah_staf, coordinator, signed_in):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert signed_in(coordinator).get(telaah_staf.get_absolute_url()).status_code == 200
        return len(queries)

    count()  # the first page also signs in
    few = count()
    second = telaah_staf.evaluation.recommendations.get(number=2)
    for _ in range(20):
        factories.make_renaksi(second, second.renaksi.first().lead_unit)
    count()  # its findings are renewed by the first reader
    assert count() == few
