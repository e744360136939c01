"""A backup is whole, however much is written while it is made; a bad one is refused."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.hard.office import ROOT

WRITERS = 4
APART = 1_000_000  # numbers of one writer

# What the restored installation says about itself: asked of the database and the files, not of the backup.
ASK = """
import json
from hashlib import sha256
from django.db import connection
from reports.models import StoredFile
from sakip.history.entries import HistoryEntry
from sakip.uploads.removing import file_fields
rows = dict(StoredFile.objects.filter(rights="").values_list("title", "key"))
entries = list(HistoryEntry.objects.filter(action="writers").values_list("note", flat=True))
broken = [row.title for row in StoredFile.objects.filter(rights="").order_by("pk")
          if sha256(row.file.open().read()).hexdigest() != row.key]
lost = [f"{field}: {name}" for field in file_fields()
        for name in field.model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
        if name and not field.storage.exists(name)]
with connection.cursor() as cursor:
    connection.check_constraints()
    if connection.vendor == "sqlite":
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
print(json.dumps([rows, entries, broken, lost]))
"""


@contextmanager
def writing(office, folder, first):
    """Four processes write; gives the files in which they say what is committed."""
    logs = [folder / f"writer-{first + number}" for number in range(WRITERS)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.hard.writers", log, str(first + APART * number)],
            cwd=ROOT,
            env=office.environment,
        )
        for number, log in enumerate(logs)
    ]
    try:
        while not all(log.exists() and log.stat().st_size for log in logs):
            assert [process.poll() for process in processes] == [None] * WRITERS
            time.sleep(0.05)
        yield logs
        assert [process.poll() for process in processes] == [None] * WRITERS
    finally:
        for process in processes:
            process.kill()
            process.wait()


def told(logs):
    lines = [line for log in logs for line in log.read_text().splitlines()]
    added = {line[1:] for line in lines if line.startswith("+")}
    return added, {line[1:] for line in lines if line.startswith("-")}


@pytest.mark.timeout(7200)
def test_a_backup_under_writes_is_restored_whole(make_office, rounds, figure, tmp_path):
    office, turns, seconds, most, rounds = make_office(), 0, 0.0, 0, min(rounds, 20)
    for number in range(rounds):
        file = tmp_path / f"{number}.tar"
        with writing(office, tmp_path, first=1 + number * 10_000) as logs:
            time.sleep(0.5)
            before, gone_before = told(logs)
            begin = time.monotonic()
            done = office.manage("backup", str(file), check=False)
            assert (done.returncode, done.stderr) == (0, "")
            seconds += time.monotonic() - begin
            after, gone_after = told(logs)
            turns += len(after) - len(before) + len(gone_after) - len(gone_before)
        empty = make_office(is_empty=True)
        said = empty.manage("restore", str(file)).stdout
        assert "Dipulihkan dan dibandingkan" in said
        rows, entries, broken, lost = json.loads(empty.python(ASK))
        assert (broken, lost) == ([], [])
        # Two rows of one transaction: both or none. What was committed before the backup is in it.
        assert len(entries) == len(set(entries))
        assert rows.keys() <= set(entries)
        assert before - gone_after <= rows.keys()
        assert before <= set(entries)
        most = max(most, file.stat().st_size)
        file.unlink()
        shutil.rmtree(empty.media)
        shutil.rmtree(office.media / "dokumen")
        office.python("from reports.models import StoredFile; StoredFile.objects.all().delete()")
    # Two rows for each file that was added, one for each that was removed.
    figure(
        "backups restored whole",
        f"{rounds} of {rounds}, {2 * turns / seconds:.0f} rows written each second, "
        f"{seconds / rounds:.1f} s each, up to {most / 1e6:.1f} MB",
    )


@pytest.fixture
def backup(office, tmp_path):
    file = tmp_path / "sakip.tar"
    office.manage("backup", str(file))
    return file


def refused(office, *command):
    answer = office.manage(*command, check=False)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_a_backup_is_for_its_owner_and_never_overwritten(office, backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert "utuh" in office.manage("backup", "--verify", str(backup)).stdout
    before = backup.read_bytes()
    assert "sudah ada dan tidak ditimpa" in refused(office, "backup", str(backup))
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]


def test_a_damaged_backup_is_refused_and_nothing_is_written(make_office, backup):
    """`tests/sakip/test_backup_archive.py` damages one at every place; here in the middle and at the end."""
    whole, empty = backup.read_bytes(), make_office(is_empty=True)
    for place in (len(whole) // 2, len(whole) - 20_000):
        for bad in (whole[:place], whole[:place] + b"?" + whole[place + 1 :]):
            backup.write_bytes(bad)
            assert "rusak atau terpotong" in refused(empty, "restore", str(backup))
            assert list(empty.media.iterdir()) == []
    backup.write_bytes(whole)
    empty.manage("restore", str(backup))


def test_where_there_is_data_nothing_is_restored(office, make_office, backup):
    assert "Cadangan hanya dipulihkan ke tempat kosong" in refused(office, "restore", str(backup))
    empty = make_office(is_empty=True)
    (empty.media / "lama.pdf").write_bytes(b"%PDF")
    said = refused(empty, "restore", str(backup))
    assert "Tempat berkas sudah berisi" in said
    assert [file.name for file in empty.media.iterdir()] == ["lama.pdf"]
    (empty.media / "lama.pdf").unlink()
    empty.manage("restore", str(backup))
    empty.start(workers=1)
    assert empty.client("koordinator").get("/").status_code == 200


@pytest.mark.timeout(3600)
def test_a_killed_backup_leaves_nothing_that_looks_whole(office, tmp_path, rounds, figure):
    for number in range(rounds):
        folder = tmp_path / str(number)
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "backup", str(folder / "sakip.tar")],
            cwd=ROOT,
            env=office.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and not list(folder.iterdir()):
            time.sleep(0.01)
        time.sleep(0.02 * (number % 20))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (folder / "sakip.tar").exists():
            assert "utuh" in office.manage("backup", "--verify", str(folder / "sakip.tar")).stdout
        shutil.rmtree(folder)
    figure("backups killed", f"{rounds}, none left half a file under its name")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
def test_a_disk_that_is_too_small_is_told(office, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small], check=True)
    try:
        assert "terlalu kecil" in refused(office, "backup", str(small / "sakip.tar"))
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)
