"""Workbooks as people send them."""

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from workbooks.columns import shelves
from workbooks.compare import analysis
from workbooks.kinds import KINDS
from workbooks.readers import workbook
from workbooks.writers import xlsx


def upload(sheets: dict[str, list[list]], name="buku.xlsx", change=None) -> SimpleUploadedFile:
    """`sheets` are rows by the title of their sheet; `change(book)` may spoil the workbook further."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    if change:
        change(book)
    output = BytesIO()
    book.save(output)
    return SimpleUploadedFile(name, output.getvalue())


def zipped(parts: dict[str, bytes | str], name="buku.xlsx") -> SimpleUploadedFile:
    """An archive with these parts, packed."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return SimpleUploadedFile(name, output.getvalue())


def repacked(file, change) -> SimpleUploadedFile:
    """The same workbook after `change(parts)` has had its way with the parts of its archive."""
    with zipfile.ZipFile(file) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    change(parts)
    return zipped(parts, file.name)


def exported(kind, user, **options) -> SimpleUploadedFile:
    output = BytesIO()
    xlsx.write(output, KINDS[kind], user, **options)
    return SimpleUploadedFile(f"{kind}.xlsx", output.getvalue())


def plan_of(kind, user, file, names=None, **options):
    book = workbook.read_workbook(file, file.name, names)
    return analysis.analyse(KINDS[kind], book, user, shelves.directory_for(user), **options)
