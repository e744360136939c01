"""What may be uploaded is judged by its content; each refusal says what to do."""

import hashlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from sakip.uploads.check import DOCX, XLSX, check_upload, safe_name
from tests import photographs
from tests.recommendations import files


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", files.PDF, "application/pdf"),
        ("A.PDF", files.PDF, "application/pdf"),
        ("a.png", files.picture("PNG"), "image/png"),
        ("a.jpg", files.picture("JPEG"), "image/jpeg"),
        ("a.jpeg", files.picture("JPEG"), "image/jpeg"),
        ("tanda.pdf", b"\xef\xbb\xbf" + files.PDF, "application/pdf"),
        ("baris.pdf", b"\r\n\n" + files.PDF, "application/pdf"),
        ("penuh.pdf", files.PDF.ljust(9000, b"\0"), "application/pdf"),
        ("lari.pdf", files.PDF.replace(b"\n", b"\r\n", 3), "application/pdf"),
        ("laman.pdf", files.pdf(linearize=True), "application/pdf"),
        ("a.docx", files.office(files.WORD), DOCX),
        ("a.xlsx", files.office(files.EXCEL), XLSX),
    ],
)
def test_real_files_pass(name, content, content_type):
    checked = check_upload(files.upload(name, content, "text/html"))
    assert (checked.content_type, checked.size) == (content_type, len(content))
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert (checked.file.read(), checked.original_sha256) == (content, "")


def test_a_photo_is_stored_plain_and_its_original_is_known_by_its_hash():
    received = photographs.located_and_turned()
    checked = check_upload(files.upload("IMG_0012.JFIF", received))
    stored = checked.file.read()
    assert (checked.name, checked.extension, checked.size) == ("IMG_0012.jpg", "jpg", len(stored))
    assert checked.sha256 == hashlib.sha256(stored).hexdigest()
    assert checked.original_sha256 == hashlib.sha256(received).hexdigest() != checked.sha256


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "virus.exe",
            files.EXE,
            "jenisnya. Yang diterima: pdf, foto (jpg, png, heic, webp), docx, atau xlsx",
        ),
        ("tanpa-akhiran", files.PDF, "jenisnya"),
        ("logo.svg", files.SVG, "jenisnya"),
        ("lama.doc", files.OLD_OFFICE, "Simpan ulang sebagai .docx atau .pdf"),
        ("makro.docm", files.office(files.MACRO), "Simpan ulang tanpa makro sebagai .docx"),
        ("paket.zip", files.office(), "Buka paketnya"),
        ("kosong.pdf", b"", "kosong"),
        ("virus.pdf", files.EXE, "bukan PDF yang sebenarnya"),
        ("halaman.pdf", b"<html>%PDF-1.4", "bukan PDF yang sebenarnya"),
        ("cut.pdf", files.pdf(pages=40)[:-400], "rusak atau terpotong"),
        ("cut.pdf", files.pdf(pages=40, linearize=True)[:-400], "rusak atau terpotong"),
        ("kecil.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "rusak atau terpotong"),
        ("nol.pdf", files.pdf(pages=0), "tidak berisi satu halaman pun"),
        ("kunci.pdf", files.pdf(encryption=pikepdf.Encryption(user="a", owner="b")), "kata sandi"),
        ("logo.png", files.SVG, "bukan gambar yang dikenal"),
        ("gambar.png", files.picture("GIF"), "bukan gambar yang dikenal"),
        ("gambar.gif", files.picture("GIF"), "Simpan ulang gambarnya sebagai .png"),
        ("potong.png", files.picture("PNG")[:60], "rusak atau terpotong"),
        ("potong.jpg", photographs.half(), "rusak atau terpotong"),
        ("potong.webp", photographs.half("WEBP"), "rusak atau terpotong"),
        ("potong.heic", photographs.half("HEIF"), "rusak atau terpotong"),
        ("sandi.docx", files.OLD_OFFICE, "berkata sandi atau berformat Office lama"),
        ("rusak.docx", b"PK\x03\x04" + b"\x00" * 40, "rusak atau bukan dokumen Office"),
        ("polos.docx", files.office(None), "rusak atau bukan dokumen Office"),
        ("tukar.docx", files.office(files.EXCEL), "bukan dokumen .docx yang sebenarnya"),
        ("makro.docx", files.office(files.MACRO), "berisi makro"),
        ("makro.docx", files.office(files.WORD, "word/vbaProject.bin"), "berisi makro"),
    ],
)
def test_the_rest_is_refused_in_words(name, content, sentence):
    with pytest.raises(ValidationError) as error:
        check_upload(files.upload(name, content))
    assert f"Berkas “{name}”" in error.value.message
    assert sentence in error.value.message


def test_too_large_a_file_is_refused(settings):
    settings.EVIDENCE_MAX_MEGABYTES = 1
    limit = 1024 * 1024
    check_upload(files.upload(content=files.PDF.ljust(limit)))
    with pytest.raises(ValidationError, match="lebih besar dari 1 MB"):
        check_upload(files.upload(content=files.PDF.ljust(limit + 1)))


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 5)
    with pytest.raises(ValidationError, match="terlalu banyak piksel"):
        check_upload(files.upload("peta.png", files.picture(size=(4, 3))))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Dokumen\\SK Tim.pdf", "SK Tim.pdf"),
        ("SK\r\nSet-Cookie: x.pdf", "SKSet-Cookie: x.pdf"),
        ("lap\u202efdp.exe.pdf", "lapfdp.exe.pdf"),
        ("  jarak   ganda .pdf", "jarak ganda .pdf"),
        ("n" * 300 + ".pdf", "n" * 196 + ".pdf"),
        ("tanpa", "tanpa"),
    ],
)
def test_names_are_kept_as_harmless_text(name, kept):
    assert safe_name(name) == kept
