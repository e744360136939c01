"""Pictures as phones, chat programs and presses write them."""

from io import BytesIO

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
