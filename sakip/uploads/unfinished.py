"""No file is left of what failed: neither a part of one nor a whole one whose row was never written.

A full disk would otherwise stay full of what nobody can see.
"""

import logging
from contextlib import suppress
from pathlib import Path

from asgiref.local import Local
from django.core.files.storage import FileSystemStorage
from django.core.signals import request_finished, request_started
from django.db import transaction

from sakip.uploads.removing import remove_unnamed

logger = logging.getLogger(__name__)
_noted = Local()  # `files`: what this request has stored


class RollbackMixin:
    """A storage whose files go with the transaction in which they were stored."""

    def save(self, name, content, max_length=None):
        stored = super().save(name, content, max_length=max_length)
        if transaction.get_connection().in_atomic_block:
            _note(self, stored)
        return stored


class TidyFileSystemStorage(RollbackMixin, FileSystemStorage):
    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            with suppress(OSError):
                Path(self.path(name)).unlink()
            raise


def _note(storage, name):
    def keep():
        """Does nothing: while it is registered, or once it has run, the transaction was not undone."""
        files.discard(entry)

    files = getattr(_noted, "files", None)
    if files is None:  # outside of a request; `verify_files` finds what is left there
        return
    entry = (storage, name, keep)
    files.add(entry)
    transaction.on_commit(keep)


def begin(**kwargs):
    _noted.files = set()


def clear_away(**kwargs):
    """Removes what was stored in a transaction that was undone.

    Whether it was, only the database knows: a connection may break after the transaction is kept.
    """
    files = getattr(_noted, "files", None) or ()
    _noted.files = None
    still = {hook[1] for hook in transaction.get_connection().run_on_commit}
    try:
        for storage, name, keep in files:
            if keep not in still:
                remove_unnamed(storage, [name])
    except Exception:
        logger.exception("Files of a failed request stay until `verify_files`.")


request_started.connect(begin)
request_finished.connect(clear_away)
