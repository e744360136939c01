"""Reads the words back out of the files that reports are printed to."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

TEXT = (qn("w:t"), qn("w:br"), qn("w:tab"))


def content(issued) -> bytes:
    """The file of an IssuedReport."""
    with issued.file.open() as file:
        return file.read()


def words(content: bytes, format_name: str) -> str:
    """All words of a file, one blank apart."""
    if format_name == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    elif format_name == "xlsx":
        book = load_workbook(BytesIO(content))
        cells = (
            cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
        text = " ".join(str(cell) for cell in cells if cell is not None)
    elif format_name == "docx":
        text = " ".join(document_lines(content))
    else:
        text = content.decode("utf-8-sig")
    return " ".join(text.split())


def outline(content: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page, from 1, of every bookmark."""
    reader = PdfReader(BytesIO(content))

    def walk(entries, level):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, level + 1)
            else:
                yield level, entry.title, reader.get_destination_page_number(entry) + 1

    return list(walk(reader.outline, 1))


def document_lines(content: bytes) -> list[str]:
    """The paragraphs of a Word document in reading order, those in tables too, without list marks."""
    body = Document(BytesIO(content)).element.body
    return [
        "".join(part.text if part.tag == qn("w:t") else " " for part in line.iter(*TEXT))
        for line in body.iter(qn("w:p"))
    ]
