"""A program that receives webhooks: a server of our own with TLS, in a thread."""

import datetime
import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "localhost"


class Receiver(HTTPServer):
    """Answers with the statuses of `answers` one after the other, then with 204; keeps what came."""

    def __init__(self, context):
        super().__init__((HOST, 0), _Handler)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.answers, self.received = [], []

    @property
    def url(self):
        return f"https://{HOST}:{self.server_port}/terima?dari=sakip"

    def handle_error(self, request, client_address):
        """A client that went away is no matter here."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), content))
        status = self.server.answers.pop(0) if self.server.answers else 204
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *args):
        pass


def certificate(folder):
    """A key and a certificate for HOST, signed by itself; (path of both, path of the certificate)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "cert.pem").write_bytes(shown)
    (folder / "both.pem").write_bytes(secret + shown)
    return folder / "both.pem", folder / "cert.pem"


@contextmanager
def receiving(folder):
    """Yields the running receiver, and what trusts its certificate."""
    both, shown = certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    server = Receiver(context)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server, lambda: ssl.create_default_context(cafile=shown)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
