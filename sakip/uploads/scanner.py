"""Asks a ClamAV daemon about a received file, where the office has set one up (`CLAMD_ADDRESS`).

The file goes through the connection (INSTREAM), so the daemon may run on another machine and needs no right
to read our files. No answer means no: a file that was not scanned is not stored.
"""

import logging
import socket
import time
from contextlib import suppress

from django.conf import settings

from sakip.uploads.refusals import Refused

CHUNK = 1 << 16
MOST_ANSWER = 4096
FOUND, TOO_LARGE = "FOUND", "size limit exceeded"
AWAY = "belum dapat diperiksa karena pemindai virus sedang tidak menjawab. Coba lagi beberapa menit lagi."
logger = logging.getLogger(__name__)


def scan(file):
    """Raises Refused unless the daemon says that the file is clean. Without a daemon nothing is asked."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _answer(file)
    except OSError as error:
        logger.error("The virus scanner at %s did not answer: %s", settings.CLAMD_ADDRESS, error)  # noqa: TRY400
        raise Refused(AWAY) from error
    finally:
        file.seek(0)
    if answer == "stream: OK":
        return
    logger.warning("The virus scanner refused a file: %s", answer)
    if answer.endswith(FOUND):
        name = answer.removeprefix("stream: ").removesuffix(FOUND).strip()
        raise Refused(
            f"ditolak pemindai virus ({name}). Periksa komputer asalnya, lalu unggah berkas yang bersih."
        )
    if TOO_LARGE in answer:
        raise Refused("terlalu besar untuk pemindai virus. Bagi menjadi beberapa berkas.")
    raise Refused(AWAY)


def problem() -> str:
    """Why the daemon that is set cannot be asked; empty when it answers, and when none is set."""
    if not settings.CLAMD_ADDRESS:
        return ""
    try:
        end = time.monotonic() + settings.CLAMD_TIMEOUT
        with _connected(settings.CLAMD_ADDRESS) as connection:
            connection.settimeout(_left(end))
            connection.sendall(b"zPING\0")
            answer = connection.recv(MOST_ANSWER)
    except OSError as error:
        return str(error)
    return "" if answer.startswith(b"PONG") else f"it said {answer!r}"


def _answer(file) -> str:
    """What the daemon says. Raises OSError, also when the whole takes longer than `CLAMD_TIMEOUT`."""
    end = time.monotonic() + settings.CLAMD_TIMEOUT
    with _connected(settings.CLAMD_ADDRESS) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # it had enough; its answer tells why
            _send(connection, file, end)
        answer = b""
        while b"\0" not in answer and len(answer) < MOST_ANSWER:
            connection.settimeout(_left(end))
            piece = connection.recv(MOST_ANSWER)
            if not piece:
                break
            answer += piece
    if not answer:
        raise ConnectionError("it closed the connection")
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address):
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(settings.CLAMD_TIMEOUT)
        try:
            connection.connect(address.removeprefix("unix:"))
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), settings.CLAMD_TIMEOUT)


def _send(connection, file, end):
    connection.settimeout(_left(end))
    connection.sendall(b"zINSTREAM\0")
    file.seek(0)
    while piece := file.read(CHUNK):
        connection.settimeout(_left(end))
        connection.sendall(len(piece).to_bytes(4) + piece)
    connection.sendall(bytes(4))


def _left(end):
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left
