"""Files that only pretend to be Word documents are refused before they are parsed."""

import zipfile
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sakip.uploads.archive import OLD_OFFICE
from tests.workbooks.word.papers import paper, upload
from workbooks.readers.guard import WorkbookRefused
from workbooks.word import document, drafts

ROW = ["1", "Judul\nTeks.", "Rapat.", "Sudah"]


def changed(parts=(), name="berkas.docx"):
    """A good file whose parts are replaced or joined by others."""
    output, parts = BytesIO(), dict(parts)
    with zipfile.ZipFile(paper(ROW)) as old, zipfile.ZipFile(output, "w", 8) as new:
        for entry in old.infolist():
            content = parts.pop(entry.filename, None)
            new.writestr(entry.filename, old.read(entry) if content is None else content)
        for filename, content in parts.items():
            new.writestr(filename, content)
    return SimpleUploadedFile(name, output.getvalue())


BODY = "word/document.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
OUTSIDE = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
HOSTILE = {
    "empty": (lambda: SimpleUploadedFile("a.docx", b" "), "rusak"),
    "no archive": (lambda: SimpleUploadedFile("a.docx", b"PK\x03\x04 bukan"), "rusak"),
    "old format": (lambda: SimpleUploadedFile("a.doc", OLD_OFFICE), "Word lama"),
    "encrypted": (lambda: SimpleUploadedFile("a.docx", OLD_OFFICE * 9), "kata sandi"),
    "another kind": (lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "bukan berkas Word"),
    "entities": (lambda: changed({BODY: BOMB}), "definisi XML"),
    "entities far down": (
        lambda: changed({BODY: b" " * ((1 << 20) - 4) + OUTSIDE}),
        "definisi XML",
    ),
    "bomb": (lambda: changed({"word/media/a.xml": b" " * (40 << 20)}), "terlalu besar"),
    "one huge part": (
        lambda: changed({"word/a.xml": bytes(range(256)) * 4 * (17 << 10)}),
        "terlalu besar",
    ),
    "macros": (lambda: changed({"word/vbaProject.bin": b"x"}), "makro"),
    "broken": (lambda: changed({BODY: b"<w:document"}), "rusak"),
    "deep": (lambda: changed({BODY: b"<a>" * 5000 + b"</a>" * 5000}), "rusak"),
    "not a document": (lambda: changed({"[Content_Types].xml": b"<Types/>"}), "rusak"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name):
    make, reason = HOSTILE[name]
    file = make()
    with pytest.raises(WorkbookRefused, match=reason):
        document.read(file, file.name)


def test_too_many_parts_are_refused(settings):
    settings.IMPORT_MAX_ENTRIES = 5
    with pytest.raises(WorkbookRefused, match="terlalu banyak"):
        document.read(paper(ROW), "a.docx")


def test_a_file_above_the_limit_is_refused(settings):
    settings.IMPORT_MAX_SIZE = 1000
    with pytest.raises(WorkbookRefused, match="terlalu besar"):
        document.read(paper(ROW), "a.docx")


def test_too_many_tables_are_refused(monkeypatch):
    monkeypatch.setattr(document, "MAX_TABLES", 1)
    found = docx.Document()
    for _ in range(2):
        found.add_table(1, 1)
    with pytest.raises(WorkbookRefused, match="terlalu banyak tabel"):
        document.read(upload(found), "a.docx")


def test_too_many_recommendations_are_refused(monkeypatch):
    monkeypatch.setattr(drafts, "MAX_ENTRIES", 1)
    with pytest.raises(WorkbookRefused, match="Paling banyak 1"):
        drafts.read(paper(ROW, ["2", *ROW[1:]]), "a.docx", [])


def test_an_unchanged_file_passes():
    assert len(document.read(changed(), "a.docx").tables) == 1
