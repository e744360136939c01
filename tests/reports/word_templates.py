"""Word templates for tests: written, and spoilt."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from reports.documents.telaah_staf.word.starting import starting_template
from reports.tables.table import Paper


def template(*lines, header=()):
    """A document with these paragraphs, as Word would save it."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    for line in header:
        document.sections[0].header.add_paragraph(line)
    return saved(document)


def saved(document):
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def repacked(changes, content=None):
    """The starting template with parts replaced or added; a function gets what stood there."""
    content = content or starting_template(Paper.A4)
    output = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(output, "w", ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(set(changes) - set(old.namelist()))]:
            change = changes.get(name)
            found = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(found) if callable(change) else change or found)
    return output.getvalue()


def upload(content, name="templat.docx"):
    return SimpleUploadedFile(name, content)
