"""Workers and servers that are killed in the middle of a document, an import, an issue."""

import hashlib
import io
import json
import os
import random
import re
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
import requests

from tests.workbooks.books import upload

pytestmark = pytest.mark.timeout(
    2 * 60 * 60
)  # fifty rounds; a limit of the usual tests would end them
RECOVERY = 60  # seconds
UNITS = 300  # rows of a workbook that is written while its page is open
LARGE = 2_100  # rows that a worker writes
HEAD = ["Kode", "Nama", "Nama singkat", "Jenis", "Unit induk"]

ORDER = """
from django.utils import timezone
from reports.exports import background
from reports.exports.catalogue import ExportSpec
from recommendations.models import Evaluation
from sakip.models import User
person = User.objects.get(username="koordinator")
body = Evaluation.objects.visible_to(person).order_by("-performance_year").first()
spec = ExportSpec(name="dossier", format="pdf", evaluation_id=body.pk)
job = background.enqueue(spec=spec, title="Dokumen lengkap", actor=person, at=timezone.now())
print(job.pk)
"""
ISSUED = """
import json
from reports.models import IssuedReport
print(json.dumps([[r.number, str(r.submission), r.sha256, r.file.name] for r in IssuedReport.objects.all()]))
"""


def processes(office, word):
    """The keys of the processes of an installation whose command has this word."""
    mark = f"MEDIA_ROOT={office.media}".encode()
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if (
                entry.name.isdigit()
                and word.encode() in (entry / "cmdline").read_bytes()
                and mark in (entry / "environ").read_bytes().split(b"\0")
            ):
                yield int(entry.name)


def kill_worker(office):
    killed = list(processes(office, "db_worker"))
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(killed)


def until(condition, seconds=RECOVERY):
    """Waits; gives how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s")


def sound(office, is_postgres):
    if is_postgres:
        return True
    ask = "from django.db import connection as c; print(c.cursor().execute('PRAGMA integrity_check').fetchall())"
    return "'ok'" in office.python(ask)


def killed_while_printing(office, client, renaksi, job):
    """One round: a change, so that nothing stored is valid, an order, a kill. Gives the time to recover."""
    client.post(f"/renaksi/{renaksi}/komentar/", data={"text": f"Putaran {time.time()}"})
    answer = client.post(f"/dokumen-saya/{job}/ulangi/")
    assert answer.status_code == 302, answer.text[:500]
    page = answer.headers["Location"]
    until(lambda: any(processes(office, "db_worker")))
    time.sleep(random.uniform(0.5, 5))
    kills = kill_worker(office)
    took = until(lambda: "Unduh PDF" in client.get(page).text, 2 * RECOVERY)
    with pikepdf.open(io.BytesIO(client.get(f"{page}unduh/").content)) as pdf:
        assert len(pdf.pages) > 5
    return kills, took


def test_a_document_whose_worker_is_killed(make_office, rounds, figure):
    office = make_office(DJANGO_SETTINGS_MODULE="tests.hard.hasty")
    job = int(office.python(ORDER))
    office.start()
    client = office.client("koordinator")
    until(lambda: "Unduh PDF" in client.get(f"/dokumen-saya/{job}/").text, 2 * RECOVERY)
    renaksi = re.search(r"/renaksi/(\d+)/", client.get("/renaksi/").text)[1]
    found = [killed_while_printing(office, client, renaksi, job) for _ in range(rounds)]
    hit = sum(1 for kills, _ in found if kills)
    figure("document workers killed", f"{hit} of {rounds}, all documents came by themselves")
    figure("longest way from the kill to the document", f"{max(took for _, took in found):.0f} s")


def killed_in_the_middle(office, client, renaksi, job):
    """Orders the document and kills its worker while it works; gives the page. Tries again when it was too quick."""
    for attempt in range(10):
        client.post(f"/renaksi/{renaksi}/komentar/", data={"text": f"Putaran {attempt}"})
        page = client.post(f"/dokumen-saya/{job}/ulangi/").headers["Location"]
        until(lambda: "Menunggu giliran" not in client.get(page).text)  # noqa: B023
        if kill_worker(office) and "Unduh PDF" not in client.get(page).text:
            return page
        until(lambda: "Unduh PDF" in client.get(page).text, 2 * RECOVERY)  # noqa: B023
        until(lambda: not any(processes(office, "db_worker")))
    raise AssertionError("always done before the kill")


def test_with_the_usual_waits_it_begins_again_within_a_minute(office, figure):
    job = int(office.python(ORDER))
    office.start()
    client = office.client("koordinator")
    until(lambda: "Unduh PDF" in client.get(f"/dokumen-saya/{job}/").text, 2 * RECOVERY)
    until(lambda: not any(processes(office, "db_worker")))
    renaksi = re.search(r"/renaksi/(\d+)/", client.get("/renaksi/").text)[1]
    page = killed_in_the_middle(office, client, renaksi, job)
    # Nobody looks at the page meanwhile: that would help.
    took = until(lambda: any(processes(office, "db_worker")))
    figure("a killed document begins again after", f"{took:.0f} s")
    until(lambda: "Unduh PDF" in client.get(page).text, 2 * RECOVERY)


def workbook(name, count):
    rows = [
        [
            f"{name}.{number}",
            f"Unit {name} {number}",
            f"U {name} {number}",
            "Biro",
            "Sekretariat Daerah",
        ]
        for number in range(count)
    ]
    return upload({"Unit": [HEAD, *rows]}).read()


def send(client, content):
    """Uploads a workbook of units; gives the address of its import."""
    answer = client.post(
        "/impor/", data={"kind": "units"}, files={"file": ("unit.xlsx", io.BytesIO(content))}
    )
    assert answer.status_code == 302, re.findall(r"invalid-feedback.*?</", answer.text, re.DOTALL)
    return answer.headers["Location"]


def written(office, name):
    ask = f"from sakip.models import Unit; print(Unit.objects.filter(code__startswith='{name}.').count())"
    return int(office.python(ask))


def killed_meanwhile(office, act, most):
    """Kills the whole server at some moment of a request, and starts it again."""
    thread = threading.Thread(target=lambda: suppress_lost(act))
    thread.start()
    time.sleep(random.uniform(0, most))
    office.kill()
    thread.join()
    office.start()


def suppress_lost(act):
    with suppress(requests.RequestException):
        act()


def test_a_server_killed_while_it_imports(office, rounds, figure, is_postgres):
    office.start()
    outcomes = {0: 0, UNITS: 0}
    for number in range(rounds):
        client, name = office.client("koordinator"), f"K{number}"
        page = send(client, workbook(name, UNITS))
        killed_meanwhile(office, lambda: client.post(f"{page}konfirmasi/"), 4)  # noqa: B023
        outcomes[written(office, name)] += 1  # KeyError: a part was written
        client.post(f"{page}konfirmasi/")
        assert written(office, name) == UNITS
    assert sound(office, is_postgres)
    figure(
        "servers killed while importing",
        f"{rounds}: {outcomes[0]} nothing, {outcomes[UNITS]} all, 0 partial",
    )


def test_a_large_import_whose_worker_is_killed(make_office, rounds, figure, is_postgres):
    office = make_office(DJANGO_SETTINGS_MODULE="tests.hard.hasty")
    office.start()
    client = office.client("koordinator")
    few = max(1, rounds // 10)
    for number in range(few):
        name = f"B{number}"
        page = send(client, workbook(name, LARGE))
        until(lambda: "Tulis " in client.get(page).text, 3 * RECOVERY)  # noqa: B023
        assert client.post(f"{page}konfirmasi/").status_code == 302
        until(lambda: any(processes(office, "db_worker")))
        time.sleep(random.uniform(1, 8))
        kill_worker(office)
        assert written(office, name) in (0, LARGE)
        until(lambda: written(office, name) == LARGE, 5 * RECOVERY)  # noqa: B023
    assert sound(office, is_postgres)
    figure("workers killed while importing", f"{few}, all written once by themselves, 0 partial")


def form_of(client, address):
    """What the form that issues a report sends: its hidden and proposed fields."""
    page = client.get(address)
    assert page.status_code == 200, page.text[:1000]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name[1] in ("number", "date", "seen", "submission"):
            fields[name[1]] = value[1] if value else ""
    return fields


def test_a_server_killed_while_it_issues(office, rounds, figure, is_postgres):
    office.start()
    address, stored = "/laporan/follow-up-table/terbitkan/", 0
    for _ in range(rounds):
        client = office.client("koordinator")
        fields = form_of(client, address)
        killed_meanwhile(office, lambda: client.post(address, data=fields), 3)  # noqa: B023
        rows = json.loads(office.python(ISSUED))
        stored += any(row[1] == fields["submission"] for row in rows)
        assert client.post(address, data=fields).status_code == 302
        rows = json.loads(office.python(ISSUED))
        assert [row[1] for row in rows].count(fields["submission"]) == 1
        for _, _, digest, name in rows:
            assert hashlib.sha256((office.media / name).read_bytes()).hexdigest() == digest
    assert sound(office, is_postgres)
    figure(
        "servers killed while issuing",
        f"{rounds}: {stored} issued, {rounds - stored} not, each once in the end",
    )
