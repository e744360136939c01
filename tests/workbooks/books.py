"""Workbooks as people send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def upload(sheets: dict[str, list[list]], name="buku.xlsx") -> SimpleUploadedFile:
    """`sheets` are rows by the title of their sheet."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    output = BytesIO()
    book.save(output)
    return SimpleUploadedFile(name, output.getvalue())
