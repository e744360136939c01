"""Word documents in a real word processor: opened, laid out and printed without a word of complaint."""

import shutil
import subprocess
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from pypdf import PdfReader

from reports import definitions
from reports.definitions import DEFINITIONS
from reports.documents.telaah_staf.word import samples as samples_of_letters
from reports.documents.telaah_staf.word.filling import fill
from reports.documents.telaah_staf.word.starting import starting_template
from reports.exports.catalogue import ExportSpec, export_file
from reports.models import TelaahStaf
from reports.renderers import render
from reports.tables.table import Orientation, Paper, Prose, Typeface
from sakip.policy import SYSTEM
from sakip.uploads.check import check_upload
from tests.reports import samples
from tests.reports.test_dossier_word import listed
from tests.reports.test_renderers_docx import HOSTILE

TODAY = date(2024, 1, 15)
MILLIMETRE = 72 / 25.4

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def printed(documents, folder):
    """Each Word document as a PDF; one start of the word processor for all, for it is slow."""
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    found = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run([*command, *found], check=True, capture_output=True, timeout=240)
    printed = {name: (folder / f"{name}.pdf").read_bytes() for name in documents}
    for name, content in printed.items():  # what it prints may come back as evidence
        check_upload(SimpleUploadedFile(f"{name}.pdf", content))
    return {name: PdfReader(BytesIO(content)) for name, content in printed.items()}


def texts(reader):
    return [page.extract_text() for page in reader.pages]


def size(reader):
    box = reader.pages[0].mediabox
    return tuple(round(float(side) / MILLIMETRE) for side in (box.width, box.height))


def check_paper(prints):
    assert size(prints["F4"]) == (215, 330)
    assert size(prints["A4"]) == (210, 297)
    assert size(prints["melintang"]) == (330, 215)
    fonts = prints["A4"].pages[0]["/Resources"]["/Font"].values()
    assert any("Bookman" in font.get_object()["/BaseFont"] for font in fonts)


def check_lists(prints):
    (text,) = texts(prints["F4"])
    for line in ("a. memberi", "b. menata", "d. mengukur", "e. melapor", "(1) memilih", "(2)"):
        assert line in text
    assert "3. tiga" in text
    assert "4. empat" in text
    for line in ("z. ke-26", "aa. ke-27", "ab. ke-28", "ac. ke-29"):
        assert line in text


def check_many_rows(prints):
    pages = texts(prints["panjang"])
    assert len(pages) > 3
    assert all("Rekomendasi" in page for page in pages)
    assert f"Halaman 1 dari {len(pages)}" in pages[0]
    assert "120." in pages[-1]


def check_source(prints):
    text = " ".join(" ".join(texts(prints["follow-up-table"])).split())
    places = [text.index(phrase) for phrase in ("Employee of the month", "Dibuatkan TS", "APBD-P")]
    assert places == sorted(places)
    assert size(prints["consistency"]) == (330, 215)


def check_telaah_staf(prints):
    pages = texts(prints["telaah-staf"])
    text = " ".join(" ".join(pages).split())
    for phrase in ("I. Persoalan", "IV. Analisis", "V. Kesimpulan/Saran", "Halaman 1 dari"):
        assert phrase in text
    assert "467 tahun 2021." in pages[-1]  # the signature keeps the last paragraph as company
    assert "Kepala Biro Administrasi Pimpinan," in pages[-1]
    assert "NIP 19710808 199103 2 007" in pages[-1]


def check_dossier(content, reader):
    """The contents name the right pages before anybody updates them."""
    found = {}
    for entry in flat(reader.outline):
        found.setdefault(entry.title, str(reader.get_destination_page_number(entry) + 1))
    named = {title: page for title, page, _ in listed(content)}
    assert len(named.keys() & found.keys()) > 12
    assert {title: named[title] for title in found} == found
    assert "Nilai hasil evaluasi" in found
    pages = texts(reader)
    assert "Halaman" not in pages[0]
    assert f"Halaman 2 dari {len(pages)}" in pages[1]
    printed_numbers = [line.rpartition(".")[2] for line in pages[1].splitlines() if ".." in line]
    assert printed_numbers == [page for _, page, _ in listed(content)]


def flat(entries):
    for entry in entries:
        yield from flat(entry) if isinstance(entry, list) else [entry]


def check_template(prints):
    text = " ".join(" ".join(texts(prints["templat"])).split())
    for phrase in (
        "SEKRETARIAT DAERAH",
        "I. Persoalan",
        "a. menetapkan",
        "23,75",
        "Dra. Siti Contoh",
    ):
        assert phrase in text
    assert size(prints["templat"]) == (215, 330)


def dossier():
    order = ExportSpec(name="dossier", format="docx")
    return export_file(order, SYSTEM, today=TODAY).content


def telaah_staf():
    order = ExportSpec(name="telaah-staf", format="docx", document_id=TelaahStaf.objects.get().pk)
    return export_file(order, SYSTEM, today=TODAY).content


def test_the_word_processor_opens_and_prints_them(db, tmp_path):
    call_command("load_source", stdout=StringIO())
    beyond = "".join(f"<li>ke-{number}</li>" for number in range(26, 30))
    lists = '<ol start="3"><li>tiga</li><li>empat</li></ol>'
    numbers = Prose("Catatan", f'{lists}<ol type="a" start="26">{beyond}</ol>')
    reports = {
        "F4": samples.report(samples.table(), numbers),
        "A4": samples.report(paper=Paper.A4, typeface=Typeface.SERIF),
        "melintang": samples.report(orientation=Orientation.LANDSCAPE),
        "panjang": samples.report(samples.table([samples.row(n) for n in range(1, 121)])),
        "kosong": samples.report(samples.table([])),
    }
    reports |= {f"musuh-{n}": samples.hostile(text) for n, text in enumerate(HOSTILE)}
    reports |= {name: definitions.build(name, SYSTEM, today=TODAY) for name in DEFINITIONS}
    documents = {name: render(report, "docx") for name, report in reports.items()}
    filled, _used = fill(starting_template(Paper.F4), samples_of_letters.full())
    documents |= {"telaah-staf": telaah_staf(), "templat": filled, "dossier": dossier()}
    prints = printed(documents, tmp_path)
    check_paper(prints)
    check_lists(prints)
    check_many_rows(prints)
    check_source(prints)
    check_telaah_staf(prints)
    check_template(prints)
    check_dossier(documents["dossier"], prints["dossier"])
