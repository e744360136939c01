"""What is printed at the foot of an issued file, and what is attached to it."""

from dataclasses import dataclass
from datetime import date

import segno

from reports.tables.table import Table

# Stays readable when a quarter of it is lost in photocopying.
QR = {"error": "q", "boost_error": False}


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """`changes` is printed as the last table, `attachments` go into the PDF. A draft has no code yet."""

    number: str = ""
    issued_on: date | None = None
    code: str = ""
    url: str = ""
    history_head: str = ""
    draft: bool = False
    changes: Table | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def qr(self) -> str:
        """Returns the QR code of the address as a black vector picture, as a data URI."""
        return segno.make(self.url, **QR).svg_data_uri(border=4, unit="mm", scale=1)

    @property
    def page(self) -> str:
        """Returns the address of the page where the code can be typed."""
        return self.url.removesuffix(f"{self.code}/")

    @property
    def foot(self) -> str:
        """Returns the text at the foot of every page."""
        if self.draft:
            return "Draf, belum diterbitkan"
        return f"Nomor {self.number} · Kode verifikasi {self.code}"
