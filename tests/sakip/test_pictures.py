"""A logo or a photo is written anew on its way in: plain, upright, without its place."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from sakip.models import Letterhead
from sakip.uploads import pictures
from tests import photographs

FIELD = Letterhead._meta.get_field("logo").formfield()


def cleaned(content, name="foto.jpg"):
    return FIELD.clean(SimpleUploadedFile(name, content))


def opened(content):
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", photographs.STRANGE)
def test_a_strange_jpeg_becomes_a_plain_one(kind):
    content = cleaned(photographs.STRANGE[kind]).read()
    picture = opened(content)
    assert (content[6:10], picture.format, picture.mode) == (b"JFIF", "JPEG", "RGB")
    assert (dict(picture.getexif()), pictures.is_plain(content)) == ({}, True)
    assert not pictures.is_plain(photographs.STRANGE[kind])


def test_a_turned_picture_stands_upright():
    picture = opened(cleaned(photographs.located_and_turned()).read())
    assert picture.size == (40, 80)
    above, below = picture.getpixel((20, 10)), picture.getpixel((20, 70))
    assert sum(above) < 250 < sum(below)  # what was left is above


def test_the_colours_of_a_press_are_not_inverted():
    navy, white = (
        opened(cleaned(photographs.STRANGE["colours of a press"]).read()).getpixel((x, 20))
        for x in (10, 70)
    )
    assert sum(navy) < 250
    assert sum(white) > 700


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "1", "I;16"])
def test_a_png_stays_a_png(mode):
    drawn = Image.new("RGBA", (8, 8), (0, 0, 128, 100))
    drawn = Image.new(mode, (8, 8), 40_000) if mode == "I;16" else drawn.convert(mode)
    file = cleaned(photographs.saved(drawn, "PNG"), "lambang.png")
    assert file.name == "lambang.png"
    assert opened(file.read()).convert("RGBA").tobytes() == drawn.convert("RGBA").tobytes()


def test_a_huge_photo_is_made_smaller():
    content, _ = pictures.upright(photographs.saved(Image.new("L", (9000, 100), 200)))
    assert opened(content).size[0] <= pictures.LONGEST_SIDE


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto.jpg", photographs.half(), "rusak"),
        ("foto.png", photographs.half("PNG"), "gambar"),
        ("foto.jpg", b"bukan", "gambar"),
        ("foto.png", photographs.saved(photographs.landscape(), "GIF"), "PNG atau JPG"),
        ("foto.html", photographs.saved(photographs.landscape()), "html"),
        ("foto.png", photographs.saved(Image.new("1", (8000, 8000)), "PNG"), "piksel"),
    ],
)
@pytest.mark.parametrize("is_lenient", [True, False])
def test_what_is_no_good_picture_is_refused_in_words(
    name, content, sentence, is_lenient, monkeypatch
):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_lenient)  # as WeasyPrint sets it
    with pytest.raises(ValidationError) as caught:
        cleaned(content, name)
    assert sentence in " ".join(caught.value.messages)


def test_it_is_a_plain_picture_column():
    assert Letterhead._meta.get_field("logo").deconstruct()[1] == "django.db.models.ImageField"
