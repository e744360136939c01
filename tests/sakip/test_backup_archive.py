"""The file of a backup says itself whether it is whole."""

import io
import tarfile
import tracemalloc

import pytest

from sakip.backup import archive
from sakip.backup.errors import BackupRefused

PARTS = {"database": b"SQLite" * 900, "files/bukti/2023/a.pdf": b"%PDF-1.7", "files/b.png": b""}


def write(path, parts=PARTS, **manifest):
    with path.open("wb") as file:
        writer = archive.BackupWriter(file, path.parent)
        for name, content in parts.items():
            writer.add(name, io.BytesIO(content))
        writer.finish(manifest)
    return path


@pytest.fixture
def backup(tmp_path):
    return write(tmp_path / "sakip.tar", program="0.1")


def test_what_was_written_is_read_again(backup):
    with archive.reading(backup) as members:
        read = {member.name: member.content.read() for member in members}
    assert {name: read[name] for name in PARTS} == PARTS
    manifest = archive.check(backup)
    assert manifest["program"] == "0.1"
    assert (manifest["contents"]["files"], manifest["contents"]["bytes"]) == (2, 8)


def test_a_backup_cut_off_anywhere_is_refused(backup):
    whole = backup.read_bytes()
    end = whole.rindex(b"}") + 1  # of the manifest; only zeros follow
    for length in [*range(0, end, 97), end - 1]:
        backup.write_bytes(whole[:length])
        with pytest.raises(BackupRefused, match="rusak atau terpotong"):
            archive.check(backup)


def test_a_byte_changed_anywhere_is_refused_or_changes_nothing(backup):
    """The time and the owner of a member may change: nothing of them is restored."""
    whole = backup.read_bytes()
    contents = sorted(PARTS.items())
    refused = 0
    for place in range(0, whole.rindex(b"}") + 1, 61):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :])
        read = {}
        try:
            archive.check(backup)
            with archive.reading(backup) as members:
                read = {member.name: member.content.read() for member in members}
        except BackupRefused:
            refused += 1
        else:
            assert sorted((name, read[name]) for name in PARTS) == contents
    assert refused > 150


@pytest.mark.parametrize("lost", PARTS)
def test_a_lost_member_is_noticed(backup, lost):
    with tarfile.open(backup) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(backup, "w", format=tarfile.PAX_FORMAT) as tar:
        for member, content in members:
            if member.name != lost:
                tar.addfile(member, io.BytesIO(content))
    with pytest.raises(BackupRefused, match="rusak atau terpotong"):
        archive.check(backup)


@pytest.mark.parametrize(
    "name",
    [
        "files/../../etc/cron.d/x", "/etc/passwd", "../x", "files//etc/x", "files/", "files", "x",
        "files/./a", "files\\..\\x", "files/a/../../../x",
    ],
)  # fmt: skip
def test_a_path_outside_is_refused(tmp_path, name):
    with pytest.raises(BackupRefused, match="tidak ditulis oleh perintah backup"):
        archive.check(write(tmp_path / "evil.tar", {"database": b"x", name: b"x"}))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_only_plain_files_are_taken(tmp_path, kind):
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        member = tarfile.TarInfo("files/a")
        member.type, member.linkname = kind, "/etc/passwd"
        member.pax_headers = {archive.SHA256: "0" * 64}
        tar.addfile(member)
    with pytest.raises(BackupRefused, match="tidak ditulis oleh perintah backup"):
        archive.check(path)


@pytest.mark.parametrize("content", [b"", b"nonsense" * 200, b"PK\x03\x04" + bytes(2000)])
def test_another_file_is_no_backup(tmp_path, content):
    path = tmp_path / "sakip.tar"
    path.write_bytes(content)
    with pytest.raises(BackupRefused, match="rusak atau terpotong"):
        archive.check(path)


def test_memory_does_not_grow_with_the_files(tmp_path):
    def peak(count):
        tracemalloc.start()
        path = write(
            tmp_path / f"{count}.tar", {"database": b"x"} | dict.fromkeys(names(count), b"a")
        )
        archive.check(path)
        tracemalloc.reset_peak()
        archive.check(path)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    def names(count):
        return [f"files/{number}.pdf" for number in range(count)]

    assert peak(300) < peak(50) + 100_000
