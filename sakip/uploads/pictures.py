"""The one rule for pictures on their way in: what is stored shows everywhere and tells nothing unasked.

Pictures of cameras and chat programs may have a format that a word processor cannot read, a rotation that
is only written in the metadata, colours for printing (CMYK) or for a wide screen, or the place where they
were taken. A picture that has none of these keeps its bytes; any other is decoded and encoded once.
"""

from contextlib import contextmanager, nullcontext
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock

import pi_heif
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from sakip.uploads import scanner
from sakip.uploads.names import safe_name
from sakip.uploads.refusals import Refused

pi_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")  # MPO, of phones, is read as a JPEG
EXTENSIONS = ("png", "jpg", "jpeg", "jfif", "webp", "heic", "heif")
ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)
LONGEST_SIDE = 4000  # pixels; an F4 page printed at 300 dots per inch has fewer
MOST_PIXELS = 40_000_000  # unpacked at once; a larger JPEG is read at half or a quarter of its size
COLOURS = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1")}
HARMLESS = {  # what a decoded picture may say about itself and still keep its bytes
    "JPEG": {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"},
    "PNG": {"transparency", "dpi", "aspect", "interlace", "srgb"},
}  # fmt: skip
JPEG_END = b"\xff\xd9"
PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"sRGB"}
DEEP = ("I", "I;16", "I;16B", "I;16L")  # sixteen bits of grey
SRGB = ImageCms.createProfile("sRGB")
QUALITY = 90
JFIF = slice(6, 10)  # the bytes in which a plain JPEG has the word JFIF
ONE_AT_A_TIME = Lock()
PROBLEMS = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    RuntimeError,
    EOFError,
    Image.DecompressionBombError,
)
TOO_MANY = "berukuran terlalu banyak piksel. Perkecil lalu unggah lagi."
DAMAGED = "rusak atau terpotong sehingga tidak terbaca. Simpan ulang lalu unggah lagi."
UNKNOWN = "bukan gambar yang dikenal. Unggah gambar PNG atau JPG."


class Unreadable(Refused):
    """The file is no picture of an allowed format, or is damaged. The message is a sentence of its own."""

    def __str__(self):
        return f"Gambar {self.reason}"


def upright(content: bytes, formats=None, longest: int | None = LONGEST_SIDE) -> tuple[bytes, str]:
    """The picture as a plain, upright JPEG or PNG in sRGB, and its extension. Raises Unreadable.

    `formats` None accepts every format that Pillow reads, and also a truncated picture. A longer side
    is shortened to `longest` pixels; None keeps its size. Plain content is returned as it is.
    """
    try:
        with Image.open(BytesIO(content), formats=formats) as picture:
            kind = _kind(picture)
            _check_pixels(picture)
            with _whole_only() if formats else nullcontext():
                if formats and picture.format == "PNG":
                    Image.open(BytesIO(content)).verify()  # its pixels may be there, its end not
                picture.load()
            if _keeps_its_bytes(picture, content) and max(picture.size) <= (longest or MOST_PIXELS):
                return content, _extension(kind)
            return _written(picture, kind, longest), _extension(kind)
    except Unreadable:
        raise
    except UnidentifiedImageError as error:
        raise Unreadable(UNKNOWN) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(TOO_MANY) from error
    except PROBLEMS as error:
        raise Unreadable(DAMAGED) from error


def _extension(kind):
    return "jpg" if kind == "JPEG" else "png"


def _kind(picture):
    """PNG for pictures without loss and for transparent ones, JPEG for photos."""
    if picture.format in ("JPEG", "MPO"):
        return "JPEG"
    is_photo = picture.format in ("WEBP", "HEIF") and not picture.has_transparency_data
    return "JPEG" if is_photo else "PNG"


def _check_pixels(picture):
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS and picture.format in ("JPEG", "MPO"):
        part = 2 if pixels <= 4 * MOST_PIXELS else 4
        picture.draft(None, (picture.width // part, picture.height // part))
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable(TOO_MANY)


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
    """Whether every program shows these bytes. Reads only the header. Raises the errors of Pillow."""
    with Image.open(BytesIO(content)) as picture:
        if picture.format == "PNG":
            return True
        return picture.format == "JPEG" and content[JFIF] == b"JFIF" and _is_bare(picture)


def _is_bare(picture):
    return picture.mode in COLOURS["JPEG"] and not picture.getexif()


def _keeps_its_bytes(picture, content):
    """Whether the loaded picture is plain and carries nothing else, also not behind its end."""
    kind = picture.format
    if kind not in HARMLESS or picture.mode not in COLOURS[kind]:
        return False
    if not (_is_plain_jpeg(picture, content) if kind == "JPEG" else _is_plain_png(content)):
        return False
    is_bare = set(picture.info) <= HARMLESS[kind] and not picture.getexif()
    return is_bare and getattr(picture, "n_frames", 1) == 1


def _is_plain_jpeg(picture, content):
    """Whether its only marker is JFIF without a small picture, and its first end is the last."""
    names = [name for name, _data in picture.applist]
    is_jfif = names == ["APP0"] and content[JFIF] == b"JFIF" and len(picture.applist[0][1]) == 14
    return is_jfif and content.find(JPEG_END) == len(content) - len(JPEG_END)


def _is_plain_png(content):
    """Whether it has only chunks that draw the picture. Pillow passes over those that it does not know."""
    place, name = 8, b""
    while name != b"IEND":
        head = content[place : place + 8]
        if len(head) < 8 or head[4:] not in PNG_CHUNKS:
            return False
        place, name = place + 12 + int.from_bytes(head[:4]), head[4:]
    return place == len(content)


def _written(picture, kind, longest):
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if longest:
        picture.thumbnail((longest, longest))
    picture = _in_srgb(picture, profile, kind)
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    output = BytesIO()
    picture.save(output, kind, quality=QUALITY)
    return output.getvalue()


def _in_srgb(picture, profile, kind):
    """The picture in colours of `kind`. A profile that does not fit the picture says nothing about it."""
    if picture.mode in DEEP:
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if profile and picture.mode in ("P", "LA", "1", "PA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            picture = ImageCms.profileToProfile(picture, source, SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            profile = None
    if picture.mode not in COLOURS[kind]:
        picture = picture.convert("RGB" if kind == "JPEG" else "RGBA")
    return picture


def original_hash(received: bytes, content: bytes) -> str:
    return "" if content == received else sha256(received).hexdigest()


class PictureFormField(forms.ImageField):
    """A form field whose cleaned value is a file with the converted picture.

    Its `original_sha256` is the hash of the received picture when it was encoded anew, else empty.
    """

    default_validators = []

    def to_python(self, data):
        if data in self.empty_values:
            return None
        given = forms.FileField.to_python(self, data)
        name = safe_name(given.name)
        given.seek(0)
        try:
            if name.rpartition(".")[2].lower() not in EXTENSIONS:
                raise Refused(UNKNOWN)
            received = given.read()
            content, extension = upright(received, FORMATS)
            scanner.scan(given)
        except Refused as error:
            raise ValidationError(
                f"Berkas “{name}” {error.reason}", code="invalid_image"
            ) from error
        file = ContentFile(content, name=f"{Path(given.name).stem}.{extension}")
        file.original_sha256 = original_hash(received, content)
        return file


class PictureField(models.ImageField):
    """A picture that every form converts with `upright` before it is stored."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs
