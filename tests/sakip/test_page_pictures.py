"""The first pages of a PDF as one picture."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import Http404
from PIL import Image

from recommendations.models import EvidenceRevision
from sakip.uploads import page_pictures
from tests.corpus import pdfs


@pytest.fixture
def stored(tmp_path):
    def store(content):
        field = EvidenceRevision._meta.get_field("file")
        file = FieldFile(None, field, "")
        file.storage = FileSystemStorage(tmp_path)
        file.name = file.storage.save("bukti.pdf", ContentFile(content))
        return file

    return store


def test_a_page_is_drawn_and_kept(stored):
    file = stored(pdfs.GOOD["scanned"].content)
    drawn = page_pictures.first_pages(file)
    picture = Image.open(BytesIO(drawn))
    assert (picture.format, picture.width) == ("JPEG", page_pictures.WIDTH)
    file.storage.delete(file.name)
    assert page_pictures.first_pages(file) is drawn


def test_what_cannot_be_drawn_is_not_there(stored):
    with pytest.raises(Http404, match="tidak dapat digambar"):
        page_pictures.first_pages(stored(b"%PDF-1.7 rusak"))
    file = stored(b"x")
    file.storage.delete(file.name)
    with pytest.raises(Http404, match="tidak ada lagi"):
        page_pictures.first_pages(file)
