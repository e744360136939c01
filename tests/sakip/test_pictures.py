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


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "1"])
def test_a_png_stays_a_png(mode):
    drawn = Image.new("RGBA", (8, 8), (0, 0, 128, 100)).convert(mode)
    file = cleaned(photographs.saved(drawn, "PNG"), "lambang.png")
    assert file.name == "lambang.png"
    assert opened(file.read()).convert("RGBA").tobytes() == drawn.convert("RGBA").tobytes()


def test_sixteen_bits_of_grey_become_eight():
    drawn = Image.new("I;16", (8, 8), 40_000)
    picture = opened(cleaned(photographs.saved(drawn, "PNG"), "pindai.png").read())
    assert (picture.mode, picture.getpixel((0, 0))) == ("L", 156)


@pytest.mark.parametrize("kind", ["WEBP", "HEIF"])
def test_a_picture_of_a_phone_or_a_page_becomes_a_jpeg_or_png(kind):
    photo = cleaned(photographs.saved(photographs.landscape(), kind), f"foto.{kind.lower()}")
    drawn = Image.new("RGBA", (64, 64), (0, 0, 128, 100))
    logo = cleaned(photographs.saved(drawn, kind), f"lambang.{kind.lower()}")
    assert (photo.name, opened(photo.read()).format) == ("foto.jpg", "JPEG")
    assert (logo.name, opened(logo.read()).mode) == ("lambang.png", "RGBA")


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "foto.jfif"), ("PNG", "foto.jpg")])
def test_the_ending_of_the_name_follows_the_content(kind, name):
    assert cleaned(photographs.saved(photographs.landscape(), kind), name).name == (
        "foto.jpg" if kind == "JPEG" else "foto.png"
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_colours_of_another_screen_are_shown_as_they_were_meant(kind):
    wide = photographs.saved(
        Image.new("RGB", (40, 40), (0, 0, 200)), kind, icc_profile=photographs.swapped_profile()
    )
    picture = opened(pictures.upright(wide, pictures.FORMATS)[0])
    red, _green, blue = picture.getpixel((20, 20))
    assert red > 150 > 60 > blue  # the profile calls the last of the three colours red
    assert "icc_profile" not in picture.info


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_plain_picture_keeps_its_bytes(kind):
    plain = photographs.saved(photographs.landscape(), kind)
    assert pictures.upright(plain, pictures.FORMATS)[0] is plain


@pytest.mark.parametrize(
    "content",
    [
        photographs.saved(photographs.landscape(), comment=b"Jl. Gajah Mada 2"),
        photographs.saved(photographs.landscape(), xmp=b"<x:xmpmeta/>"),
        photographs.saved(photographs.landscape()) + b"film of the phone",
        photographs.saved(photographs.landscape()) + b"PK film" + pictures.JPEG_END,
        photographs.with_small_picture(),
        photographs.saved(photographs.landscape(), "PNG", exif=photographs.place()),
        photographs.with_chunk(b"prVt"),
        photographs.with_chunk(b"zxIf"),
        photographs.with_chunk(b"tIME"),
        photographs.saved(photographs.landscape(), "PNG") + b"PK" + photographs.PNG_END,
    ],
    ids=[
        "comment",
        "xmp",
        "behind the end",
        "a second end",
        "a small picture",
        "png with a place",
        "png of one program",
        "png of tomorrow",
        "png with a time",
        "png with a second end",
    ],
)
def test_nothing_that_is_not_seen_is_kept(content):
    written = pictures.upright(content, pictures.FORMATS)[0]
    assert written != content
    assert pictures.upright(written, pictures.FORMATS)[0] is written


def test_a_photo_of_many_pixels_is_read_at_half_its_size(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    content = photographs.saved(photographs.landscape(), exif=photographs.place())  # 80 × 40
    assert opened(pictures.upright(content, pictures.FORMATS)[0]).size == (40, 20)
    with pytest.raises(pictures.Unreadable, match="piksel"):
        pictures.upright(photographs.saved(photographs.landscape(), "PNG"), pictures.FORMATS)


def test_a_huge_photo_is_made_smaller():
    content, _ = pictures.upright(photographs.saved(Image.new("L", (9000, 100), 200)))
    assert opened(content).size[0] <= pictures.LONGEST_SIDE


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto.jpg", photographs.half(), "terpotong"),
        ("foto.png", photographs.half("PNG"), "terpotong"),
        ("foto.jpg", b"bukan", "bukan gambar"),
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
