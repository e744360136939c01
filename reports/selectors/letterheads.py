"""Reads the letterhead of a body for printing."""

import mimetypes

from reports.tables.table import PrintedLetterhead, data_uri
from sakip.models import Letterhead


def letterhead_of(unit) -> PrintedLetterhead | None:
    """Returns None when no letterhead was entered for the body. One query."""
    row = Letterhead.objects.filter(unit=unit).first()
    if row is None:
        return None
    return PrintedLetterhead(
        government=row.government,
        body=row.body,
        address=row.address,
        phone=row.phone,
        online=row.online,
        logo=picture_uri(row.logo),
    )


def picture_uri(image) -> str | None:
    """Returns a stored picture as a data address; None when there is none or its file is missing."""
    if not image or not image.storage.exists(image.name):
        return None
    with image.open("rb") as file:
        return data_uri(file.read(), mimetypes.guess_type(image.name)[0] or "image/png")
