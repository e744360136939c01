"""Checks an uploaded zip archive, such as an Office file, before any part of it is parsed.

A few kilobytes can unpack to gigabytes, an XML entity can expand or fetch another file, and the directory
of the archive can contain wrong sizes. Nothing is unpacked to disk, and only one piece at a time to memory.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office 97, and every Office file with a password
MOST_RATIO = 200  # unpacked size divided by packed size; real Office files stay below 100
CHUNK = 1 << 20
XML = (".xml", ".rels")
MANIFEST = "META-INF/"  # OpenOffice 2 wrote a DOCTYPE there; we do not parse these files
DEFINITIONS = (
    b"<!DOCTYPE",
    b"<!ENTITY",
    "<!DOCTYPE".encode("utf-16-le"),
    "<!DOCTYPE".encode("utf-16-be"),
)
OVERLAP = max(map(len, DEFINITIONS))
ENTRY = b"PK\x01\x02"  # begins each line of the directory
LONGEST_ECHO = 120  # characters of a name or an address in a sentence
ENTRIES_INSIDE = 1_000  # of archives within the archive that are stored as they are
DRIVE = re.compile(r"[A-Za-z]:")
CONTROL = re.compile(r"[\0-\x1f\x7f]")
ENCRYPTED = 0x1
DAMAGES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    UnicodeDecodeError,
    struct.error,
)


class Fault(Enum):
    DAMAGED = "damaged"
    STRANGE = "strange"  # encrypted parts, links, two parts with one name, names that lead outside
    TOO_MANY_PARTS = "too_many_parts"
    TOO_LARGE = "too_large"
    UNTRUE_SIZE = "untrue_size"
    DEFINITIONS = "definitions"
    # What an Office file may not hold; see `office`.
    UNLISTED = "unlisted"  # no list of its content types
    OTHER_KIND = "other_kind"
    MACRO = "macro"
    EMBEDDED = "embedded"  # objects and controls of other programs, programs, archives
    OUTSIDE = "outside"  # contents and data from another address
    TEMPLATE = "template"
    LINK = "link"
    FIELD = "field"


class ArchiveRefused(Exception):
    """The archive is refused because of `fault`. `sentence` makes the message for the user."""

    def __init__(self, fault: Fault, *, parts=0, size=0, part=""):
        super().__init__(fault.value)
        self.fault = fault
        self.details = {"parts": parts, "megabytes": size // 2**20, "part": part[:LONGEST_ECHO]}

    def sentence(self, sentences: Mapping[Fault, str], **details) -> str:
        """The caller's sentence for this fault; the one for DAMAGED when the caller has none."""
        found = sentences.get(self.fault, sentences[Fault.DAMAGED])
        return found.format(**self.details, **details)


@dataclass(frozen=True)
class Limits:
    """`unpacked`, `xml_part` and `xml_together` are in bytes; None for the last two means no limit."""

    parts: int
    unpacked: int
    xml_part: int | None = None
    xml_together: int | None = None
    ratio: int = MOST_RATIO


@contextmanager
def opened(file, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Opens the archive after checking its directory against the limits.

    Raises ArchiveRefused, also when reading fails inside the `with` block.
    """
    _check_number(file, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_directory(archive.infolist(), limits)
            yield archive
    except DAMAGES as error:
        raise ArchiveRefused(Fault.DAMAGED) from error
    finally:
        file.seek(0)


def _check_number(file, limits):
    """Counts the lines of the directory before they are read: a hundred thousand take seconds."""
    file.seek(0)
    number, tail = 0, b""
    while piece := file.read(CHUNK):
        number += (tail + piece).count(ENTRY)
        tail = piece[1 - len(ENTRY) :]
        if number > limits.parts + ENTRIES_INSIDE:
            raise ArchiveRefused(Fault.TOO_MANY_PARTS, parts=number)
    file.seek(0)


def _check_directory(entries, limits):
    names = [path_of(entry).lower() for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    xml = sum(entry.file_size for entry in entries if is_xml(entry))
    if len(entries) > limits.parts:
        raise ArchiveRefused(Fault.TOO_MANY_PARTS, parts=len(entries))
    if unpacked > min(limits.unpacked, packed * limits.ratio + CHUNK):
        raise ArchiveRefused(Fault.TOO_LARGE, size=unpacked)
    if limits.xml_together is not None and xml > limits.xml_together:
        raise ArchiveRefused(Fault.TOO_LARGE, size=unpacked)
    for entry in entries:
        if "vbaproject" in entry.filename.lower():
            raise ArchiveRefused(Fault.MACRO, part=entry.filename)
        # One part may not hide behind others that do not pack.
        if entry.file_size > entry.compress_size * limits.ratio + CHUNK:
            raise ArchiveRefused(Fault.TOO_LARGE, size=entry.file_size)
    if any(entry.header_offset < 0 for entry in entries):  # the beginning of the file is missing
        raise ArchiveRefused(Fault.DAMAGED)
    if len(set(names)) < len(names) or any(_is_strange(entry) for entry in entries):
        raise ArchiveRefused(Fault.STRANGE)


def path_of(entry) -> str:
    """The name of a part. Some programs for Windows write backslashes."""
    return entry.filename.replace("\\", "/")


def _is_strange(entry):
    path = path_of(entry)
    leads_outside = path.startswith("/") or DRIVE.match(path) or ".." in path.split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    is_odd = CONTROL.search(entry.orig_filename)
    return bool(entry.flag_bits & ENCRYPTED or leads_outside or is_link or is_odd)


def is_xml(entry) -> bool:
    return path_of(entry).lower().endswith(XML)


def pieces(archive, entry, limits: Limits, *, is_parsed=False) -> Iterator[bytes]:
    """Yields the bytes of a part and checks their real number. Raises ArchiveRefused.

    `is_parsed` means that the caller reads the part as XML although its name does not show it.
    """
    looked_at = is_parsed or (is_xml(entry) and not entry.filename.startswith(MANIFEST))
    read, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            read += len(piece)
            if read > entry.file_size:
                raise ArchiveRefused(Fault.UNTRUE_SIZE)
            if looked_at and limits.xml_part is not None and read > limits.xml_part:
                raise ArchiveRefused(Fault.TOO_LARGE, size=entry.file_size)
            if looked_at and any(word in tail + piece for word in DEFINITIONS):
                raise ArchiveRefused(Fault.DEFINITIONS, part=entry.filename)
            tail = piece[-OVERLAP:]
            yield piece


def drain(archive, entry, limits: Limits):
    """Reads a part to its end, only to check it. Raises ArchiveRefused."""
    for _piece in pieces(archive, entry, limits):
        pass
