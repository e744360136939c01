"""Two application servers and a worker with nothing in common but the database and the bucket.

Each has its own folder, its own MEDIA_ROOT and its own processes. The bucket is that of moto.
"""

import re
import subprocess
import sys
import threading
import time
from contextlib import suppress

import boto3
import pytest
import requests
from django.conf import settings

from tests.hard.conftest import _run
from tests.hard.office import Office, free_port
from tests.photographs import landscape, saved

pytestmark = pytest.mark.skipif(
    "postgres" not in settings.DATABASES["default"]["ENGINE"], reason="machines share PostgreSQL"
)
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Bucket:
    """moto's S3 server as a process that can be stopped and started again; what it holds is then gone."""

    def __init__(self):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.settings = {
            "FILES_URL": "s3://sakip-berkas/produksi",
            "FILES_ENDPOINT": self.endpoint,
            "FILES_ACCESS_KEY": "kunci",
            "FILES_SECRET_KEY": "rahasia",
        }

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(requests.ConnectionError):
                requests.get(f"{self.endpoint}/moto-api/", timeout=10)
                break
            time.sleep(0.1)
        self.client.create_bucket(Bucket="sakip-berkas")

    @property
    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="kunci",
            aws_secret_access_key="rahasia",
        )

    def names(self):
        listed = self.client.list_objects_v2(Bucket="sakip-berkas")
        return [row["Key"] for row in listed.get("Contents", ())]

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def bucket():
    bucket = Bucket()
    bucket.start()
    yield bucket
    bucket.stop()


@pytest.fixture(scope="module")
def hosts(filled, bucket, tmp_path_factory):
    """Two servers that run, and a third machine for the worker."""
    _run("createdb", *filled.server_options, "--template", "hard_filled", "hard_machines")
    url = filled.environment["DATABASE_URL"].replace("hard_filled", "hard_machines")
    hosts = [
        Office(
            tmp_path_factory.mktemp(f"host-{name}"),
            url,
            DOCUMENT_WORKER="service",
            **bucket.settings,
        )
        for name in "abc"
    ]
    for host in hosts[:2]:
        host.start(workers=2)
    yield hosts
    for host in hosts:
        host.stop()
        assert [path for path in host.media.rglob("*") if path.is_file()] == []


def at(host, client):
    """The same browser, by a load balancer sent to another host."""
    other = host.client()
    other.cookies.update(client.cookies)
    return other


def renaksi_of(host, username):
    """An item that this person may work on."""
    return host.python(
        "from recommendations.models import Renaksi; from sakip.models import User; "
        f"user = User.objects.get(username='{username}'); "
        "print(Renaksi.objects.visible_to(user).filter(status__in=['open', 'returned'], lead_unit=user.unit).first().pk)"
    ).strip()


def upload(client, renaksi, name, content):
    page = client.get(f"/renaksi/{renaksi}/bukti/baru/")
    assert page.status_code == 200
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page.text))
    return client.post(
        f"/renaksi/{renaksi}/bukti/baru/",
        data={**hidden, "kind": "file", "title": ""},
        files={"file": (name, content)},
    )


def test_what_one_host_stores_another_hands_out(hosts, bucket):
    a, b, _ = hosts
    operator = a.client("operator.organisasi")
    renaksi, picture = renaksi_of(a, "operator.organisasi"), saved(landscape())
    answer = upload(operator, renaksi, "foto.jpg", picture)
    assert answer.status_code == 302, answer.text[:3000]
    assert all(name.startswith("produksi/") for name in bucket.names())

    beside = at(b, operator)  # the session holds there too
    page = beside.get(f"/renaksi/{renaksi}/").text
    path = re.findall(r'href="(/bukti/\d+/berkas/1/)"', page)[-1]
    here, there = operator.get(path), beside.get(path)
    assert here.content == there.content
    assert there.content.startswith(b"\xff\xd8")
    for name, value in HEADERS.items():
        assert there.headers[name] == value
    assert "Location" not in there.headers
    assert b.client("operator.pariwisata").get(path).status_code == 404
    # The bucket itself gives nothing to those who have no key.
    assert there.headers["Content-Type"] == "image/jpeg"


def test_an_import_that_was_read_at_one_host_is_confirmed_at_another(hosts, tmp_path):
    a, b, _ = hosts
    coordinator = a.client("koordinator")
    book = tmp_path / "renaksi.xlsx"
    a.manage("export_workbook", "renaksi", "--output", str(book), "--as", "koordinator")
    page = coordinator.get("/impor/").text
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    answer = coordinator.post(
        "/impor/",
        data={**hidden, "kind": "renaksi"},
        files={"file": ("renaksi.xlsx", book.read_bytes())},
    )
    assert answer.status_code == 302, answer.text[:3000]
    run, beside = answer.headers["Location"], at(b, coordinator)
    page = beside.get(run)
    assert page.status_code == 200, b.log.read_text()[-4000:]
    assert "renaksi.xlsx" in page.text
    assert beside.post(f"{run}konfirmasi/").status_code == 302
    assert "selesai diimpor" in beside.get(run).text


ENQUEUE = """
from django.utils import timezone
from recommendations.models import Evaluation
from reports.exports import background, catalogue
from sakip.models import User
evaluation = Evaluation.objects.filter(unit__name="Sekretariat Daerah").latest("performance_year")
spec = catalogue.ExportSpec(name="dossier", format="pdf", evaluation_id=evaluation.pk,
                            options={"with_evidence": "merged"})
user = User.objects.get(username="koordinator")
print(background.enqueue(spec=spec, title="Dokumen", actor=user, at=timezone.now()).get_absolute_url())
"""


def test_a_document_made_on_a_third_machine_is_fetched_at_another(hosts):
    a, b, c = hosts
    coordinator = a.client("koordinator")
    job = a.python(ENQUEUE).strip()
    assert coordinator.get(f"{job}unduh/").status_code != 200
    c.manage("db_worker", "--batch", "--no-startup-delay", "--no-reload")
    document = at(b, coordinator).get(f"{job}unduh/")
    assert document.status_code == 200
    assert document.content.startswith(b"%PDF")


def test_guesses_at_all_hosts_are_counted_together(hosts, figure):
    a, b, _ = hosts
    answers = []
    for number in range(12):
        answers.append(
            (a, b)[number % 2].client().sign_in("pimpinan", f"salah-{number}").status_code
        )
        if answers[-1] == 429:
            break
    assert answers[-1] == 429
    figure("guesses at two hosts until both refuse", len(answers) - 1)
    assert b.client().sign_in("pimpinan", "salah").status_code == 429
    assert a.client().sign_in("pimpinan", "salah").status_code == 429


def test_one_host_is_killed_under_traffic(hosts, rounds, figure):
    """A balancer that asks the next host when one does not answer: nobody sees a failure, nothing is lost."""
    a, b, _ = hosts
    browsers = [at(a, a.client("koordinator")) for _ in range(4)]
    renaksi, seen, ended = renaksi_of(a, "operator.organisasi"), [], threading.Event()

    def browse(browser):
        while not ended.is_set():
            for host in (a, b):
                browser.url = host.url
                with suppress(requests.ConnectionError):
                    seen.append(browser.get(f"/renaksi/{renaksi}/", timeout=30).status_code)
                    break
            else:
                seen.append(0)

    threads = [threading.Thread(target=browse, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for _ in range(min(rounds, 5)):
        time.sleep(1)
        a.kill()
        time.sleep(1)
        a.start(workers=2)
    ended.set()
    for thread in threads:
        thread.join()
    assert set(seen) == {200}
    figure(
        "host killed under traffic", f"{min(rounds, 5)} times, {len(seen)} requests, all answered"
    )


def test_backup_and_restore_with_a_bucket(hosts, bucket, filled, tmp_path):
    a, _, _ = hosts
    file = tmp_path / "sakip.tar"
    a.manage("backup", str(file))
    _run("createdb", *filled.server_options, "--template", "template0", "hard_machines_new")
    empty = Office(
        tmp_path / "new",
        filled.environment["DATABASE_URL"].replace("hard_filled", "hard_machines_new"),
        **bucket.settings | {"FILES_URL": "s3://sakip-berkas/baru"},
    )
    assert (
        "Tempat berkas sudah berisi"
        in Office(tmp_path / "new", empty.environment["DATABASE_URL"], **bucket.settings)
        .manage("restore", str(file), check=False)
        .stderr
    )
    empty.manage("restore", str(file))
    before = {name.removeprefix("produksi/") for name in bucket.names() if "produksi/" in name}
    after = {name.removeprefix("baru/") for name in bucket.names() if "baru/" in name}
    assert after
    assert after <= before


def test_without_the_bucket_pages_say_so_and_recover(hosts, bucket):
    a, b, _ = hosts
    operator = a.client("operator.organisasi")
    renaksi = renaksi_of(a, "operator.organisasi")
    page = operator.get(f"/renaksi/{renaksi}/").text
    path = re.findall(r'href="(/bukti/\d+/berkas/1/)"', page)[-1]
    bucket.stop()
    for host in (a, b):
        browser = at(host, operator)
        assert browser.get(f"/renaksi/{renaksi}/").status_code == 200
        assert browser.get(path).status_code == 503
        answer = upload(browser, renaksi, "foto.jpg", saved(landscape()))
        assert answer.status_code == 503
        assert "Tempat penyimpanan berkas tidak dapat dipakai" in answer.text
    bucket.start()
    answer = upload(operator, renaksi, "foto.jpg", saved(landscape()))
    assert answer.status_code == 302, answer.text[:3000]
