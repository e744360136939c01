"""The units: what they may touch, and what they do when they are started, stopped and fail."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.deploy.machine import MEDIA, UNITS, run

EXPOSURE = 2.0  # of systemd's 10; a unit without any protection has 9.6
MADE = 240  # seconds for a long document


def units(pattern):
    return sorted(str(path) for path in UNITS.glob(pattern) if path.is_file())


def test_systemd_understands_every_unit(machine):
    result = run("systemd-analyze", "verify", *units("sakip-*"))
    assert "sakip" not in result.stderr


@pytest.mark.parametrize(
    "name", ["web", "documents", "reminders", "count", "backup", "purge", "verify", "failed@x"]
)
def test_a_service_may_do_little(machine, figure, name):
    result = run(
        "systemd-analyze", "security", "--offline=true", "--no-pager", f"sakip-{name}.service"
    )
    exposure = float(re.search(r"Overall exposure level.*: ([\d.]+)", result.stdout)[1])
    figure(f"systemd-analyze security sakip-{name}", exposure)
    assert exposure <= EXPOSURE


def test_every_timer_tells_when_it_fails(machine):
    for timer in UNITS.glob("sakip-*.timer"):
        service = timer.with_suffix(".service").read_text(encoding="utf-8")
        assert "OnFailure=sakip-failed@%N.service" in service, timer.name


@pytest.mark.parametrize("name", ["reminders", "count", "purge", "verify"])
def test_the_service_of_a_timer_does_its_work(machine, name):
    result = machine.run_service(f"sakip-{name}.service")
    assert result.returncode == 0, result.stderr


def test_a_failure_is_logged_and_mailed(machine):
    result = machine.run_service("sakip-failed@sakip-backup.service")
    assert result.returncode == 0, result.stderr
    assert '"level": "error"' in result.stderr
    assert "The service sakip-backup failed" in result.stderr
    [mail] = [text for text in machine.mail.received if "Layanan sakip-backup gagal" in text]
    assert "To: pengelola@sakip.test" in mail


def test_a_report_is_printed(machine):
    answer = machine.client("koordinator").get("/laporan/follow-up-table/unduh/pdf/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-"), answer.text[:500]


def test_a_document_is_made_in_the_background(machine):
    order = (
        "from django.utils import timezone; from reports.exports.background import enqueue;"
        "from reports.exports.catalogue import ExportSpec; from sakip.models import User;"
        "user = User.objects.get(username='koordinator');"
        "spec = ExportSpec(name='follow-up-table', format='pdf');"
        "print(enqueue(spec=spec, title='Tabel', actor=user, at=timezone.now()).pk)"
    )
    coordinator = machine.client("koordinator")
    address = f"/dokumen-saya/{machine.python(order).strip()}/unduh/"
    end = time.monotonic() + MADE
    while (made := coordinator.get(address)).status_code != 200 and time.monotonic() < end:
        time.sleep(1)
    assert made.content[:5] == b"%PDF-", machine.logs()
    assert not [path for path in MEDIA.rglob("*") if path.stat().st_mode & 0o007]


def test_a_restart_refuses_nobody(machine, figure):
    def ask(number):
        time.sleep(number * 0.02)
        return machine.client().get("/akun/masuk/").status_code

    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(ask, number % 8) for number in range(200)]
        machine.stop("sakip-web.service")
        machine.start_web()
        answers = [answer.result() for answer in asked]
    figure(
        "requests over a restart", f"{len(answers)} asked, {sum(a != 200 for a in answers)} failed"
    )
    assert set(answers) == {200}


def test_the_address_of_a_reader_cannot_be_forged(machine):
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Real-IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
    }
    stranger = machine.client()
    stranger.get("/akun/masuk/")
    stranger.post(
        "/akun/masuk/",
        data={"login": "siapa", "password": "salah-sekali-1"},
        headers=forged | {"X-Request-ID": "palsu-1234"},
    )
    log = Path("/var/log/sakip-web.service.log").read_text(encoding="utf-8")
    assert "from 127.0.0.1" in log
    assert "203.0.113.9" not in log
    assert "palsu-1234" not in log


def test_https_cannot_be_forged(machine):
    """Plain HTTP reaches only the way to HTTPS, whatever the reader says about it."""
    plain = machine.client()
    plain.url = plain.url.replace("https:", "http:")
    assert plain.get("/akun/masuk/", headers={"X-Forwarded-Proto": "https"}).status_code == 301


def test_the_program_cannot_be_reached_past_nginx(machine):
    result = run(
        "runuser", "-u", "nobody", "--", "curl", "-sS", "--unix-socket", "/run/sakip/web.sock", "http://x/",
        check=False,
    )  # fmt: skip
    assert result.returncode != 0


def test_installing_again_changes_nothing(machine):
    kept = ["/etc/sakip/secret_key", "/etc/sakip/sakip.env"]
    before = [Path(name).read_bytes() for name in kept]
    machine.install()
    assert [Path(name).read_bytes() for name in kept] == before


def test_a_backup_is_made(machine):
    assert machine.backed_up.returncode == 0, machine.backed_up.stderr
    (file,) = Path("/var/backups/sakip").iterdir()
    assert (file.stat().st_mode & 0o077, file.stat().st_size > 0) == (0, True)
    assert machine.manage("backup", "--verify", str(file)).returncode == 0


def test_the_installation_tells_what_is_missing(machine):
    """Nobody had written mail settings yet; afterwards nothing was left, until the demo came."""
    assert {"sakip.W024", "sakip.W026", "sakip.W005"} <= set(
        re.findall(r"sakip\.W\d+", machine.installed.stderr)
    )
    assert machine.completed.returncode == 0, machine.completed.stderr
    told = machine.manage("check", "--deploy", "--fail-level", "WARNING", check=False)
    assert re.findall(r"\w+\.W\d+", told.stderr) == ["reports.W001"]
