"""Tells a whole PDF from half of one, from a file that only begins like one, and from one that acts.

A PDF is never written anew: a change would break its electronic signature.
"""

import re
import zlib
from collections.abc import Callable

import pikepdf

from sakip.uploads.pdf_contents import PRINT_AGAIN, TOO_COMPLICATED, refuse_forbidden
from sakip.uploads.refusals import Refused

BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?[\s\0]{,1024}%PDF-"
)  # scanners write a mark or blank lines before it
END = b"%%EOF"
PADDING = b"\0 \t\r\n"  # some programs fill up the last block
ARCHIVE_END = b"PK\x05\x06"
MOST_TAIL = 22 + 0xFFFF  # bytes in which the directory of an archive ends
MOST_DICTIONARIES = 150_000  # written openly; an honest PDF of so many would be a book of tables
MOST_LINES = 150_000  # of a file that is repaired: every line is read again
CHUNK = 1 << 20
EDGE = 1024  # bytes at either end in which readers look for the marks
BROKEN = (
    pikepdf.PdfError,
    zlib.error,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RuntimeError,
    OSError,
)


def begin_of(head: bytes) -> int | None:
    """Where the PDF begins, behind marks and blank lines; None for another file."""
    found = BEGIN.match(head)
    return found.end() - len("%PDF-") if found else None


def check(file, check_inside: Callable[[str, bytes], None]):
    """Raises Refused for a file that a reader cannot open to its last page without a password, or that
    does more than show pages.

    `check_inside` gets the name and the content of each file that the PDF carries.
    """
    if _count(file, b"<<") > MOST_DICTIONARIES:
        raise Refused(TOO_COMPLICATED)
    if _is_archive_too(file):
        raise Refused(f"sekaligus arsip ZIP. {PRINT_AGAIN}")
    try:
        pages = _pages(file, check_inside)
    except Refused:
        raise
    except pikepdf.PasswordError as error:
        raise Refused(
            "dikunci dengan kata sandi. Simpan ulang tanpa kata sandi lalu unggah lagi."
        ) from error
    except BROKEN as error:
        raise Refused(
            "rusak atau terpotong. Buat ulang PDF-nya dari program asalnya, atau pindai ulang, lalu unggah lagi."
        ) from error
    finally:
        file.seek(0)
    if not pages:
        raise Refused("tidak berisi satu halaman pun. Buat ulang PDF-nya lalu unggah lagi.")


def _count(file, *signs) -> int:
    file.seek(0)
    number = 0
    while piece := file.read(CHUNK):
        number += sum(piece.count(sign) for sign in signs)
    return number


def _is_archive_too(file) -> bool:
    """Whether a program for archives would open it: the directory of an archive stands at the end."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - MOST_TAIL))
    tail = file.read()
    last, place = tail.rfind(END), tail.find(ARCHIVE_END)
    while place >= 0:
        comment = int.from_bytes(tail[place + 20 : place + 22], "little")
        if place > last or place + 22 + comment == len(tail):
            return True
        place = tail.find(ARCHIVE_END, place + 1)
    return False


def _pages(file, check_inside) -> int:
    """Repairs a wrong table of contents only where the end of the file is there: without it, it was cut."""
    try:
        return refuse_forbidden(file, check_inside, is_repaired=False)
    except (pikepdf.PasswordError, Refused):
        raise
    except BROKEN:
        file.seek(0)
        is_cut = END not in file.read().rstrip(PADDING)[-EDGE:]
        if is_cut or _count(file, b"\n", b"\r") > MOST_LINES:
            raise
        return refuse_forbidden(file, check_inside, is_repaired=True)
