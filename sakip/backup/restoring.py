"""Checks a backup and restores it into an empty place."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from sakip.backup import archive, databases
from sakip.backup.errors import BackupRefused, disk_in_words
from sakip.backup.making import FORMAT, SPARE
from sakip.uploads.storage import each_file, is_on_this_machine


def verify(path: Path) -> dict:
    """The manifest of a sound backup: every part has its hash, and the database can be read.

    Raises BackupRefused. The rows of a SQLite database are compared too; those of a PostgreSQL database can
    only be compared when it is restored.
    """
    with disk_in_words("Cadangan tidak dapat diperiksa"), TemporaryDirectory() as folder:
        copy = Path(folder, "database")
        manifest = archive.check(
            path, keep=lambda member: copy.open("wb") if member.name == archive.DATABASE else None
        )
        _refuse_other_format(manifest)
        if not copy.exists():
            raise BackupRefused(archive.NOT_WHOLE.format("basis datanya tidak ada"))
        databases.of_engine(manifest["engine"]).check(copy, manifest["tables"])
    return manifest


def restore(path: Path) -> dict:
    """Restores everything and compares it with the backup; returns the manifest.

    Raises BackupRefused, and then what was written is removed again. The database comes last, so that the
    program never works with half of the files.
    """
    with disk_in_words("Pemulihan gagal"):
        manifest = _refuse_or_check(path)
        try:
            _store_files(path)
            _compare_files(path)
            with archive.reading(path) as members:
                databases.own().restore(next(members).content, manifest["tables"])
        except BaseException:
            _remove_files(path)
            raise
        os.sync()
    return manifest


def _refuse_or_check(path):
    """The manifest, when the place is empty, the backup whole, and this program can use it."""
    database = databases.own()
    database.refuse_unless_empty()
    if found := next(filter(_is_kept, each_file(default_storage)), None):
        raise BackupRefused(
            f"Tempat berkas sudah berisi, misalnya “{found[0]}”. Cadangan hanya dipulihkan ke tempat "
            "kosong. Pindahkan isinya, atau tulis tempat lain dalam pengaturan, lalu ulangi."
        )
    manifest = archive.check(path)
    _refuse_other_format(manifest)
    _refuse_other_engine(manifest, database)
    databases.refuse_newer(manifest)
    _refuse_small_disk(manifest, database)
    return manifest


def _is_kept(found):
    """Not what a probe of /siap wrote and was stopped before it removed it."""
    return not found[0].startswith(".siap")


def _refuse_other_format(manifest):
    if manifest.get("format") != FORMAT:
        raise BackupRefused(
            f"Cadangan ini berbentuk {manifest.get('format')}, program ini membaca bentuk {FORMAT}. Pakai "
            f"program versi {manifest.get('program', 'yang membuatnya')}."
        )


def _refuse_other_engine(manifest, database):
    if manifest["engine"] != database.ENGINE:
        raise BackupRefused(
            f"Cadangan ini dari {manifest['engine']}, sedangkan DATABASE_URL menunjuk {database.ENGINE}. "
            "Tulis DATABASE_URL dengan jenis basis data yang sama, lalu ulangi."
        )


def _refuse_small_disk(manifest, database):
    needs = [database.room_needed(manifest["database_bytes"])]
    if is_on_this_machine(default_storage):
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        needs.append((manifest["contents"]["bytes"], Path(settings.MEDIA_ROOT)))
    for disk in {folder.stat().st_dev for _, folder in needs}:
        here = [(size, folder) for size, folder in needs if folder.stat().st_dev == disk]
        needed, folder = sum(size for size, _ in here) + SPARE, here[0][1]
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise BackupRefused(
                f"Disk {folder} terlalu kecil: perlu {-(-needed // 10**6)} MB, tersisa "
                f"{-(-free // 10**6)} MB. Tidak ada yang dipulihkan."
            )


def _files(path):
    with archive.reading(path) as members:
        yield from (member for member in members if member.name.startswith(archive.FILES))


def _store_files(path):
    for member in _files(path):
        stored = default_storage.save(member.stored_name, File(member.content))
        if stored != member.stored_name:
            raise BackupRefused(
                f"“{member.stored_name}” sudah ada di tempat berkas. Tidak ada yang dipulihkan."
            )


def _compare_files(path):
    for member in _files(path):
        with default_storage.open(member.stored_name) as stored:
            if archive.hash_of(stored) != member.digest:
                raise BackupRefused(
                    f"“{member.stored_name}” berbeda sesudah dipulihkan. Periksa disknya, lalu ulangi."
                )


def _remove_files(path):
    """The place was empty: whatever is there now comes from the backup."""
    for member in _files(path):
        default_storage.delete(member.stored_name)
