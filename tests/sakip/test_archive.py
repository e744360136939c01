"""What an archive may hold before anybody parses it, and where files are stored."""

import re
import zipfile
from io import BytesIO
from random import Random

import pytest
from django.core.exceptions import ValidationError

from sakip.uploads import archive
from sakip.uploads.archive import CHUNK, ArchiveRefused, Fault, Limits
from sakip.uploads.check import check_upload
from sakip.uploads.storage import RandomPath
from tests.recommendations import files

LIMITS = Limits(parts=5, unpacked=8 * CHUNK, xml_part=3 * CHUNK, xml_together=5 * CHUNK)
DOCTYPE = b"<!DOCTYPE a [<!ENTITY b 'bb'>]><a/>"
NOISE = Random(1).randbytes(1 << 14)  # packs well only when repeated


def packed(*parts):
    """`parts` are pairs of name and content."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return buffer.getvalue()


def read(content, **options):
    with archive.opened(BytesIO(content), LIMITS) as package:
        for entry in package.infolist():
            for _piece in archive.pieces(package, entry, LIMITS, **options):
                pass


def encrypted(content):
    """Both headers of the only part say so."""
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(start) + flags
        content = content[:place] + b"\x01" + content[place + 1 :]
    return content


REFUSED = {
    "no archive": (b"PK\x03\x04 bukan", Fault.DAMAGED),
    "cut off": (packed(("a.xml", NOISE))[:-30], Fault.DAMAGED),
    "beginning lost": (packed(("a.xml", NOISE))[30:], Fault.DAMAGED),
    "name in no alphabet": (
        packed(("é.xml", NOISE)).replace("é".encode(), b"\xff\xfe"),
        Fault.DAMAGED,
    ),
    "encrypted": (encrypted(packed(("a.xml", b"<a/>"))), Fault.STRANGE),
    "upwards": (packed(("../a.xml", b"<a/>")), Fault.STRANGE),
    "two alike": (packed(("a.xml", b"<a/>"), ("A.XML", b"<a/>")), Fault.STRANGE),
    "many parts": (packed(*((f"{n}.png", b"x") for n in range(6))), Fault.TOO_MANY_PARTS),
    "swells": (packed(("a.png", b" " * (3 * CHUNK))), Fault.TOO_LARGE),
    "all too large": (packed(("a.png", NOISE * 520)), Fault.TOO_LARGE),
    "one XML too large": (packed(("a.xml", NOISE * 200)), Fault.TOO_LARGE),
    "XML together": (packed(*((f"{n}.xml", NOISE * 170) for n in range(2))), Fault.TOO_LARGE),
    "macro": (packed(("word/vbaProject.bin", b"x")), Fault.MACRO),
    "entity": (packed(("a.xml", DOCTYPE)), Fault.DEFINITIONS),
    "entity over two pieces": (
        packed(("a.rels", NOISE * 63 + NOISE[:-4] + b"<!DOCTYPE a><a/>")),
        Fault.DEFINITIONS,
    ),
    "wide letters": (packed(("a.xml", "<!DOCTYPE a>".encode("utf-16-le"))), Fault.DEFINITIONS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_honest_document_holds_is_refused(name):
    content, fault = REFUSED[name]
    with pytest.raises(ArchiveRefused) as refused:
        read(content)
    assert refused.value.fault == fault


def test_damaged_data_is_told_as_such():
    content = packed(("a.png", NOISE))
    place = content.index(b"a.png") + 5
    with pytest.raises(ArchiveRefused) as refused:
        read(content[:place] + b"\xff" * 40 + content[place + 40 :])
    assert refused.value.fault == Fault.DAMAGED


def test_a_list_that_nobody_parses_may_name_its_type():
    read(packed(("META-INF/manifest.xml", b"<!DOCTYPE manifest:manifest><a/>")))


def test_a_part_that_is_parsed_is_looked_at_whatever_its_name():
    content = packed(("xl/sheet.bin", DOCTYPE))
    read(content)
    with pytest.raises(ArchiveRefused):
        read(content, is_parsed=True)


def test_the_sentence_is_the_callers():
    refusal = ArchiveRefused(Fault.TOO_LARGE, size=3 * CHUNK)
    damaged = {Fault.DAMAGED: "{name} rusak."}
    assert refusal.sentence(damaged, name="a.docx") == "a.docx rusak."
    large = damaged | {Fault.TOO_LARGE: "{name}: {megabytes} MB."}
    assert refusal.sentence(large, name="a.docx") == "a.docx: 3 MB."


def test_evidence_that_swells_is_refused():
    content = files.office(files.WORD)
    buffer = BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.png", b" " * (20 * CHUNK))
    with pytest.raises(
        ValidationError, match=r"“a.docx” menjadi terlalu besar saat dibuka \(20 MB"
    ):
        check_upload(files.upload("a.docx", buffer.getvalue()))


@pytest.mark.parametrize(
    ("folder", "name", "pattern"),
    [
        ("bukti/%Y", "Surat Tugas.PDF", r"bukti/20\d\d/[0-9a-f]{32}\.pdf"),
        ("dokumen", "../../etc/passwd", r"dokumen/[0-9a-f]{32}"),
    ],
)
def test_a_stored_name_tells_nothing_but_its_kind(folder, name, pattern):
    first, second = (RandomPath(folder)(None, name) for _ in range(2))
    assert re.fullmatch(pattern, first)
    assert first != second
