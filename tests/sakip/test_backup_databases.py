"""What a backup takes from the database, and which backups this program can use."""

import pytest
from django.db import connection

from sakip.backup import contents, databases, restoring
from sakip.backup.errors import BackupRefused, disk_in_words
from sakip.uploads.removing import file_fields


def test_every_field_with_files_is_asked(db):
    query = contents.file_names_query(connection.ops.quote_name)
    asked = {(field.model.__name__, field.name) for field in file_fields()}
    assert {("EvidenceRevision", "file"), ("Letterhead", "logo"), ("ImportRun", "preview")} <= asked
    assert query.count("SELECT") == len(asked)
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchall() == []


def test_a_backup_of_a_newer_program_is_refused(db):
    known = [["sakip", "0001_initial"], ["an_app_of_before", "0007_x"]]
    databases.refuse_newer({"program": "0.1", "migrations": known})
    with pytest.raises(BackupRefused, match=r"lebih baru \(versi 2\.0; sakip\.9999_later"):
        databases.refuse_newer({"program": "2.0", "migrations": [*known, ["sakip", "9999_later"]]})


def test_a_database_of_an_older_program_is_not_backed_up(db):
    databases.refuse_unless_migrated()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'workbooks'")

    with pytest.raises(BackupRefused, match="Basis data belum diperbarui"):
        databases.refuse_unless_migrated()


def test_another_form_or_engine_is_refused():
    with pytest.raises(BackupRefused, match="berbentuk 2"):
        restoring._refuse_other_format({"format": 2})
    with pytest.raises(BackupRefused, match="DATABASE_URL menunjuk postgresql"):
        restoring._refuse_other_engine({"engine": "sqlite"}, databases.of_engine("postgresql"))
    with pytest.raises(BackupRefused, match="tidak dikenal"):
        databases.of_engine("oracle")


def test_tables_that_differ_are_named():
    then = {"a": [1, "x"], "b": [2, "y"], "c": [3, "z"]}
    now = {"a": [1, "x"], "b": [2, "other"], "d": [1, "w"]}
    assert contents.differences(then, then) == []
    assert contents.differences(then, now) == [
        "b: 2 baris saat dicadangkan, 2 sekarang",
        "c: 3 baris saat dicadangkan, 0 sekarang",
        "d: 0 baris saat dicadangkan, 1 sekarang",
    ]


def test_a_full_disk_is_told_in_words():
    with pytest.raises(BackupRefused, match="No space left"), disk_in_words("Gagal"):
        raise OSError(28, "No space left on device")
