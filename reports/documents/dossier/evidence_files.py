"""Prepares evidence files for a document: merged page by page, attached, or left out with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.utils.timezone import localtime
from PIL import Image, ImageOps

from reports.documents.dossier.evidence import Mode, lost
from reports.renderers.binding import CannotMerge, EmbeddedFile, Sheets, prepare
from reports.selectors.annexes import Annex
from reports.tables.table import data_uri
from sakip.dates import format_date
from sakip.uploads.check import BROKEN, INLINE
from sakip.uploads.names import safe_name

PDF = "application/pdf"
MAX_PAGES = 1500  # limit of pages merged into one document
MAX_BYTES = 200 * 1024 * 1024  # limit of bytes attached to one document
PICTURE_SIDE = 1400  # pixels; four stand on a page, so paper cannot show more


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """The file of an annex. `sizes` are the sizes of the pages to merge, in points; `picture` is a picture
    to print. `problem` says why there is neither. `is_attached`: the file itself is attached.
    """

    annex: Annex
    sizes: Sequence[tuple[float, float]] = ()
    path: Path | None = None
    picture: str = ""
    problem: str = ""
    is_attached: bool = False

    @property
    def anchor(self) -> str:
        return f"lampiran-{self.annex.number}"

    @property
    def title(self) -> str:
        """Returns its line in the table of contents."""
        return f"{self.annex.label}: {self.annex.evidence.title}"

    @property
    def caption(self) -> str:
        """Returns what stands below a picture: number, item, name, remark and date."""
        evidence = self.annex.evidence
        words = [evidence.title, evidence.caption, self._when]
        return f"{self.annex.label} · {self.annex.item} {', '.join(filter(None, words))}"

    @property
    def _when(self):
        if day := self.annex.evidence.document_date:
            return format_date(day)
        return f"diunggah {format_date(localtime(self.annex.revision.uploaded_at).date())}"

    @property
    def file_name(self) -> str:
        return safe_name(f"Lampiran {self.annex.number:02} - {self.annex.revision.original_name}")

    @property
    def sheets(self) -> Sheets:
        return Sheets(f"{self.anchor}-hlm-1", self.path)

    @property
    def attachment(self) -> EmbeddedFile:
        revision = self.annex.revision
        return EmbeddedFile(
            name=self.file_name,
            description=f"{self.annex.label}, {self.annex.reference}: {self.annex.evidence.title}",
            content_type=revision.content_type,
            modified=revision.uploaded_at,
            read=lambda: _read(revision),
        )


def enclosures(annexes: Sequence[Annex], mode: Mode, folder: Path) -> Iterator[Enclosure]:
    """Returns one entry for each annex that is a file. Prepared pages are stored in `folder`."""
    pages, room = MAX_PAGES, MAX_BYTES
    for annex in annexes:
        if annex.revision is None or mode == Mode.NONE:
            continue
        found = _enclosure(annex, mode, folder, pages, room)
        pages -= len(found.sizes)
        room -= annex.revision.size if found.is_attached else 0
        yield found


def for_word(annexes: Sequence[Annex], mode: Mode) -> Iterator[Enclosure]:
    """Returns one entry for each annex that is a file: a picture, or why it lies apart."""
    for annex in annexes:
        if annex.revision is not None and mode != Mode.NONE:
            yield _word_enclosure(annex)


def _word_enclosure(annex):
    if reason := lost(annex.revision):
        return Enclosure(annex=annex, problem=f"Berkas ini tidak disertakan karena {reason}.")
    try:
        if annex.revision.content_type == PDF:
            raise CannotMerge("halaman PDF tidak dapat dimuat dalam dokumen Word")
        return Enclosure(annex=annex, picture=_mergeable_picture(annex.revision))
    except CannotMerge as error:
        return Enclosure(annex=annex, problem=f"Serahkan berkasnya tersendiri karena {error}.")


def _enclosure(annex, mode, folder, pages, room):
    if reason := lost(annex.revision):
        return Enclosure(annex=annex, problem=f"Berkas ini tidak disertakan karena {reason}.")
    reason = ""
    if mode == Mode.MERGED:
        try:
            return _merged(annex, folder, pages)
        except CannotMerge as error:
            reason = f"tidak digabungkan karena {error}"
    if annex.revision.size > room:
        reason = f"{reason} dan " if reason else ""
        limit = MAX_BYTES // 1024 // 1024
        return Enclosure(
            annex=annex,
            problem=f"Berkas ini {reason}tidak disematkan karena semua berkas bersama lebih dari "
            f"{limit} MB. Bukalah dalam program.",
        )
    problem = f"Berkas ini {reason}. Berkas aslinya disematkan dalam PDF ini." if reason else ""
    return Enclosure(annex=annex, problem=problem, is_attached=True)


def _merged(annex, folder, pages):
    revision = annex.revision
    if revision.content_type != PDF:
        return Enclosure(annex=annex, picture=_mergeable_picture(revision))
    path = folder / f"{annex.number}.pdf"
    with revision.file.open("rb") as file:
        sizes = prepare(file, path)
    if len(sizes) > pages:
        raise CannotMerge(f"semua lampiran bersama lebih dari {MAX_PAGES} halaman")
    return Enclosure(annex=annex, sizes=sizes, path=path)


def _mergeable_picture(revision):
    if revision.content_type not in INLINE:
        raise CannotMerge("bukan PDF atau gambar")
    return _picture(revision)


def _picture(revision):
    """Returns the picture upright, not larger than paper can show, without metadata such as the location."""
    try:
        with revision.file.open("rb") as file, Image.open(file, formats=["JPEG", "PNG"]) as stored:
            picture = ImageOps.exif_transpose(stored)
            picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
            picture = picture.convert("RGBA")
    except (Image.DecompressionBombError, *BROKEN):
        raise CannotMerge("gambarnya tidak terbaca") from None
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture)
    output = BytesIO()
    paper.save(output, "JPEG", quality=85)
    return data_uri(output.getvalue(), "image/jpeg")


def _read(revision):
    with revision.file.open("rb") as file:
        return file.read()
