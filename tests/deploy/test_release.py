"""The file that `make release` writes is installed on a machine without internet, and the program answers."""

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import tarfile
import time
from contextlib import suppress

import pytest
import requests

from sakip import __version__
from tests.deploy.machine import ROOT, run

NAME = f"sakip-{__version__}"
FILE = ROOT / "build" / f"{NAME}.tar.gz"
PORT = "8801"
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/root", "LANG": "C.UTF-8", "PORT": PORT}
PATIENCE = 600  # seconds for the packages, and for the static files with the demonstration data
STARTING = 120

pytestmark = pytest.mark.timeout(2 * PATIENCE)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The folder of a release, unpacked and made ready as `make run` makes it."""
    folder = tmp_path_factory.mktemp("office")
    run("tar", "--extract", "--file", FILE, "--directory", folder)
    run("make", "setup", cwd=folder / NAME, env=ENVIRONMENT, timeout=PATIENCE)
    run("make", "staticfiles/.collected", "data", cwd=folder / NAME, env=ENVIRONMENT, timeout=PATIENCE)  # fmt: skip
    return folder / NAME


@pytest.fixture(scope="module")
def running(program):
    """The address of the program, started with `make run`."""
    with (program / "run.log").open("wb") as log:
        process = subprocess.Popen(
            ["make", "run"], cwd=program, env=ENVIRONMENT, stdout=log, stderr=log, start_new_session=True
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{PORT}/siap", program / "run.log")
        yield f"http://127.0.0.1:{PORT}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def wait_for(address, log):
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        with suppress(requests.ConnectionError):
            if requests.get(address, timeout=10).status_code == 200:
                return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_this_machine_has_no_network():
    with pytest.raises(OSError) as refused:
        socket.create_connection(("192.0.2.1", 80), timeout=5)
    assert refused.value.errno == errno.ENETUNREACH


def test_order_owner_rights_and_times_are_fixed():
    with tarfile.open(FILE) as archive:
        members = archive.getmembers()
    names = [member.name for member in members]
    assert names == sorted(names, key=lambda name: name.split("/"))
    assert {(member.uid, member.gid) for member in members} == {(0, 0)}
    assert {member.mode for member in members if not member.issym()} == {0o644, 0o755}
    committed = run("git", "log", "-1", "--format=%ct", cwd=ROOT).stdout
    assert {member.mtime for member in members} == {int(committed)}


def test_what_was_packed_is_what_arrived(program):
    run("sha256sum", "--check", "--quiet", "SHA256SUMS", cwd=program)


def test_it_lists_its_packages(program):
    listed = json.loads((program / "sbom.json").read_text())
    assert listed["metadata"]["component"]["version"] == __version__
    assert {"django", "weasyprint"} <= {part["name"] for part in listed["components"]}


def test_it_says_that_it_is_ready(running, figure):
    answer = requests.get(f"{running}/siap", timeout=10)
    assert answer.json() == {"ok": True, "version": __version__}
    figure("release", f"{FILE.name}, {FILE.stat().st_size // 10**6} MB, installed and answering")


def test_people_can_sign_in(running):
    answer = requests.get(f"{running}/akun/masuk/", timeout=10)
    assert (answer.status_code, "Kata sandi" in answer.text) == (200, True)
    assert f"Tindak Lanjut SAKIP</strong> {__version__}" in answer.text


def test_a_missing_package_is_told(program, tmp_path):
    shutil.copytree(program / "scripts", tmp_path / "scripts")
    shutil.copy(program / "requirements.lock", tmp_path)
    (tmp_path / "packages").mkdir()
    result = run("scripts/install-requirements", "requirements.lock", cwd=tmp_path, env=ENVIRONMENT, check=False)  # fmt: skip
    assert result.returncode == 1
    assert "packages/ does not have all that Python" in result.stderr


def test_a_missing_system_package_is_told(program):
    result = run("scripts/apt-install", "sakip-percobaan", cwd=program, env=ENVIRONMENT, check=False)  # fmt: skip
    assert result.returncode == 1
    assert "Missing system packages: sakip-percobaan" in result.stderr
    assert "make system-packages" in result.stderr


def test_system_packages_come_from_a_folder(tmp_path):
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    control = tmp_path / "made" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    control.write_text(
        "Package: sakip-percobaan\nVersion: 1\nArchitecture: all\nMaintainer: x <x@sakip.test>\nDescription: x\n"
    )
    (tmp_path / "debian").mkdir()
    run("dpkg-deb", "--build", tmp_path / "made", tmp_path / "debian" / "sakip-percobaan_1_all.deb")
    run(tmp_path / "scripts/index-system-packages", cwd=tmp_path / "debian")
    run("scripts/apt-install", "sakip-percobaan", cwd=tmp_path, env=ENVIRONMENT)
    assert "installed" in run("dpkg-query", "--status", "sakip-percobaan").stdout
