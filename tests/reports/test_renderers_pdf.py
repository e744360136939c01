from decimal import Decimal
from io import BytesIO
from urllib.request import OpenerDirector

import pdfplumber
import pytest
from PIL import Image
from pypdf import PdfReader

from reports.renderers import filename, render
from reports.renderers.pdf import render_html
from reports.tables.table import Figure, Orientation, Paper, PrintedLetterhead, Prose, data_uri
from tests.reports import samples

MILLIMETRE = 72 / 25.4


@pytest.fixture
def fetched(monkeypatch):
    """Addresses that somebody tried to open."""
    addresses = []
    really_open = OpenerDirector.open

    def open_and_tell(self, request, *args, **kwargs):
        addresses.append(getattr(request, "full_url", request))
        return really_open(self, request, *args, **kwargs)

    monkeypatch.setattr(OpenerDirector, "open", open_and_tell)
    return addresses


def pages(report):
    with pdfplumber.open(BytesIO(render(report, "pdf"))) as pdf:
        return [page.extract_text() for page in pdf.pages]


def picture(colour="navy"):
    content = BytesIO()
    Image.new("RGB", (4, 4), colour).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("orientation", Orientation)
def test_paper(paper, orientation):
    report = samples.report(paper=paper, orientation=orientation)
    box = PdfReader(BytesIO(render(report, "pdf"))).pages[0].mediabox
    size = (float(box.width) / MILLIMETRE, float(box.height) / MILLIMETRE)
    assert size == pytest.approx(report.page_size, abs=0.1)


def test_tagged_titled_and_in_indonesian():
    reader = PdfReader(BytesIO(render(samples.report(), "pdf")))
    catalog = reader.trailer["/Root"]
    assert reader.metadata.title == "Tindak Lanjut LHE"
    assert catalog["/Lang"] == "id"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog


def test_head_comes_back_and_pages_are_counted():
    long = samples.table([samples.row(number) for number in range(1, 90)])
    first, *_, last = texts = pages(samples.report(long))
    assert all("Rekomendasi" in text for text in texts)
    assert f"Halaman 1 dari {len(texts)}" in first
    assert "89." in last


def test_italics_are_kept():
    with pdfplumber.open(BytesIO(render(samples.report(), "pdf"))) as pdf:
        slanted = [
            char["text"]
            for char in pdf.pages[0].chars
            if "Italic" in char["fontname"] or "Oblique" in char["fontname"]
        ]
    assert "".join(slanted) == "reward"


def test_letters_restart_in_each_cell_and_start_where_told():
    (text,) = pages(samples.report())
    for line in ("a. memberi", "b. menata", "d. mengukur", "e. melapor", "(1) memilih", "(2)"):
        assert line in text
    assert "c." not in text.split("Batas waktu")[1]


def test_ordered_lists_of_a_passage_start_where_told():
    (text,) = pages(
        samples.report(Prose("Catatan", '<ol start="3"><li>tiga</li><li>lalu</li></ol>'))
    )
    assert "3. tiga" in text
    assert "4. lalu" in text


def test_a_row_longer_than_a_page_goes_on_under_its_head():
    long = "".join(f"<p>Kalimat ke-{number}.</p>" for number in range(150))
    texts = pages(samples.report(samples.table([samples.row(1, text=long), samples.row(2)])))
    assert len(texts) == 3
    assert all("Rekomendasi" in text for text in texts)
    assert "Kalimat ke-0." in texts[0]
    assert "Kalimat ke-149." in texts[2]


@pytest.mark.parametrize("filler", range(34, 46, 2))
def test_no_heading_is_left_alone_at_the_foot_of_a_page(filler):
    row = samples.row(text="<p>Isi baris</p>")
    table = samples.table([row], title="Judul tabel", subtitle="Anak judul")
    prose = Prose("Catatan", "<p>Paragraf</p>" * filler)
    (page,) = [text for text in pages(samples.report(prose, table)) if "Judul tabel" in text]
    assert "Anak judul" in page
    assert "Isi baris" in page


def test_no_rows_says_so():
    assert "Tidak ada data" in pages(samples.report(samples.table([])))[0]


def test_letterhead_and_pictures_are_printed():
    logo = data_uri(picture(), "image/png")
    head = PrintedLetterhead(government="PEMERINTAH PROVINSI", body="SEKRETARIAT", logo=logo)
    photo = data_uri(picture("teal"), "image/png")
    prose = Prose("Catatan", "", [Figure("Bimbingan", data_uri=photo)])
    reader = PdfReader(BytesIO(render(samples.report(prose, letterhead=head), "pdf")))
    text = reader.pages[0].extract_text()
    assert "PEMERINTAH PROVINSI" in text
    assert "(Keterangan gambar: Bimbingan)" in text
    assert len(reader.pages[0].images) == 2


@pytest.mark.parametrize("address", ["file://{path}", "{path}", "http://127.0.0.1:9/x.png"])
def test_pictures_that_are_no_data_are_left_out(address, tmp_path, fetched):
    path = tmp_path / "secret.png"
    path.write_bytes(picture())
    address = address.format(path=path)
    head = PrintedLetterhead(government="A", body="B", logo=address)
    prose = Prose("Catatan", "", [Figure("Bimbingan", data_uri=address)])
    reader = PdfReader(BytesIO(render(samples.report(prose, letterhead=head), "pdf")))
    assert not reader.pages[0].images
    assert fetched == []


def test_not_even_raw_markup_reaches_a_file_or_host(tmp_path, fetched):
    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia")
    vectors = f"""
        <link rel="attachment" href="file://{secret}"><link rel="stylesheet" href="file://{secret}">
        <style>@import "http://127.0.0.1:9/a.css"; p {{ background: url(file://{secret}) }}
        @font-face {{ font-family: x; src: url(http://127.0.0.1:9/x.ttf) }}</style>
        <p>isi<img src="http://127.0.0.1:9/i.png"><object data="file://{secret}"></object>
        <svg><image href="file://{secret}"/></svg></p>"""
    reader = PdfReader(BytesIO(render_html(f"<html lang=id><title>x</title>{vectors}")))
    assert reader.pages[0].extract_text().startswith("isi")
    assert not reader.attachments
    assert fetched == []


@pytest.mark.parametrize(
    "text", ["Kata" * 400, "kanan\u202ekiri\u200f", "<script>alert(1)</script>", "nol\x00", "=1+1"]
)
def test_hostile_text_prints(text):
    assert "Halaman 1 dari" in pages(samples.hostile(text))[0]


def test_a_long_word_stays_in_its_column():
    report = samples.report(samples.table([samples.row(remark="B" * 200)]))
    with pdfplumber.open(BytesIO(render(report, "pdf"))) as pdf:
        row = pdf.pages[0].extract_table()[-1]
    assert row[2].replace("\n", "") == "B" * 200


@pytest.mark.parametrize("orientation", Orientation)
def test_a_figure_of_millions_is_not_broken(orientation):
    rows = [samples.row(before=Decimal("-81725005.22"), remark="Pendapatan asli daerah")]
    text = pages(samples.report(samples.table(rows), orientation=orientation))[0]
    assert "-81.725.005,22" in text


def test_file_name():
    assert filename(samples.report(), "pdf") == "contoh.pdf"
    assert filename(samples.report(filename="tindak-lanjut"), "xlsx") == "tindak-lanjut.xlsx"


def wide(columns, rows=3, word="Pertanggungjawaban"):
    head = "".join(f'<th scope="col"><p>{word}</p></th>' for _ in range(columns))
    body = "".join(f"<td><p>{word}</p></td>" for _ in range(columns))
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{f'<tr>{body}</tr>' * rows}</tbody></table>"
    )


@pytest.mark.parametrize("columns", [2, 12])
def test_a_table_in_a_cell_stays_within_it(columns):
    table = samples.table([samples.row(text=wide(columns), remark="X")])
    report = samples.report(table, orientation=Orientation.LANDSCAPE)
    with pdfplumber.open(BytesIO(render(report, "pdf"))) as pdf:
        page = pdf.pages[0]
        edges = sorted({round(line["x0"]) for line in page.rects + page.lines + page.edges})
        (remark,) = [char for char in page.chars if char["text"] == "X"]
        words = [char for char in page.chars if char["text"] in "Pertanggungjawaban"]
        inner = [char["x1"] for char in words if char["x0"] < remark["x0"] and char["top"] > 100]
    right = max(edge for edge in edges if edge < remark["x0"])
    assert max(inner) <= right


def test_a_long_table_of_a_text_goes_on_under_its_own_head():
    row = "<tr><td><p>Kegiatan</p></td><td><p>4 kali</p></td></tr>"
    head = '<thead><tr><th scope="col"><p>Uraian</p></th><th scope="col"><p>Volume</p></th></tr></thead>'
    table = f"<table>{head}<tbody>{row * 150}</tbody></table>"
    texts = pages(samples.report(Prose("Catatan", table)))
    assert len(texts) > 1 and all("Uraian" in text for text in texts)
    texts = pages(samples.report(samples.table([samples.row(text=table)])))
    assert len(texts) > 1 and all("Rekomendasi" in text for text in texts)
    assert "".join(texts).count("4 kali") == 150
