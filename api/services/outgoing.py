"""One POST to an address that people have typed.

The address must be HTTPS and public: otherwise a webhook could ask the machines behind the firewall. What the
name means is looked up once, checked, and connected to, so that a name cannot mean another machine a moment
later. No redirect is followed, and the answer is not read beyond its status.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings

NOT_PUBLIC = "Nama ini menunjuk ke alamat yang tidak terbuka untuk umum."
UNKNOWN_NAME = "Nama “{}” tidak ditemukan."
NO_ANSWER = "Tidak ada jawaban dalam {} detik."
BAD_CERTIFICATE = "Sertifikat TLS-nya tidak dapat dipercaya."
NO_CONNECTION = "Sambungan ditolak atau terputus."


class Unreachable(Exception):
    """The message did not arrive, or nobody knows. The message says why."""


def post(url: str, content: bytes, headers: dict[str, str]) -> int:
    """The status of the answer. Raises Unreachable."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = _Pinned(host, port, context=trusted())
    deadline = threading.Timer(settings.WEBHOOK_SECONDS, partial(_cut, connection))
    deadline.daemon = True
    deadline.start()  # a server may also answer one letter at a time
    try:
        connection.request("POST", path, body=content, headers=headers)
        return connection.getresponse().status
    except ssl.SSLCertVerificationError:
        raise Unreachable(BAD_CERTIFICATE) from None
    except TimeoutError:
        raise Unreachable(NO_ANSWER.format(settings.WEBHOOK_SECONDS)) from None
    except (OSError, http.client.HTTPException):
        is_late = not deadline.is_alive()
        words = NO_ANSWER.format(settings.WEBHOOK_SECONDS) if is_late else NO_CONNECTION
        raise Unreachable(words) from None
    finally:
        deadline.cancel()
        connection.close()


def trusted() -> ssl.SSLContext:
    """The certificates that the machine trusts."""
    return ssl.create_default_context()


def _cut(connection):
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # closed a moment ago


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was checked, and asks it for the certificate of the name."""

    def __init__(self, host, port, *, context):
        super().__init__(host, port, timeout=settings.WEBHOOK_SECONDS, context=context)
        self.trust = context

    def connect(self):
        address = address_of(self.host, self.port)
        plain = socket.create_connection((address, self.port), self.timeout)
        self.sock = self.trust.wrap_socket(plain, server_hostname=self.host)


def address_of(host: str, port: int) -> str:
    """The first address of this name; every one of them must be allowed. Raises Unreachable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(UNKNOWN_NAME.format(host)) from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if host not in settings.WEBHOOK_PRIVATE_HOSTS and not all(map(is_public, addresses)):
        raise Unreachable(NOT_PUBLIC)
    return addresses[0]


def is_public(address: str) -> bool:
    """Also of an IPv4 address within an IPv6 one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return inner.is_global
        if found in ipaddress.ip_network("64:ff9b::/96"):  # NAT64: the last four bytes are IPv4
            return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF).is_global
    return found.is_global and not found.is_multicast
