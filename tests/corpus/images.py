"""Pictures that are too large, no pictures, or something else too; and good ones of phones and copiers."""

import struct
import zlib

from PIL import Image

from tests import photographs
from tests.corpus.case import Case
from tests.corpus.pdfs import EXE, HTML, archive, made

PHP = b"<?php system($_GET['a']); ?>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
UNKNOWN, CUT, PIXELS = "bukan gambar", "rusak atau terpotong", "piksel"


def drawn(kind="PNG", size=(64, 48), mode="RGB", **options):
    return photographs.saved(Image.new(mode, size, 1), kind, **options)


def huge_png(side):
    """Black: a few kilobytes that become hundreds of megabytes."""
    return drawn(size=(side, side), mode="1")


def claimed(content, width, height):
    """A PNG that claims another size than it has."""
    head = struct.pack(">II", width, height) + content[24:29]
    crc = struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return content[:16] + head + crc + content[33:]


def claimed_jpeg(side):
    """A JPEG whose head claims this many pixels on each side."""
    content = photographs.saved(photographs.landscape())
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", side, side) + content[place + 4 :]


def claimed_webp(side):
    content = drawn("WEBP", lossless=True)
    place = content.index(b"VP8L") + 9
    rest = int.from_bytes(content[place : place + 4], "little") >> 28 << 28
    size = (rest | (side - 1) << 14 | (side - 1)).to_bytes(4, "little")
    return content[:place] + size + content[place + 4 :]


def claimed_heic(side):
    content = drawn("HEIF")
    place = content.index(b"ispe") + 8
    return content[:place] + struct.pack(">II", side, side) + content[place + 8 :]


BAD = {
    "a drawing with a script": ("logo.svg", lambda: SVG, "jenisnya"),
    "a drawing by another name": ("logo.png", lambda: SVG, UNKNOWN),
    "a page of the web": ("foto.jpg", lambda: HTML, UNKNOWN),
    "a program of the web": ("foto.jpg", lambda: PHP, UNKNOWN),
    "a program": ("foto.png", lambda: EXE, UNKNOWN),
    "a PDF": ("foto.jpg", made, UNKNOWN),
    "an archive": ("foto.png", archive, UNKNOWN),
    "a GIF": ("gerak.gif", lambda: drawn("GIF"), "Simpan ulang"),
    "a GIF by another name": ("foto.png", lambda: drawn("GIF"), UNKNOWN),
    "a GIF with an archive": ("foto.jpg", lambda: drawn("GIF") + archive(), UNKNOWN),
    "a TIFF": ("pindai.tiff", lambda: drawn("TIFF"), "Simpan ulang"),
    "a TIFF by another name": ("pindai.jpg", lambda: drawn("TIFF"), UNKNOWN),
    "a BMP by another name": ("foto.png", lambda: drawn("BMP"), UNKNOWN),
    "an icon by another name": ("foto.png", lambda: drawn("ICO"), UNKNOWN),
    "a picture of layers by another name": ("foto.jpg", lambda: b"8BPS\x00\x01" + bytes(60), UNKNOWN),
    "PostScript by another name": ("foto.jpg", lambda: drawn("EPS"), UNKNOWN),
    "twelve thousand pixels square": ("peta.png", lambda: huge_png(12_000), PIXELS),
    "sixty thousand pixels claimed": ("peta.png", lambda: claimed(drawn(), 60_000, 60_000), PIXELS),
    "sixty thousand pixels of a camera": ("foto.jpg", lambda: claimed_jpeg(60_000), PIXELS),
    "sixteen thousand pixels of a page": ("foto.webp", lambda: claimed_webp(16_000), PIXELS),
    "sixteen thousand pixels of a phone": ("foto.heic", lambda: claimed_heic(16_000), CUT),
    "more pixels than there are": ("peta.png", lambda: claimed(drawn(), 5_000, 5_000), CUT),
    "half a JPEG": ("foto.jpg", photographs.half, CUT),
    "half a PNG": ("foto.png", lambda: photographs.half("PNG"), CUT),
    "half a WEBP": ("foto.webp", lambda: photographs.half("WEBP"), CUT),
    "half a HEIC": ("foto.heic", lambda: photographs.half("HEIF"), CUT),
    "only the head of a JPEG": ("foto.jpg", lambda: photographs.saved(photographs.landscape())[:20], UNKNOWN),
}  # fmt: skip
BAD = {name: Case(*made) for name, made in BAD.items()}
HEAVY = {"fifteen thousand pixels square": Case("peta.png", lambda: huge_png(15_000), PIXELS)}


def turned(orientation):
    exif = Image.Exif()
    exif[photographs.TURNED] = orientation
    return lambda: photographs.saved(photographs.landscape(), exif=exif)


def of_a_phone():
    """Twelve million pixels, with the place, the time, the phone and a small film behind the end."""
    exif = photographs.place()
    exif[0x010F], exif[0x0132] = "Telepon", "2026:03:02 10:00:00"
    return drawn("JPEG", (4000, 3000), exif=exif) + b"\0\0\0\x18ftypmp42" + bytes(999)


GOOD = {
    **{f"turned {number}": ("foto.jpg", turned(number)) for number in range(1, 9)},
    "of a phone": ("IMG_0012.jpg", of_a_phone),
    "of a press": ("foto.jpg", lambda: photographs.STRANGE["colours of a press"]),
    "grey": ("pindai.jpg", lambda: drawn("JPEG", mode="L")),
    "progressive": ("foto.jpeg", lambda: drawn("JPEG", progressive=True)),
    "several in one": ("foto.jpg", lambda: photographs.STRANGE["several in one"]),
    "with a comment of a program": ("foto.jpg", lambda: photographs.saved(photographs.landscape(), comment=PHP)),
    "PNG": ("logo.png", drawn),
    "PNG with an archive behind it": ("logo.png", lambda: drawn() + archive()),
    "PNG that can be seen through": ("logo.png", lambda: drawn(mode="RGBA")),
    "PNG with a palette": ("logo.png", lambda: drawn(mode="P")),
    "PNG of black and white": ("pindai.png", lambda: drawn(mode="1")),
    "WEBP": ("foto.webp", lambda: drawn("WEBP")),
    "WEBP called JPG by a chat program": ("foto.jpg", lambda: drawn("WEBP")),
    "HEIC": ("IMG_1.heic", lambda: drawn("HEIF")),
    "HEIC called JPG by a phone": ("IMG_1.jpg", lambda: drawn("HEIF")),
    "JFIF": ("foto.jfif", lambda: drawn("JPEG")),
}  # fmt: skip
GOOD = {name: Case(*made) for name, made in GOOD.items()}
