"""What is told instead of a backup or a restored installation."""

from contextlib import contextmanager


class BackupRefused(Exception):
    """A backup was not made or not restored. The message is an Indonesian sentence that says what to do."""


@contextmanager
def disk_in_words(what):
    """Makes BackupRefused of a disk or a bucket that fails: full, away, not allowed."""
    try:
        yield
    except OSError as error:
        raise BackupRefused(
            f"{what}: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}. Tidak ada "
            "yang ditinggalkan setengah jadi. Perbaiki penyebabnya, lalu ulangi."
        ) from error
