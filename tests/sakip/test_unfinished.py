"""What fails leaves no file behind, neither a part of one nor a whole one."""

import errno

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from reports.models import StoredFile
from sakip.uploads import unfinished
from sakip.uploads.unfinished import TidyFileSystemStorage

FILE = {"rights": "", "key": "k", "filename": "a", "content_type": "a", "title": "a", "size": 1}


@pytest.fixture
def storage(tmp_path, db):
    unfinished.begin()
    yield TidyFileSystemStorage(tmp_path)
    unfinished.clear_away()


class Full(ContentFile):
    """A disk that is full after the first piece."""

    def chunks(self, chunk_size=None):
        yield b"piece"
        raise OSError(errno.ENOSPC, "No space left on device")


def stored_and_undone(storage):
    with transaction.atomic():
        name = storage.save("a.txt", ContentFile(b"a"))
        transaction.set_rollback(True)
    return name


def test_a_part_of_a_file_is_removed(storage, tmp_path):
    with pytest.raises(OSError, match="No space"):
        storage.save("a.txt", Full(b""))
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_transaction_was_undone_is_removed(storage):
    name = stored_and_undone(storage)
    assert storage.exists(name)
    unfinished.clear_away()
    assert not storage.exists(name)


def test_a_file_whose_transaction_was_kept_stays(storage):
    with transaction.atomic():
        name = storage.save("a.txt", ContentFile(b"a"))
    unfinished.clear_away()
    assert storage.exists(name)


def test_a_file_that_a_row_names_stays_although_it_seemed_undone(storage):
    """The connection broke after the database had kept the transaction."""
    name = stored_and_undone(storage)
    StoredFile.objects.create(file=name, **FILE)
    unfinished.clear_away()
    assert storage.exists(name)
