"""Puts other people's PDFs into one of ours: their pages are drawn on empty pages, or files are attached.

Only the visible content of a foreign page is taken: no script, action, form, link or embedded file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import pikepdf
from pikepdf import Matrix, Name, NameTree, Rectangle, Stream
from pikepdf.models.metadata import encode_pdf_date

from reports import archival
from reports.typesetting.stages import Stage, silent

MAX_PAGES = 300  # limit for one file
SIDES = (30, 14_400)  # points: the shortest (one centimetre) and longest side that is accepted
# Entries of a picture or form that refer to something outside or carry files or private data.
# Actions belong to the page or the document, and nothing of these is copied.
DROPPED = ("/AF", "/Alternates", "/Metadata", "/OPI", "/PieceInfo", "/Ref")
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OSError)


class CannotMerge(ValueError):  # noqa: N818
    """The message is an Indonesian clause that ends the sentence “tidak digabungkan karena …”."""


@dataclass(frozen=True)
class Sheets:
    """A prepared PDF. Its pages go to the empty pages that begin at the anchor `first`."""

    first: str
    path: Path


@dataclass(frozen=True)
class EmbeddedFile:
    name: str
    description: str
    content_type: str
    modified: datetime
    read: Callable[[], bytes]


def prepare(source: BinaryIO, target: Path) -> list[tuple[float, float]]:
    """Writes a copy with visible content only. Returns the displayed (width, height) of each page in
    points.

    Filled-in form fields and stamps become part of the page. Raises CannotMerge.
    """
    try:
        with pikepdf.open(source) as pdf:
            _check(pdf)
            pdf.generate_appearance_streams()
            pdf.flatten_annotations("print")
            _strip(pdf)
            sizes = [_size(page) for page in pdf.pages]
            pdf.save(target)
    except pikepdf.PasswordError:
        raise CannotMerge("berkata sandi") from None
    except CannotMerge:
        raise
    except BROKEN:
        raise CannotMerge("rusak") from None
    return sizes


def bind(
    content: bytes,
    *,
    sheets: Sequence[Sheets],
    attachments: Sequence[EmbeddedFile],
    progress=silent,
) -> bytes:
    """Returns `content` with all pages and attachments added.

    With foreign pages, the result no longer claims to be PDF/A or PDF/UA, because their content is
    unknown. With attachments alone it claims what still holds.
    """
    with pikepdf.open(BytesIO(content)) as pdf, TemporaryFile() as file:
        for number, found in enumerate(sheets, start=1):
            _underlay(pdf, found)
            progress(Stage.BIND, number, len(sheets))
        _attach(pdf, attachments)
        if sheets:
            archival.drop(pdf)
        else:
            archival.settle(pdf)
        pdf.save(file)
        file.seek(0)
        return file.read()


def _underlay(pdf, sheets):
    anchor = NameTree(pdf.Root.Names.Dests)[sheets.first]
    start = pikepdf.Page(anchor[0]).index
    with pikepdf.open(
        sheets.path
    ) as foreign:  # closed after each file, because an open one needs megabytes
        for number, page in enumerate(foreign.pages, start=start):
            empty = pdf.pages[number]
            empty.add_underlay(page, Rectangle(empty.mediabox))


def _check(pdf):
    if pdf.is_encrypted:
        raise CannotMerge("terenkripsi")
    if not len(pdf.pages):
        raise CannotMerge("tidak berisi halaman")
    if len(pdf.pages) > MAX_PAGES:
        raise CannotMerge(f"halamannya lebih dari {MAX_PAGES}")


def _strip(pdf):
    for found in pdf.objects:
        if isinstance(found, Stream):
            for key in DROPPED:
                if key in found:
                    del found[key]


def _size(page):
    """Returns the displayed size of the page, with its rotation and its own unit applied."""
    drawn = page.as_form_xobject()
    box = Rectangle(drawn.BBox)
    if matrix := drawn.get("/Matrix"):
        box = Matrix(matrix).transform(box)
    sides = round(float(box.width), 1), round(float(box.height), 1)
    if not all(SIDES[0] <= side <= SIDES[1] for side in sides):
        raise CannotMerge("ukuran halamannya tidak wajar")
    return sides


def _attach(pdf, attachments):
    for found in attachments:
        date = encode_pdf_date(found.modified)
        pdf.attachments[found.name] = pikepdf.AttachedFileSpec(
            pdf,
            found.read(),
            filename=found.name,
            description=found.description,
            mime_type=found.content_type,
            creation_date=date,
            mod_date=date,
            relationship=Name.Supplement,
        )
