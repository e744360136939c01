"""The complete dossier of the source document: it is the source document again, section by section."""

from datetime import date
from io import BytesIO, StringIO

import pdfplumber
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from recommendations.models import Evaluation, Note
from reports.definitions import ReportError
from reports.documents.dossier import document
from sakip.models import Unit
from sakip.policy import SYSTEM
from sakip.roles import Role
from tests import factories
from tests.reports.reading import outline, words
from tests.reports.test_dossier import order, printed

TODAY = date(2023, 10, 2)
MILLIMETRE = 72 / 25.4


@pytest.fixture
def source(source):
    return Evaluation.objects.get(performance_year=2022)


@pytest.fixture(scope="module")
def paper(source_once, django_db_blocker):
    """The dossier of the source document, printed once for all who only read it."""
    with django_db_blocker.unblock():
        return printed(Evaluation.objects.get(performance_year=2022))


def test_it_is_the_source_again_section_by_section(paper):
    text = words(paper, "pdf")
    places = [
        text.index(phrase)
        for phrase in (
            "TINDAK LANJUT REKOMENDASI LHE SAKIP TAHUN 2023",
            "Daftar Isi",
            "Tahun 2023 sebagaimana tabel di bawah ini:",
            "Terhadap target kinerja yang tidak memenuhi kriteria achievable",
            "yakni didukung dengan sumber data",
            "Catatan atas rekomendasi dan tindak lanjut:",
            "pendampingan IKU Setda Prov Kaltim",
            "(Keterangan gambar: Bimbingan Cascading dan Penyusunan IKU di Brawijaya Malang)",
            "(Keterangan gambar: Pembahasan Lanjutan Indikator Kinerja Utama)",
            "telah dibuat Telaah Staf ke Sekretaris Daerah sebagaimana berikut ini",
            "Jalan Gajah Mada Nomor 2 Samarinda",
            "TELAAH STAF",
            "I. Persoalan Diperlukan",
            "V. Kesimpulan/Saran Kebijakan",
            "NIP 19710808 199103 2 007",
            "Dokumen Laporan Kinerja telah dilakukan penyajian",
            "Perbandingan antara Realisasi Tahun 2020 s/d 2022 dengan Tahun 2023 pada 4 sasaran.",
            "3,51*",
            "*) Skor EKPPD tahun 2022",
            "88,48 (peringkat 4)",
            "Pelayanan Administrasi Pimpinan",
            "masing-masing Biro telah digunakan",
            "monev renaksi internal Biro",
            "5. Capaian Kinerja Capaian Kinerja yang dituangkan",
            "Data dukung dapat dilihat pada Ekin",
        )
    ]
    assert places == sorted(places)
    assert text.count("Sumber: data Biro-biro tahun 2023 diolah") == 4


def test_bookmarks_follow_the_source(paper):
    assert [(level, title) for level, title, _ in outline(paper)] == [
        (1, "Daftar Isi"),
        (1, "Rekomendasi, Tindak Lanjut dan Rencana Aksi"),
        (1, "Catatan atas rekomendasi dan tindak lanjut"),
        (2, "1. Perencanaan Kinerja"),
        (2, "2. Pengukuran Kinerja"),
        (3, "Telaah Staf 000.7.6/2058/B.Adpim-I (draf)"),
        (4, "I. Persoalan"),
        (4, "II. Praanggapan"),
        (4, "III. Fakta-fakta yang mempengaruhi"),
        (4, "IV. Analisis"),
        (4, "V. Kesimpulan/Saran"),
        (2, "3. Laporan Kinerja"),
        (3, "Perbandingan Realisasi Tahun 2020 s.d. 2022 dengan Tahun 2023"),
        (4, "Sasaran 1"),
        (4, "Sasaran 2"),
        (4, "Sasaran 3"),
        (4, "Sasaran 4"),
        (2, "4. Evaluasi Akuntabilitas Kinerja Internal"),
        (2, "5. Capaian Kinerja"),
        (1, "Nilai hasil evaluasi"),
    ]


def test_the_contents_name_the_page_on_which_each_part_really_stands(paper):
    with pdfplumber.open(BytesIO(paper)) as pdf:
        lines = pdf.pages[1].extract_text().splitlines()
        texts = [page.extract_text() for page in pdf.pages]
    listed = [line for line in lines if ".." in line]
    found = [(line.split("..")[0].strip(), int(line.split(".")[-1])) for line in listed]
    assert found == [(title, page) for _, title, page in outline(paper)[1:]]
    for number, text in enumerate(texts[1:], start=2):
        assert f"Halaman {number} dari {len(texts)}" in text
    assert "Halaman" not in texts[0]


@pytest.mark.parametrize(("name", "size"), [("F4", (215, 330)), ("A4", (210, 297))])
def test_paper(name, size, source):
    boxes = [page.mediabox for page in PdfReader(BytesIO(printed(source, paper=name))).pages]
    found = {
        (round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE))
        for box in boxes
    }
    assert found == {size}


def test_an_unknown_paper_is_refused_in_words(source):
    with pytest.raises(ReportError, match="Pilihan “A0” tidak dikenal"):
        printed(source, paper="A0")


def test_the_scores_stand_beside_those_of_the_year_before(paper):
    with pdfplumber.open(BytesIO(paper)) as pdf:
        text = pdf.pages[-1].extract_text()
    assert "2021 2022" in text
    assert "Nilai Hasil Evaluasi AKIP 67,94 73,90 5,96" in text


def test_without_a_note_to_follow_telaah_staf_and_indicators_are_chapters(source):
    Note.objects.all().delete()
    titles = [(level, title) for level, title, _ in outline(printed(source))]
    assert titles[2] == (1, "Telaah Staf 000.7.6/2058/B.Adpim-I (draf)")
    assert titles[8:10] == [
        (1, "Perbandingan Realisasi Tahun 2020 s.d. 2022 dengan Tahun 2023"),
        (2, "Sasaran 1"),
    ]


def test_hostile_words_stay_words(source):
    note = source.recommendations.get(number=1).note
    note.text = '<p>Aman<img src="file:///etc/passwd"><script>alert(1)</script></p>'
    note.save()
    source.unit.name = '"><script>x</script>'
    source.unit.save()
    text = words(printed(source), "pdf")
    assert "alert(1)" not in text
    assert '"><SCRIPT>' in text.upper()


def test_one_click_on_the_page_of_the_evaluation(source, signed_in):
    coordinator = factories.make_user("kadir", Role.COORDINATOR, Unit.objects.get(code="setda"))
    operator = factories.make_user("rina", Role.OPERATOR, Unit.objects.get(code="biro-organisasi"))
    address = reverse("reports:dossier-download", args=[source.pk])
    assert address in signed_in(coordinator).get(source.get_absolute_url()).text
    response = signed_in(coordinator).get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "dokumen-lengkap-lhe-sakip-2023.pdf" in response["Content-Disposition"]
    assert response.getvalue().startswith(b"%PDF")
    assert address not in signed_in(operator).get(source.get_absolute_url()).text


def test_one_command(source, tmp_path):
    file = tmp_path / "dosir.pdf"
    call_command(
        "export_report", "dossier", format="pdf", output=file, as_system=True, stdout=StringIO()
    )
    assert PdfReader(file).metadata.title == "Tindak Lanjut Rekomendasi LHE SAKIP Tahun 2023"


def test_it_costs_as_many_queries_for_many_rows_as_for_few(source):
    def count():
        with CaptureQueriesContext(connection) as queries:
            document.build(order(source), SYSTEM, TODAY)
        return len(queries)

    first = source.recommendations.get(number=1)
    factories.make_evidence(first.renaksi.first())
    few = count()
    for _ in range(20):
        renaksi = factories.make_renaksi(first, first.renaksi.first().lead_unit)
        factories.make_evidence(renaksi)
    assert count() == few


def test_its_page_tells_what_it_will_hold(source, signed_in):
    coordinator = factories.make_user("kadir", Role.COORDINATOR, Unit.objects.get(code="setda"))
    address = reverse("reports:dossier-detail", args=[source.pk])
    page = signed_in(coordinator).get(address).text
    assert "Telaah Staf 000.7.6/2058/B.Adpim-I" in page
    assert "Belum ada bukti dukung yang dilampirkan" in page
    assert address in signed_in(coordinator).get(reverse("reports:report-list")).text
