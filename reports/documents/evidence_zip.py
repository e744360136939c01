"""All evidence of one LHE as a ZIP file, numbered and named as in the list of annexes.

The file is sent while it is made: one evidence file at a time is held, so neither memory nor disk grows
with their number. The index comes last, because only then it is known which files were found.
"""

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from recommendations.models import Evaluation
from recommendations.selectors.follow_up_table import follow_up_rows
from reports.definitions.evidence_annex import COLUMNS, OWN_NUMBERS
from reports.definitions.follow_up_table import only_own
from reports.documents.dossier.evidence import lost
from reports.renderers import csv
from reports.selectors.annexes import Annex, number_annexes
from reports.tables.table import Column, Report, Table
from sakip.dates import format_datetime

CHUNK = 1 << 20
IN_MEMORY = 2 << 20  # a larger evidence file is held on disk
NAME_LENGTH = 120  # Windows allows 260 characters for a whole path
FORBIDDEN = dict.fromkeys(map(ord, '<>:"/\\|?*'), "_")  # in file names of Windows
READABLE = 0o644 << 16
LIST, README = "Daftar lampiran.csv", "Baca dahulu.txt"


def windows_name(text: str, extension: str = "") -> str:
    """Returns a file name that Windows accepts: without forbidden characters and not too long."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(FORBIDDEN).split())
    text = "".join(char for char in text if not unicodedata.category(char).startswith("C"))
    stem = text[: NAME_LENGTH - len(extension)]
    return f"{stem.rstrip(' .')}{extension}"


@dataclass(frozen=True)
class EvidenceZip:
    """What one reader gets. `notes` are sentences for the reader, for example that items are missing."""

    evaluation: Evaluation
    annexes: Sequence[Annex]
    notes: Sequence[str]

    @property
    def name(self) -> str:
        body, year = self.evaluation.unit, self.evaluation.evaluation_year
        return windows_name(f"Bukti dukung LHE SAKIP {year} {body}")

    def name_of(self, annex: Annex) -> str:
        """Begins with the number of the annex, so no two names are equal and they sort like the list."""
        digits = max(2, len(str(len(self.annexes))))
        extension = PurePath(annex.revision.original_name).suffix.lower()
        title = annex.evidence.title
        if title.lower().endswith(extension):
            title = title[: len(title) - len(extension)]
        return windows_name(
            f"Lampiran {annex.number:0{digits}} - {annex.reference} - {title}", extension
        )


def collect(evaluation: Evaluation, user) -> EvidenceZip:
    """Finds the evidence that `user` may see. At most nine queries."""
    rows = follow_up_rows(evaluation, user)
    partial = only_own(rows)
    notes = [*partial, OWN_NUMBERS] if partial else []
    return EvidenceZip(evaluation, number_annexes(rows), notes)


def stream(archive: EvidenceZip) -> Iterator[bytes]:
    """Yields the ZIP file in pieces. Makes no query."""
    with SpooledTemporaryFile(IN_MEMORY) as held:
        outlet = _Outlet(held)
        with ZipFile(outlet, "w", ZIP_STORED) as file:
            places = {}
            for annex in archive.annexes:
                places[annex.number] = _put(file, archive, annex)
                yield from outlet.drain()
            file.writestr(_entry(archive, LIST), _list(archive, places))
            file.writestr(_entry(archive, README), _readme(archive, places))
        yield from outlet.drain()


class _Outlet:
    """The file that ZipFile writes. It forgets what was handed on: ZipFile goes back only to the header of
    the entry that it is writing, to fill in its size."""

    def __init__(self, held):
        self.held, self.gone = held, 0

    def write(self, data):
        return self.held.write(data)

    def tell(self):
        return self.gone + self.held.tell()

    def seek(self, position):
        self.held.seek(position - self.gone)

    def flush(self):
        """ZipFile asks for it; nothing waits to be written."""

    def drain(self):
        self.held.seek(0)
        while piece := self.held.read(CHUNK):
            self.gone += len(piece)
            yield piece
        self.held.seek(0)
        self.held.truncate()


def _put(file, archive, annex) -> str:
    """Writes the file of the annex, if it has one. Returns what the list says about it."""
    revision = annex.revision
    if revision is None:
        return "Tidak ada berkas: buka alamatnya" if annex.evidence.url else "Dokumen terpisah"
    if reason := lost(revision):
        return f"Tidak disertakan karena {reason}"
    name = archive.name_of(annex)
    entry = _entry(archive, name, revision.uploaded_at)
    entry.file_size = revision.size
    with revision.file.open("rb") as source, file.open(entry, "w") as target:
        shutil.copyfileobj(source, target, CHUNK)
    return name


def _entry(archive, name, at=None):
    at = timezone.localtime(at or timezone.now())
    entry = ZipInfo(f"{archive.name}/{name}", at.timetuple()[:6])
    entry.external_attr = READABLE
    return entry


def _list(archive, places) -> bytes:
    place = Column("Berkas dalam ZIP", lambda annex: places[annex.number], width=24)
    table = Table(
        key="lampiran",
        name="Lampiran bukti",
        columns=(*COLUMNS, place),
        rows=archive.annexes,
        row_key="evidence.pk",
    )
    return csv.render(Report(name="evidence-zip", title=archive.name, sections=[table]))


def _readme(archive, places) -> bytes:
    files = [annex for annex in archive.annexes if annex.revision]
    absent = [annex for annex in files if places[annex.number] != archive.name_of(annex)]
    lines = [
        archive.name,
        f"{archive.evaluation.unit.name}, tahun kinerja {archive.evaluation.performance_year}",
        f"Dibuat {format_datetime(timezone.now())}",
        "",
        f"{len(files) - len(absent)} berkas, bernomor menurut daftar lampiran bukti ({LIST}).",
        f"{len(archive.annexes) - len(files)} bukti berupa tautan atau dokumen terpisah hanya ada dalam daftar itu.",
        *archive.notes,
        *([""] if absent else []),
        *(f"{annex.label} ({annex.reference}): {places[annex.number]}." for annex in absent),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
