"""Pictures as phones, chat programs and printing houses make them."""

from io import BytesIO

from PIL import Image

SIZE = (60, 40)
TURNED = 6  # a quarter, by Exif


def encoded(mode="RGB", kind="JPEG", **options) -> bytes:
    output, noise = BytesIO(), Image.effect_noise(SIZE, 80)
    picture = Image.new(mode, SIZE, 999) if mode == "I;16" else noise.convert("RGB").convert(mode)
    picture.save(output, kind, **options)
    return output.getvalue()


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = TURNED
    return encoded(exif=exif)


def without_jfif() -> bytes:
    """The bytes after the start are those of a table (FFD8FFDB), as some cameras write them."""
    plain = encoded()
    length = int.from_bytes(plain[4:6], "big")
    return plain[:2] + plain[4 + length :]


# By name: the picture, and whether anything of it can be shown.
PICTURES = {
    "plain": (encoded(), True),
    "no JFIF": (without_jfif(), True),
    "CMYK": (encoded("CMYK"), True),
    "grey": (encoded("L"), True),
    "turned": (turned(), True),
    "half": (encoded()[: len(encoded()) // 2], True),
    "PNG with a see-through ground": (encoded("RGBA", "PNG"), True),
    "PNG with 16 bits": (encoded("I;16", "PNG"), True),
    "GIF": (encoded("P", "GIF"), True),
    "WebP": (encoded(kind="WEBP"), True),
    "nothing": (b"", False),
    "words": (b"bukan gambar", False),
    "head only": (encoded()[:30], False),
}
