"""Makes a backup."""

import logging
import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from django.core.files.storage import default_storage
from django.utils import timezone

import sakip
from sakip.backup import archive, databases
from sakip.backup.errors import BackupRefused, disk_in_words
from sakip.services import backup_runs
from sakip.uploads.removing import remove_unnamed
from sakip.uploads.storage import each_file

logger = logging.getLogger(__name__)

FORMAT = 1
SPARE = 16 * 1024 * 1024  # bytes that stay free
BEAT = 60  # seconds between two signs of life
MOST_MISSING = 1000  # names of missing files that the manifest holds


@dataclass(frozen=True)
class MadeBackup:
    files: int
    size: int
    missing: list  # names of files that a row names and that the storage did not have before either


def make(target: Path) -> MadeBackup:
    """Writes everything into the new file `target`. Raises BackupRefused, and then leaves nothing.

    The file gets its name when it is whole, read again, and on the disk.
    """
    with disk_in_words("Cadangan tidak jadi dibuat"):
        databases.refuse_unless_migrated()
        _refuse_place(target)
        run = backup_runs.begin(path=str(target))
        try:
            with _folder_beside(target) as folder:
                made = _make(target, folder, Life(run))
                backup_runs.finish(run=run, files=made.files, size=made.size)
                _remove_what_had_to_wait(folder)
        except BaseException:
            backup_runs.give_up(run=run)
            raise
        return made


def _remove_what_had_to_wait(folder):
    try:
        remove_unnamed(default_storage, _names(folder))
    except OSError:  # the backup is whole; `verify_files` finds these files too
        logger.exception("Files that had to wait for the backup were not removed.")


class Life:
    """Says every minute that the backup is still being made."""

    def __init__(self, run):
        self.run, self.said = run, time.monotonic()

    def beat(self):
        if time.monotonic() - self.said > BEAT:
            backup_runs.go_on(run=self.run)
            self.said = time.monotonic()


def _make(target, folder, life):
    database = databases.own()
    snapshot = database.take(folder)
    life.beat()
    part, missing = folder / "whole", []
    with open(part, "xb", opener=_for_owner) as file:
        writer = archive.BackupWriter(file, folder)
        writer.add_path(archive.DATABASE, snapshot.path)
        for name in _names(folder):
            life.beat()
            if not _add(writer, name):
                missing.append(name)
        writer.finish(_manifest(database, snapshot, missing))
        file.flush()
        os.fsync(file.fileno())
    archive.check(part)
    size = part.stat().st_size
    part.rename(target)
    _sync(target.parent)
    return MadeBackup(writer.seal.files, size, missing)


def _add(writer, name):
    """Whether the storage has the file."""
    try:
        with default_storage.open(name) as source:
            writer.add(f"{archive.FILES}{name}", source)
    except FileNotFoundError:
        return False
    return True


def _manifest(database, snapshot, missing):
    return {
        "format": FORMAT,
        "program": sakip.__version__,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "engine": database.ENGINE,
        "database_bytes": snapshot.path.stat().st_size,
        "tables": snapshot.tables,
        "migrations": snapshot.migrations,
        "missing": missing[:MOST_MISSING],
        "missing_count": len(missing),
    }


def _refuse_place(target):
    if not target.parent.is_dir():
        raise BackupRefused(
            f"Folder {target.parent} tidak ada. Buat folder itu, atau sambungkan disknya."
        )
    if target.exists() or target.is_symlink():
        raise BackupRefused(f"{target} sudah ada dan tidak ditimpa. Tulis nama lain.")
    database = databases.own()
    needed = 2 * database.size() + sum(size for _, size in each_file(default_storage)) + SPARE
    free = shutil.disk_usage(target.parent).free
    if needed > free:
        raise BackupRefused(
            f"Disk {target.parent} terlalu kecil: perlu {_megabytes(needed)} MB, tersisa "
            f"{_megabytes(free)} MB. Pindahkan cadangan lama, atau pakai disk lain."
        )


def _megabytes(size):
    return -(-size // 10**6)


@contextmanager
def _folder_beside(target):
    """A folder on the same disk that only its owner may read; removed with all that is left in it."""
    folder = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _names(folder):
    with (folder / "names").open(encoding="utf-8") as names:
        yield from (line.removesuffix("\n") for line in names)


def _for_owner(path, flags):
    return os.open(path, flags, 0o600)


def _sync(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
