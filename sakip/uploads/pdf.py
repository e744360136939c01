"""Tells a whole PDF from half of one, and from a file that only begins like one."""

import re

import pikepdf

BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?[\s\0]*%PDF-"
)  # scanners write a mark or blank lines before it
END = b"%%EOF"
PADDING = b"\0 \t\r\n"  # some programs fill up the last block
EDGE = 1024  # bytes at either end in which readers look for the marks
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OSError)


class NotWhole(ValueError):
    """The message follows the name of the file in a sentence."""


def check(file):
    """Raises NotWhole for a file that a reader cannot open to its last page without a password."""
    file.seek(0)
    if not BEGIN.match(file.read(EDGE)):
        raise NotWhole("bukan PDF yang sebenarnya. Simpan ulang sebagai PDF dari program asalnya.")
    try:
        pages = _pages(file)
    except pikepdf.PasswordError as error:
        raise NotWhole(
            "dikunci dengan kata sandi. Simpan ulang tanpa kata sandi lalu unggah lagi."
        ) from error
    except BROKEN as error:
        raise NotWhole(
            "rusak atau terpotong. Buat ulang PDF-nya dari program asalnya, atau pindai ulang, lalu unggah lagi."
        ) from error
    finally:
        file.seek(0)
    if not pages:
        raise NotWhole("tidak berisi satu halaman pun. Buat ulang PDF-nya lalu unggah lagi.")


def _pages(file) -> int:
    """Repairs a wrong table of contents only where the end of the file is there: without it, it was cut."""
    try:
        return _count(file, is_repaired=False)
    except pikepdf.PasswordError:
        raise
    except BROKEN:
        file.seek(0)
        if END not in file.read().rstrip(PADDING)[-EDGE:]:
            raise
        return _count(file, is_repaired=True)


def _count(file, *, is_repaired):
    file.seek(0)
    with pikepdf.open(file, attempt_recovery=is_repaired, suppress_warnings=True) as pdf:
        return len(pdf.pages)
