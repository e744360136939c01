"""Whatever picture is stored: it prints, or its caption stands alone. Nothing fails."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from reports.archival import CLAIMS
from reports.renderers import render
from reports.tables.table import Figure, PrintedLetterhead, Prose, data_uri
from tests.reports import samples
from tests.reports.pictures import PICTURES, SIZE

every_picture = pytest.mark.parametrize("name", PICTURES)


def report(content):
    uri = data_uri(content, "image/jpeg")
    head = PrintedLetterhead(government="PEMERINTAH", body="SEKRETARIAT", logo=uri)
    note = Prose("Catatan", "<p>Isi</p>", [Figure("Bimbingan teknis", data_uri=uri)])
    return samples.report(note, letterhead=head)


@every_picture
def test_in_a_pdf(name):
    content, shows = PICTURES[name]
    file = render(report(content), "pdf")
    page = PdfReader(BytesIO(file)).pages[0]
    assert "Bimbingan teknis" in page.extract_text()
    assert len(page.images) == (1 if shows else 0)  # one picture, drawn twice
    if shows:
        width, height = page.images[0].image.size
        assert (width, height) == (SIZE if name != "turned" else SIZE[::-1])
    with pikepdf.open(BytesIO(file)) as pdf, pdf.open_metadata() as metadata:
        assert all(claim in metadata for claims in CLAIMS.values() for claim in claims)


@every_picture
def test_in_a_word_document(name):
    content, shows = PICTURES[name]
    with ZipFile(BytesIO(render(report(content), "docx"))) as archive:
        pictures = [part for part in archive.namelist() if part.startswith("word/media/")]
        for part in pictures:
            with Image.open(BytesIO(archive.read(part))) as picture:
                assert picture.mode != "CMYK"
    assert bool(pictures) == shows


@every_picture
@pytest.mark.parametrize("format_name", ["xlsx", "csv"])
def test_in_a_table_without_pictures(name, format_name):
    assert render(report(PICTURES[name][0]), format_name)
