"""Every file of the corpus is refused with its own reason, and every good one is kept as it is or made plain."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from sakip.models import Letterhead
from sakip.uploads import pdf_contents, pictures
from sakip.uploads.check import check_upload, safe_name
from tests.corpus import images, offices, others, pdfs

LOGO = Letterhead._meta.get_field("logo").formfield()
BAD = {
    f"{kind}: {name}": case
    for kind, cases in {
        "pdf": pdfs.BAD, "office": offices.BAD, "image": images.BAD, "other": others.BAD,
    }.items()
    for name, case in cases.items()
}  # fmt: skip
DOCUMENTS = pdfs.GOOD | offices.GOOD


def test_the_corpus_is_large_enough():
    assert len(BAD) >= 80
    assert len(DOCUMENTS) + len(images.GOOD) >= 40


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(name):
    case = BAD[name]
    with pytest.raises(ValidationError) as refused:
        check_upload(case.upload())
    assert f"Berkas “{safe_name(case.name)}” " in refused.value.message
    assert case.reason in refused.value.message
    assert refused.value.message.endswith((".", ")"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_good_document_is_kept_byte_by_byte(name):
    case = DOCUMENTS[name]
    upload = case.upload()
    checked = check_upload(upload)
    assert checked.file is upload
    assert upload.read() == case.content
    assert checked.sha256 == hashlib.sha256(case.content).hexdigest()


@pytest.mark.parametrize("name", images.GOOD)
def test_a_good_picture_becomes_plain(name):
    checked = check_upload(images.GOOD[name].upload())
    content = checked.file.read()
    assert checked.name.endswith((checked.extension, ".jpeg"))
    with Image.open(BytesIO(content)) as picture:
        assert picture.format == {"jpg": "JPEG", "png": "PNG"}[checked.extension]
        assert not picture.getexif()
    assert images.PHP not in content
    assert pictures.upright(content, pictures.FORMATS)[0] is content  # nothing is left to take away


@pytest.mark.parametrize("name", images.BAD)
def test_a_bad_picture_is_no_logo(name):
    with pytest.raises(ValidationError):
        LOGO.clean(images.BAD[name].upload())


def test_a_pdf_of_too_many_objects_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_contents, "MOST_OBJECTS", 20)
    with pytest.raises(ValidationError, match=r"terlalu rumit \(lebih dari 20 objek\)"):
        check_upload(pdfs.GOOD["many pages"].upload())


def test_every_object_of_a_long_pdf_is_looked_at(monkeypatch):
    monkeypatch.setattr(pdf_contents, "BATCH", 2)
    assert check_upload(pdfs.GOOD["carried documents"].upload())
    with pytest.raises(ValidationError, match="JavaScript"):
        check_upload(pdfs.BAD["a script in packed objects"].upload())


@pytest.mark.parametrize("sent", others.NAMES)
def test_a_name_is_only_a_name(sent):
    assert safe_name(sent) == others.NAMES[sent]
