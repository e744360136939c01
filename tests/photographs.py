"""Pictures as phones, chat programs and presses write them."""

from io import BytesIO
from zlib import crc32

import pillow_heif
from PIL import Image, ImageCms

pillow_heif.register_heif_opener()  # the program can only read them

HEAD = b"\xff\xd8"
TURNED, GPS = 0x0112, 0x8825


def saved(picture, kind="JPEG", **options):
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def landscape(mode="RGB"):
    """Left half navy, right half white."""
    picture = Image.new("RGB", (80, 40), "white")
    picture.paste("navy", (0, 0, 40, 40))
    return picture.convert(mode)


def without_head():
    """A JPEG that begins with its tables, FFD8 FFDB: no JFIF, no Exif."""
    content = saved(landscape())
    length = int.from_bytes(content[4:6], "big")
    assert content[6:10] == b"JFIF"
    return HEAD + content[4 + length :]


PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


def with_chunk(name):
    """A PNG with a chunk that tells something and draws nothing."""
    content, told = saved(landscape(), "PNG"), b"Jl. Gajah Mada 2"
    chunk = len(told).to_bytes(4) + name + told + crc32(name + told).to_bytes(4)
    return content.removesuffix(PNG_END) + chunk + PNG_END


def with_small_picture():
    """A JPEG whose head holds a picture of one by three dots, perhaps of what was cut off."""
    content = saved(landscape())
    head = b"\xff\xe0" + (16 + 9).to_bytes(2) + content[6:18] + b"\x01\x03" + bytes(9)
    return HEAD + head + content[20:]


def place():
    exif = Image.Exif()
    exif[GPS] = {1: "S"}
    return exif


def located_and_turned():
    """Taken with the phone on its side, at a place that the phone wrote down."""
    exif = place()
    exif[TURNED] = 6
    return saved(landscape(), exif=exif)


def swapped_profile():
    """sRGB with the primary colours red and blue exchanged, a screen that nobody has."""
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return content.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


def half(kind="JPEG"):
    content = saved(Image.effect_noise((400, 400), 90), kind)
    return content[: len(content) // 2]


STRANGE = {
    "without a head": without_head(),
    "colours of a press": saved(landscape("CMYK")),
    "located and turned": located_and_turned(),
    "several in one": saved(landscape(), "MPO", save_all=True, append_images=[landscape()]),
}
