"""Compares what is stored with the records: changed, missing and orphaned files of every kind.

Everything goes through the storage of each field, so it is the same for a directory and for a bucket.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import file_digest

from django.core.exceptions import SuspiciousFileOperation
from django.db import models

from sakip.selectors import backup_runs
from sakip.uploads.removing import file_fields, remove_unnamed

HASH, SIZE = "sha256", "size"
UNREADABLE = (OSError, SuspiciousFileOperation)


@dataclass(frozen=True)
class FileFault:
    """A file that is not as its record says."""

    record: models.Model
    name: str
    what: str

    def __str__(self):
        page = getattr(self.record, "get_absolute_url", lambda: "")()
        kind = self.record._meta.verbose_name
        return f"{self.what}: {self.name}, {kind} {self.record.pk} “{self.record}” {page}".rstrip()


@dataclass
class Inventory:
    """`orphans` are stored names that no record has, each with its storage."""

    files: int = 0
    faults: list[FileFault] = field(default_factory=list)
    orphans: list[tuple] = field(default_factory=list)


def take(*, now: datetime, age: timedelta) -> Inventory:
    """Reads every file once. A file younger than `age` is no orphan: its record may still be written."""
    inventory = Inventory(orphans=orphans(now=now, age=age))
    for file_field in file_fields():
        checked: dict[tuple, str] = {}
        for pk, name, *told in _rows(file_field):
            if (name, *told) not in checked:
                inventory.files += 1
                checked[name, *told] = _fault(file_field, name, *told)
            if what := checked[name, *told]:
                record = file_field.model._base_manager.get(pk=pk)
                inventory.faults.append(FileFault(record, name, what))
    return inventory


def orphans(*, now: datetime, age: timedelta) -> list[tuple]:
    """(storage, name) of the stored files that no record has. Reads no content.

    The stored names are listed before the records are read, so that a file which gets its record
    meanwhile is none.
    """
    folders = defaultdict(set)
    for file_field in file_fields():
        folders[file_field.storage].add(_folder(file_field))
    stored = [
        (storage, name)
        for storage, tops in folders.items()
        for top in sorted(tops)
        for name in _listed(storage, top)
    ]
    known = {name for file_field in file_fields() for _, name, *_ in _rows(file_field)}
    return [
        (storage, name)
        for storage, name in stored
        if name not in known and _is_older(storage, name, now - age)
    ]


def _rows(file_field):
    """(key, name, hash, size) of each row that has a file; hash and size only when the model has them."""
    model = file_field.model
    own = {found.name for found in model._meta.local_fields}
    told = [name for name in (HASH, SIZE) if name in own and file_field.name == "file"]
    rows = model._base_manager.exclude(**{file_field.name: ""}).order_by("pk")
    columns = rows.values_list("pk", file_field.name, *told)
    for pk, name, *values in columns.iterator():
        by_name = dict(zip(told, values, strict=True))
        yield pk, name, by_name.get(HASH, ""), by_name.get(SIZE)


def _fault(file_field, name, sha256, size) -> str:
    try:
        with file_field.storage.open(name, "rb") as file:
            if size is not None and file.size != size:
                return "Ukuran berubah"
            if sha256 and file_digest(file, "sha256").hexdigest() != sha256:
                return "Isi berubah"
    except FileNotFoundError:
        return "Tidak ada"
    except UNREADABLE:
        return "Tidak terbaca"
    return ""


def _folder(file_field):
    """The first folder of the path; what stands after it may be a year."""
    path = getattr(file_field.upload_to, "folder", file_field.upload_to)
    return path.partition("/")[0]


def _listed(storage, folder) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in sorted(names) if name)
    for inner in sorted(folders):
        yield from _listed(storage, f"{folder}/{inner}")


def _is_older(storage, name, moment):
    try:
        return storage.get_modified_time(name) < moment
    except FileNotFoundError:  # it has just been removed
        return False


def remove(found) -> int:
    """Removes orphans, given as pairs of a storage and a name; answers how many.

    Removes none while a backup is being made. Looks once more whether a record has got one meanwhile.
    """
    if backup_runs.is_running():
        return 0
    names = defaultdict(list)
    for storage, name in found:
        names[storage].append(name)
    for storage, some in names.items():
        remove_unnamed(storage, some)
    return len(found)
