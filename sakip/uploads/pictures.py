"""Converts the pictures of our documents (a logo, the photos of a note) so that every program shows them.

JPEGs of cameras and chat programs may have a format that a word processor cannot read, a rotation that is
only written in the metadata, colours for printing (CMYK), or the place where they were taken. Evidence is
not converted.
"""

from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from threading import Lock

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import FileExtensionValidator
from django.db import models
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG")  # MPO, of phones, is read as a JPEG
EXTENSIONS = ("png", "jpg", "jpeg")
LONGEST_SIDE = 4000  # pixels; an F4 page printed at 300 dots per inch has fewer
MOST_PIXELS = 50_000_000  # unpacked at once; a larger JPEG is read at half its size
COLOURS = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1", "I;16", "I")}
QUALITY = 90
JFIF = slice(6, 10)  # the bytes in which a plain JPEG has the word JFIF
ONE_AT_A_TIME = Lock()
PROBLEMS = (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError)


class Unreadable(ValueError):
    """The file is no picture of an allowed format, or is damaged. The message says what to do."""


def upright(content: bytes, formats=None) -> tuple[bytes, str]:
    """The picture as a plain, upright JPEG or PNG, and its extension. Raises Unreadable.

    `formats` None accepts every format that Pillow reads, and also a truncated picture.
    """
    try:
        with (
            _whole_only() if formats else nullcontext(),
            Image.open(BytesIO(content), formats=formats) as picture,
        ):
            return _written(picture)
    except Unreadable:
        raise
    except UnidentifiedImageError as error:
        raise Unreadable("Unggah gambar PNG atau JPG.") from error
    except PROBLEMS as error:
        raise Unreadable(
            "Gambar rusak sehingga tidak terbaca. Simpan ulang lalu unggah lagi."
        ) from error


@contextmanager
def _whole_only():
    """Makes Pillow refuse truncated pictures: WeasyPrint changes this setting for the whole process."""
    with ONE_AT_A_TIME:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def is_plain(content: bytes) -> bool:
    """Whether `upright` has nothing to convert. Reads only the header. Raises the errors of Pillow."""
    with Image.open(BytesIO(content)) as picture:
        if picture.format == "PNG":
            return True
        return picture.format == "JPEG" and content[JFIF] == b"JFIF" and _is_bare(picture)


def _is_bare(picture):
    return picture.mode in COLOURS["JPEG"] and not picture.getexif()


def _written(picture):
    kind = "JPEG" if picture.format in ("JPEG", "MPO") else "PNG"
    if kind == "JPEG":
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable("Gambar berukuran terlalu banyak piksel. Perkecil lalu unggah lagi.")
    profile = picture.info.get("icc_profile") if picture.mode in COLOURS[kind] else None
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode not in COLOURS[kind]:
        picture = picture.convert("RGB" if kind == "JPEG" else "RGBA")
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    output = BytesIO()
    picture.save(output, kind, quality=QUALITY, icc_profile=profile)
    return output.getvalue(), "jpg" if kind == "JPEG" else "png"


class PictureFormField(forms.ImageField):
    """A form field whose cleaned value is a file with the converted picture."""

    default_validators = []

    def to_python(self, data):
        if data:
            FileExtensionValidator(EXTENSIONS)(data)
        given = super().to_python(data)
        if given is None:
            return None
        given.seek(0)
        try:
            content, extension = upright(given.read(), FORMATS)
        except Unreadable as error:
            raise ValidationError(str(error), code="invalid_image") from error
        return ContentFile(content, name=f"{Path(given.name).stem}.{extension}")


class PictureField(models.ImageField):
    """A picture that every form converts with `upright` before it is stored."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs
