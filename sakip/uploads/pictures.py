"""Pictures of our own documents (a logo, the photos of a note), written anew so that every program shows them.

Cameras and chat programs write JPEGs that a word processor does not know, turned by a mark instead of
truly, in the colours of a press, and with the place where they were taken. Evidence stays as it is.
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
LONGEST_SIDE = 4000  # pixels; a page of F4 printed at 300 dots an inch has fewer
MOST_PIXELS = 50_000_000  # that are unpacked at once; a larger JPEG is read at half its size
COLOURS = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1", "I;16", "I")}
QUALITY = 90
JFIF = slice(6, 10)  # where a JPEG says so of itself
ONE_AT_A_TIME = Lock()
PROBLEMS = (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError)


class Unreadable(ValueError):
    """No such picture, or a damaged one; the message is a sentence that says what to do."""


def upright(content: bytes, formats=None) -> tuple[bytes, str]:
    """A plain JPEG or PNG of the picture, and its extension. Raises Unreadable.

    `formats` None takes whatever Pillow reads, and half a picture as far as it goes.
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
    """Pillow refuses half a picture, until WeasyPrint tells it for the whole process to draw the rest grey."""
    with ONE_AT_A_TIME:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def is_plain(content: bytes) -> bool:
    """Whether `upright` has nothing to do. Reads the head only; raises what Pillow raises."""
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
    """Cleans to a file with the plain picture."""

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
    """A picture that is written anew on its way in, by whichever form it comes."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs
