"""Small real files, and some that only pretend."""

import io
import random
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

EXE = b"MZ\x90\x00" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def pdf(*, pages=1, **options):
    buffer = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(buffer, deterministic_id="encryption" not in options, **options)
    return buffer.getvalue()


PDF = pdf()


def picture(kind="PNG", size=(4, 3)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, kind)
    return buffer.getvalue()


def office(main=WORD, *parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        if main:
            package.writestr(
                "[Content_Types].xml", f'<Types><Override ContentType="{main}"/></Types>'
            )
        for part in ("word/document.xml", *parts):
            package.writestr(part, "<x/>")
    return buffer.getvalue()


def upload(name="laporan.pdf", content=PDF, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def long_pdf(size):
    """A PDF of at least so many bytes."""
    buffer = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Filling = made.make_stream(random.Random(1).randbytes(size))
        made.save(buffer, deterministic_id=True)
    return buffer.getvalue()
