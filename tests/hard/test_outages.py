"""The database locked, read-only, full, away or crashed under traffic; the program goes on by itself."""

import io
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pikepdf
import psycopg
import pytest
import requests

pytestmark = pytest.mark.timeout(
    2 * 60 * 60
)  # fifty rounds; a limit of the usual tests would end them
PAGES = ("/", "/dokumen-saya/", "/renaksi/", "/uji-konsistensi/", "/laporan/")


def renaksi_of(client):
    return re.search(r"/renaksi/(\d+)/", client.get("/renaksi/").text)[1]


def comment(client, renaksi, text):
    return client.post(f"/renaksi/{renaksi}/komentar/", data={"text": text})


def comments(office):
    ask = "from recommendations.models import Comment; print(*Comment.objects.values_list('text', flat=True), sep='|')"
    return office.python(ask).strip().split("|")


@pytest.fixture
def sqlite_office(make_office, is_postgres):
    if is_postgres:
        pytest.skip("for SQLite")
    return make_office()


@contextmanager
def write_lock(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_somebody_holds_the_write_lock(sqlite_office, figure):
    office = sqlite_office
    office.start()
    client, newcomer = office.client("koordinator"), office.client()
    newcomer.get("/akun/masuk/")
    renaksi = renaksi_of(client)
    with write_lock(office.folder / "db.sqlite3"):
        began = time.monotonic()
        assert {client.get(page).status_code for page in PAGES} == {200}
        figure("five pages read beside a write lock", f"{time.monotonic() - began:.1f} s")
        began = time.monotonic()
        refused = comment(client, renaksi, "Tidak jadi")
        figure(
            "a write beside a write lock",
            f"{refused.status_code} after {time.monotonic() - began:.1f} s",
        )
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "15")
        assert "sedang sibuk" in refused.text
        sign_in = newcomer.post(
            "/akun/masuk/", data={"login": "koordinator", "password": "sakip-demo-2023"}
        )
        figure("signing in beside a write lock", sign_in.status_code)
        assert sign_in.status_code == 503
        assert requests.get(f"{office.url}/siap", timeout=3).status_code == 503
    assert comment(client, renaksi, "Lagi").status_code == 302
    assert newcomer.sign_in("koordinator").status_code == 302
    assert "Tidak jadi" not in comments(office)


def test_the_database_is_away_and_comes_back(sqlite_office, figure):
    """Its directory is no longer there, as with a disk that was not mounted."""
    office = sqlite_office
    (office.folder / "data").mkdir()
    for file in office.folder.glob("db.sqlite3*"):
        shutil.move(file, office.folder / "data")
    office.environment["DATABASE_URL"] = f"sqlite:///{office.folder}/data/db.sqlite3"
    office.start()
    client = office.client("koordinator")
    renaksi = renaksi_of(client)
    (office.folder / "data").rename(office.folder / "gone")
    found = {client.get(page).status_code for page in PAGES} | {
        comment(client, renaksi, "Tidak jadi").status_code
    }
    assert found == {503}
    assert requests.get(f"{office.url}/healthz", timeout=3).status_code == 200
    assert requests.get(f"{office.url}/siap", timeout=3).status_code == 503
    (office.folder / "gone").rename(office.folder / "data")
    assert {client.get(page).status_code for page in PAGES} == {200}
    figure("database away", "503 on every page, 200 without a restart when it is back")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_the_disk_is_full_and_is_emptied(make_office, figure, is_postgres, tmp_path):
    """Evidence and, with SQLite, the database lie on a disk of 40 MB."""
    office = make_office()
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk], check=True)
    try:
        shutil.move(office.media, disk / "media")
        office.environment |= {"MEDIA_ROOT": str(disk / "media"), "DISK_MIN_FREE_MEGABYTES": "1"}
        if not is_postgres:
            for file in office.folder.glob("db.sqlite3*"):
                shutil.move(file, disk)
            office.environment["DATABASE_URL"] = f"sqlite:///{disk}/db.sqlite3"
        office.start()
        client = office.client("koordinator")
        renaksi = renaksi_of(client)
        target, fill = open_renaksi(office), disk / "fill"
        with suppress(OSError), fill.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 2**16)
        before = stored(disk / "media")
        pdf = some_pdf(3 * 2**20)
        answer = client.post(
            f"/renaksi/{target}/bukti/baru/",
            data={"kind": "file", "title": "Notula"},
            files={"file": ("notula.pdf", pdf)},
        )
        assert answer.status_code == 507, (answer.status_code, answer.text[:1500])
        assert "peladen penuh" in answer.text
        assert stored(disk / "media") == before
        # SQLite needs room for a small file to be read at all.
        assert client.get("/renaksi/").status_code == (200 if is_postgres else 507)
        assert requests.get(f"{office.url}/siap", timeout=3).status_code == 503
        fill.unlink()
        assert comment(client, renaksi, "Lagi").status_code == 302
        time.sleep(3)
        assert requests.get(f"{office.url}/siap", timeout=3).status_code == 200
        figure("disk full", "507, no orphan, 302 without a restart when it is emptied")
    finally:
        office.stop()
        subprocess.run(["umount", "--lazy", disk], check=False)


def open_renaksi(office):
    """One that still takes evidence."""
    return office.python(
        "from recommendations.models import Renaksi; from sakip.models import User; "
        "person = User.objects.get(username='koordinator'); "
        "print(Renaksi.objects.visible_to(person).filter(status__in=['open', 'in_progress']).first().pk)"
    ).strip()


def stored(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def some_pdf(size):
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Junk = pdf.make_stream(os.urandom(size))
        pdf.save(output, compress_streams=False)
    return output.getvalue()


class Server:
    """The PostgreSQL of scripts/with-postgres."""

    def __init__(self, url):
        self.folder = Path(
            re.search(r"(/tmp/sakip-postgres\.\w+|%2Ftmp%2Fsakip-postgres\.\w+)", url)[1].replace(
                "%2F", "/"
            )
        )
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))

    def control(self, *words):
        own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*own, self.bin / "pg_ctl", "--pgdata", self.folder / "data", *words]
        subprocess.run(
            command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def be_durable(self):
        """A commit that is told is on the disk; `with-postgres` does without, to be fast."""
        own = {"host": str(self.folder), "user": "sakip", "dbname": "postgres"}
        with psycopg.connect(**own, autocommit=True) as server:
            server.execute("ALTER SYSTEM SET synchronous_commit = on")
            server.execute("SELECT pg_reload_conf()")

    def crash(self):
        self.control("--mode", "immediate", "stop")

    def start(self):
        self.control("--wait", "--log", self.folder / "server.log", "start")


def test_postgresql_crashes_under_traffic(office, rounds, figure, is_postgres):
    if not is_postgres:
        pytest.skip("for PostgreSQL")
    server, over = Server(os.environ["DATABASE_URL"]), threading.Event()
    server.be_durable()
    office.start(workers=2)
    writers = [office.client("koordinator") for _ in range(4)]
    renaksi, told, statuses = renaksi_of(writers[0]), [], Counter()

    def write(number, client):
        for turn in range(100_000):
            if over.is_set():
                return
            text = f"K{number}-{turn}"
            status = comment(client, renaksi, text).status_code
            statuses[status] += 1
            if status == 302:
                told.append(text)

    threads = [threading.Thread(target=write, args=item) for item in enumerate(writers)]
    for thread in threads:
        thread.start()
    waits = []
    for _ in range(max(1, rounds // 3)):
        time.sleep(2)
        server.crash()
        time.sleep(1)
        server.start()
        began, before = time.monotonic(), statuses[302]
        while statuses[302] == before and time.monotonic() - began < 30:
            time.sleep(0.05)
        waits.append(time.monotonic() - began)
    over.set()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {302, 503}, statuses
    found = comments(office)
    assert set(told) <= set(found)
    assert len(found) == len(set(found))
    figure(
        "PostgreSQL crashed under traffic",
        f"{len(waits)} times: {dict(statuses)}, 0 of {len(told)} told writes lost",
    )
    figure("first write after it is back", f"{max(waits):.1f} s at most, no restart of the program")


def test_requests_over_a_graceful_restart(office, figure):
    office.start(workers=2)
    clients = [office.client("koordinator") for _ in range(4)]
    statuses, failed = Counter(), []

    def read(client):
        for _ in range(50):
            try:
                statuses[client.get("/renaksi/").status_code] += 1
            except requests.RequestException as error:
                failed.append(error)

    threads = [threading.Thread(target=read, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(2)
        os.kill(office.server.pid, signal.SIGHUP)
    for thread in threads:
        thread.join()
    assert failed == []
    assert statuses == {200: 200}
    figure("requests over graceful restarts", f"{sum(statuses.values())}, {len(failed)} failed")


def test_many_writers_lose_nothing(office, rounds, figure):
    """32 people write at once through four server processes; a busy answer is tried again."""
    office.start(workers=4)
    shared = office.client("koordinator")
    renaksi, told, statuses, lock = renaksi_of(shared), [], Counter(), threading.Lock()

    def write(number):
        client = requests.Session()
        client.cookies.update(shared.cookies)
        for turn in range(rounds):
            text = f"W{number}-{turn}"
            while True:
                answer = client.post(
                    f"{office.url}/renaksi/{renaksi}/komentar/",
                    data={"text": text},
                    headers={"X-CSRFToken": shared.cookies["csrftoken"]},
                    allow_redirects=False,
                    timeout=120,
                )
                with lock:
                    statuses[answer.status_code] += 1
                if answer.status_code == 302:
                    told.append(text)
                    break
                assert answer.status_code == 503, answer.text[:500]

    threads = [threading.Thread(target=write, args=[number]) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [text for text in comments(office) if text.startswith("W")]
    assert sorted(found) == sorted(told)
    assert len(told) == 32 * rounds
    figure("32 writers", f"{len(told)} comments, 0 lost, answers {dict(statuses)}")
