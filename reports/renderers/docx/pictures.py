"""Pictures of a report in Word. They come from data: addresses; nothing is fetched."""

import logging
from base64 import b64decode
from io import BytesIO

from docx.image import exceptions
from docx.shared import Mm
from PIL import Image

from reports.renderers.docx.xml import w
from sakip.text import printable
from sakip.uploads import pictures

logger = logging.getLogger(__name__)
PROBLEMS = (
    *pictures.PROBLEMS,
    exceptions.InvalidImageStreamError,
    exceptions.UnexpectedEndOfFileError,
    exceptions.UnrecognizedImageError,
)
RESOLUTION = 96  # dots per inch for a picture without a resolution, as in CSS


def picture(part, uri: str | None, *, most_width: float, most_height: float, alt: str):
    """Returns a run with the picture, at most this many millimetres large; None when it cannot be read."""
    if not uri:
        return None
    try:
        content, (width, height) = _read(uri)
        scale = min(most_width / width, most_height / height, 25.4 / RESOLUTION)
        inline = part.new_pic_inline(BytesIO(content), Mm(width * scale), Mm(height * scale))
    except PROBLEMS as error:
        logger.warning("A picture was left out: %s", error)
        return None
    inline.docPr.set("descr", printable(alt))
    return w("r", w("drawing", inline))


def _read(uri):
    head, _, data = uri.partition(",")
    if not (head.startswith("data:") and head.endswith(";base64")):
        raise ValueError("not a data address")
    content = b64decode(data, validate=True)
    if not pictures.is_plain(content):
        content, _ = pictures.upright(content)
    with Image.open(BytesIO(content)) as image:
        return content, image.size
