"""What hides in a Word template is refused in words before anything of it is used."""

import pytest
from django.core.exceptions import ValidationError

from reports.documents.telaah_staf.word import guard
from reports.documents.telaah_staf.word.starting import starting_template
from reports.tables.table import Paper
from tests.recommendations import files
from tests.reports.word_templates import repacked, template, upload

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def related(kind, target, mode="External"):
    relation = (
        f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )
    return {
        RELATIONS: lambda old: old.replace(
            b"</Relationships>", f"{relation}</Relationships>".encode()
        )
    }


def written(xml):
    return {DOCUMENT: lambda old: old.replace(b"<w:sectPr", f"{xml}<w:sectPr".encode(), 1)}


def field(*codes):
    words = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return written(f"<w:p>{FIELD.format('begin')}{words}{FIELD.format('end')}</w:p>")


def nested(outer, inner):
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    begin, end = FIELD.format("begin"), FIELD.format("end")
    return written(f"<w:p>{begin}{code.format(outer)}{begin}{code.format(inner)}{end}{end}</w:p>")


def refusal(content, name="templat.docx"):
    with pytest.raises(ValidationError) as caught:
        guard.check(upload(content, name))
    (sentence,) = caught.value.messages
    return sentence


@pytest.mark.parametrize("paper", Paper)
def test_the_starting_template_passes(paper):
    assert guard.check(upload(starting_template(paper))).extension == "docx"


def test_what_word_itself_saves_passes():
    assert guard.check(upload(template("{{ isi }}", header=["{{ kop_badan }}"])))


@pytest.mark.parametrize(
    "changes",
    [
        related("hyperlink", "https://kaltimprov.go.id/"),
        related("hyperlink", "mailto:setda@example.go.id"),
        field(" PAGE \\* MERGEFORMAT "),
        field('HYPERLINK "https://kaltimprov.go.id/" \\l "awal"'),
    ],
)
def test_ordinary_links_and_fields_pass(changes):
    assert guard.check(upload(repacked(changes)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (related("attachedTemplate", "http://x/t.dotm"), "memakai templat lain"),
        (related("image", "http://x/1.png"), "mengambil isi dari luar"),
        (related("image", "file:///etc/passwd"), "mengambil isi dari luar"),
        (related("hyperlink", "file://server/x"), "tautan yang tidak diperbolehkan"),
        (related("hyperlink", "\\\\server\\x"), "tautan yang tidak diperbolehkan"),
        (related("hyperlink", "javascript:x"), "tautan yang tidak diperbolehkan"),
        (related("oleObject", "embeddings/x", "Internal"), "objek tersemat"),
        (related("aFChunk", "x.html", "Internal"), "objek tersemat"),
        ({"word/vbaProject.bin": b"x"}, "makro"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "objek tersemat"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "objek tersemat"),
        ({"customXml/item1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "definisi XML"),
        ({"customXml/item1.xml": b'<?xml version="1.0" encoding="UTF-7"?>\n+ADw-!DOCTYPE x+AD4-<x/>'}, ""),
        ({"word/header9.xml": b"<w:p>"}, "rusak"),
        (written('<w:altChunk xmlns:r="r" r:id="rX"/>'), "objek tersemat"),
        (written('<w:p><w:r><w:object/></w:r></w:p>'), "objek tersemat"),
        (written('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x"/></w:p>'), "kode Word “DDEAUTO”"),
        (field(" INCLUDE", "PICTURE \"http://x\""), "kode Word “INCLUDEPICTURE”"),
        (field("includetext x"), "kode Word “includetext”"),
        (nested("PAGE", "QUOTE 68 68 69"), "kode Word “QUOTE”"),
        (field('HYPERLINK "\\\\server\\x"'), "tautan yang tidak diperbolehkan"),
    ],
)  # fmt: skip
def test_what_fetches_runs_or_hides_something_is_refused(changes, words):
    assert words in refusal(repacked(changes))


def test_what_becomes_too_large_is_refused(settings):
    assert "terlalu besar" in refusal(repacked({"word/media/a.png": b"0" * 2**24}))
    assert "terlalu besar" in refusal(repacked({"customXml/item1.xml": b"<x>" + b" " * 2**23}))
    many = {f"customXml/item{number}.xml": b"<x/>" for number in range(400)}
    assert "tersusun tidak wajar" in refusal(repacked(many))


def test_another_kind_of_file_is_refused():
    assert "bukan dokumen Word" in refusal(files.PDF, "templat.pdf")
    assert "tanpa makro" in refusal(b"x", "templat.docm")
    assert "rusak" in refusal(b"PK\x03\x04", "templat.docx")
    assert "rusak" in refusal(starting_template(Paper.A4)[:2000])
