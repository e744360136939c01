"""The fingerprint of an exported row: one short keyed digest for each of its cells.

The hidden column “Sidik” holds it. If a cell of the sheet still has the digest, it was not changed
in the sheet. If the stored value still has the digest, it was not changed in the program.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from django.conf import settings

LABEL = "Sidik"
VERSION = b"\x01"
LENGTH = 4  # bytes a cell: one chance in four billion that a change goes unseen


class Fingerprint:
    """The row's record and the digests of its columns, by label."""

    def __init__(self, pk: int, digests: dict[bytes, bytes]):
        self.pk, self._digests = pk, digests

    def had(self, label: str, text: str) -> bool | None:
        """Says whether the exported cell had this text; None when the column was not exported."""
        expected = self._digests.get(_head(label)[0])
        return None if expected is None else expected == digest(self.pk, label, text)


def part(label: str, text: str) -> tuple[bytes, bytes]:
    """What `seal` needs of one cell. It is the same in every row that has this text."""
    short, head = _head(label)
    return short, head + text.encode()


def seal(pk: int, parts: Iterable[tuple[bytes, bytes]]) -> str:
    """`parts` are those of the row's cells."""
    found, start = [VERSION, pk.to_bytes(6, "big")], _start(pk)
    for short, content in parts:
        cell = start.copy()
        cell.update(content)
        found += (short, cell.digest())
    return urlsafe_b64encode(b"".join(found)).decode().rstrip("=")


def read(text: str) -> Fingerprint | None:
    """Returns None for an empty text. Raises ValueError for a damaged fingerprint."""
    text = "".join(str(text or "").split())
    if not text:
        return None
    try:
        content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise ValueError(_DAMAGED) from error
    body = content[7:]
    if content[:1] != VERSION or len(body) % (2 * LENGTH):
        raise ValueError(_DAMAGED)
    pieces = [body[start : start + LENGTH] for start in range(0, len(body), LENGTH)]
    return Fingerprint(
        int.from_bytes(content[1:7], "big"), dict(zip(pieces[::2], pieces[1::2], strict=True))
    )


_DAMAGED = f"Kolom {LABEL} rusak. Kosongkan selnya, atau unduh ulang lembar ini."


@cache
def _head(label: str) -> tuple[bytes, bytes]:
    """The label as a fingerprint names it, and what the digest of its cell begins with."""
    return blake2b(label.encode(), digest_size=LENGTH).digest(), f"{label}\x1f".encode()


def digest(pk: int, label: str, text: str) -> bytes:
    cell = _start(pk)
    cell.update(part(label, text)[1])
    return cell.digest()


def _start(pk):
    """What every cell of a row begins with, hashed once."""
    start = _keyed(settings.SECRET_KEY).copy()
    start.update(f"{pk}\x1f".encode())
    return start


@cache
def _keyed(secret: str):
    return blake2b(digest_size=LENGTH, key=secret.encode()[:64])
