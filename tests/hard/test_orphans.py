"""Server workers die while files are uploaded: no row lacks its file, and what is left over is removed."""

import os
import random
import signal
import threading
import time
from contextlib import suppress
from io import BytesIO

import pikepdf
import requests

OPEN_ITEM = """
from recommendations.models import Renaksi
from sakip.models import User
operator = User.objects.get(username="operator.destinasi")
item = Renaksi.objects.filter(status__in=["open", "in_progress"], lead_unit=operator.unit).first()
print(item.pk)
"""
STORED = "from recommendations.models import EvidenceRevision as E; print(E.objects.count())"
MEBIBYTE = 2**20


def paper() -> bytes:
    """A PDF, different each time, and long enough to be killed while it is written."""
    pdf, content = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(b"% " + random.randbytes(2 * MEBIBYTE).hex().encode())
    pdf.save(content, compress_streams=False)
    return content.getvalue()


def upload(client, path, stop):
    while not stop.is_set():
        content = paper()
        with suppress(requests.RequestException):
            client.post(
                path, data={"kind": "file"}, files={"file": ("a.pdf", content, "application/pdf")}
            )


def stored_files(office):
    return {path.name for path in office.media.glob("bukti/*/*")}


def wait_for_a_file(office, already):
    end = time.monotonic() + 60
    while not stored_files(office) - already and time.monotonic() < end:
        time.sleep(0.002)


def workers(office):
    with open(f"/proc/{office.server.pid}/task/{office.server.pid}/children") as children:
        return [int(pid) for pid in children.read().split()]


def test_no_row_lacks_its_file_and_no_file_its_row(office, rounds, figure):
    office.start(workers=2)
    item = office.python(OPEN_ITEM).strip()
    before, stop = int(office.python(STORED)), threading.Event()
    people = [office.client("operator.destinasi") for _ in range(4)]
    path = f"/renaksi/{item}/bukti/baru/"
    threads = [threading.Thread(target=upload, args=(one, path, stop)) for one in people]
    for thread in threads:
        thread.start()
    for number in range(rounds):
        wait_for_a_file(office, already=stored_files(office))
        if number % 3 == 0:  # some are killed later than between the file and its row
            wait_for_a_file(office, already=stored_files(office))
            time.sleep(random.uniform(0, 0.2))
        for pid in workers(office):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    wait_for_a_file(office, already=stored_files(office))
    stop.set()
    for thread in threads:
        thread.join(60)
    office.stop()
    after = int(office.python(STORED))
    found = office.manage("verify_files", "--age", "0", check=False)
    left = found.stderr.count("Tanpa data: ")
    told = f"{rounds} times, {after - before} uploads whole, {left} orphans"
    figure("workers killed in uploads", told)
    assert after > before
    for fault in ("Tidak ada", "Ukuran berubah", "Isi berubah", "Tidak terbaca"):
        assert fault not in found.stderr
    removed = office.manage("verify_files", "--age", "0", "--remove-orphans")
    assert f"{left} berkas tanpa data dihapus" in removed.stdout
    assert office.manage("verify_files", "--age", "0").returncode == 0
    assert "utuh" in office.manage("verify_history").stdout
