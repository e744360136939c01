"""A daemon of ClamAV is asked about every received file; without its word no file is taken."""

import contextlib
import socketserver
import threading
import time

import pytest
from django.core.exceptions import ValidationError

from sakip.models import Letterhead
from sakip.system_checks.virus_scanner import check_virus_scanner
from sakip.uploads.check import check_upload
from tests.recommendations import files
from workbooks.readers import guard
from workbooks.readers.guard import WorkbookRefused

AWAY = "pemindai virus sedang tidak menjawab. Coba lagi beberapa menit lagi."
LIMIT = 4000


class FakeDaemon(socketserver.BaseRequestHandler):
    """Speaks INSTREAM. A file that holds EICAR is a virus, one above LIMIT too large."""

    def handle(self):
        asked = self._read(6)
        if asked == b"zPING\0":
            return self.request.sendall(b"PONG\0" if self.server.mood == "well" else b"?\0")
        assert asked + self._read(4) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self._read(4)):
            content += self._read(size)
            if len(content) > LIMIT:
                return self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        self.server.received.append(content)
        if self.server.mood == "slow":
            time.sleep(3)
        if self.server.mood == "silent":
            return None
        word = {"broken": b"ERROR"}.get(self.server.mood, b"OK")
        said = b"Eicar-Test-Signature FOUND" if b"EICAR" in content else word
        return self.request.sendall(b"stream: " + said + b"\0")

    def _read(self, size):
        content = b""
        while len(content) < size:
            content += self.request.recv(size - len(content))
        return content


@contextlib.contextmanager
def serving(server, mood):
    server.mood, server.received, server.daemon_threads = mood, [], True
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    ).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.socket.close()


@pytest.fixture
def daemon(settings):
    @contextlib.contextmanager
    def daemon(mood="well"):
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), FakeDaemon)
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        settings.CLAMD_TIMEOUT = 1 if mood == "slow" else 60  # who answers may be on a busy machine
        with serving(server, mood):
            yield server

    return daemon


def virus():
    return files.pdf() + b"\n%EICAR\n%%EOF\n"


def refusal(content, name="laporan.pdf"):
    with pytest.raises(ValidationError) as refused:
        check_upload(files.upload(name, content))
    return refused.value.message


def test_a_clean_file_is_taken_and_was_seen_whole(daemon):
    with daemon() as server:
        checked = check_upload(files.upload())
        assert checked.file.read() == files.PDF
    assert server.received == [files.PDF]


def test_a_socket_of_the_machine_serves_as_well(settings, tmp_path):
    settings.CLAMD_ADDRESS = f"unix:{tmp_path}/clamd"
    with serving(socketserver.ThreadingUnixStreamServer(f"{tmp_path}/clamd", FakeDaemon), "well"):
        check_upload(files.upload())


def test_a_virus_is_named_and_refused(daemon, caplog):
    with daemon():
        said = refusal(virus())
    assert said.startswith("Berkas “laporan.pdf” ditolak pemindai virus (Eicar-Test-Signature).")
    assert "Eicar-Test-Signature" in caplog.text


def test_a_picture_is_scanned_as_it_came(daemon):
    with daemon(), pytest.raises(ValidationError, match="ditolak pemindai virus"):
        Letterhead._meta.get_field("logo").formfield().clean(
            files.upload("logo.png", files.picture() + b"EICAR")
        )


def test_a_workbook_is_scanned(daemon):
    with daemon(), pytest.raises(WorkbookRefused, match="buku.xlsx ditolak pemindai virus"):
        guard.scan(files.upload("buku.xlsx", b"EICAR"), "buku.xlsx")


def test_too_large_a_file_for_the_daemon_is_refused(daemon):
    with daemon():
        assert "terlalu besar untuk pemindai virus" in refusal(files.PDF.ljust(1 << 20, b"\0"))


@pytest.mark.parametrize("mood", ["slow", "silent", "broken"])
def test_a_daemon_without_a_word_lets_nothing_in(daemon, mood, caplog):
    with daemon(mood):
        assert AWAY in refusal(files.PDF)
    assert "virus scanner" in caplog.text


def test_a_daemon_that_is_away_lets_nothing_in(settings):
    settings.CLAMD_ADDRESS, settings.CLAMD_TIMEOUT = "127.0.0.1:9", 1
    assert AWAY in refusal(files.PDF)
    settings.CLAMD_ADDRESS = "unix:/nowhere/clamd"
    assert AWAY in refusal(files.PDF)


def test_without_a_daemon_nothing_is_asked(settings):
    settings.CLAMD_ADDRESS = ""
    assert check_upload(files.upload())


def test_the_check_of_a_deployment_asks_whether_it_answers(daemon, settings):
    with daemon():
        assert check_virus_scanner(None) == []
    [away] = check_virus_scanner(None)
    assert f"at {settings.CLAMD_ADDRESS} does not answer" in away.msg
    with daemon("broken"):
        assert len(check_virus_scanner(None)) == 1
    settings.CLAMD_ADDRESS = ""
    assert check_virus_scanner(None) == []
