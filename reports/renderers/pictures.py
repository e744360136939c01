"""The pictures of a page of HTML, as every reader of PDF shows them and PDF/A allows them.

Pictures are converted on the way in, but those stored before are as they came: a JPEG in colours for
printing (CMYK), one that is rotated only by its metadata, one that ends in the middle.
"""

import logging
import re
from base64 import b64decode
from io import BytesIO

from PIL import Image

from reports.tables.table import data_uri
from sakip.uploads.pictures import PROBLEMS, Unreadable, is_plain, upright

logger = logging.getLogger(__name__)

ADDRESS = re.compile(r'(?<= src=")data:image/(?!svg)[\w.+-]+;base64,([^"]*)')
PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")  # others, such as 16 bits of grey, are converted
JPEG_END = b"\xff\xd9"


def plain_pictures(html: str) -> str:
    """Returns the HTML with each picture converted where needed. An unreadable one leaves its words."""
    return ADDRESS.sub(_plain, html)


def _plain(found):
    try:
        content = b64decode(found[1], validate=True)
        with Image.open(BytesIO(content)) as picture:
            kind, mode = picture.format, picture.mode
        if kind == "PNG" and mode in PNG_MODES:
            return found[0]
        if kind == "PNG":
            return data_uri(_in_bytes(content), "image/png")
        if is_plain(content) and content.rstrip(b"\0").endswith(JPEG_END):
            return found[0]
        content, extension = upright(content)
    except (Unreadable, *PROBLEMS) as error:
        logger.warning("A picture was left out of a PDF: %s", error)
        return ""
    return data_uri(content, "image/jpeg" if extension == "jpg" else "image/png")


def _in_bytes(content: bytes) -> bytes:
    """Returns a PNG of 16 bits as one of eight."""
    output = BytesIO()
    with Image.open(BytesIO(content)) as picture:
        picture.point(lambda value: value / 256).convert("L").save(output, "PNG")
    return output.getvalue()
