"""Sends uploaded files to the browser, and removes files that no record needs any more.

The caller must have checked that the person may read the file.
"""

from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from sakip.uploads import contents
from sakip.uploads.check import INLINE, PDF
from sakip.uploads.refusals import Refused
from sakip.uploads.removing import remove

GONE = "Berkas ini tidak ada lagi di tempat penyimpanan."
POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'"


def hand_out(file, *, content_type, name, as_attachment=None, is_received=False):
    """A response with the file of a model field. Its headers stop scripts in the file from running.

    With `as_attachment` None the browser shows the types in INLINE and downloads all others. The headers
    do not reach scripts of a PDF: the viewer of the browser runs them all the same, in the name of our
    address. A PDF that was `is_received` is therefore shown only when it holds none; those that an earlier
    version of the program took were not asked.
    """
    if as_attachment is None:
        as_attachment = content_type not in INLINE
        if is_received and content_type == PDF:
            as_attachment = not _may_be_shown(file.storage, file.name)
    response = _handed_by_proxy(file) if settings.EVIDENCE_X_ACCEL_PREFIX else _read(file)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=as_attachment, filename=name
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"  # the review page shows evidence in a frame
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@lru_cache(maxsize=20_000)
def _may_be_shown(storage, name) -> bool:
    """Asked once by each process: what is stored under a name never changes."""
    try:
        with storage.open(name, "rb") as file:
            contents.check("pdf", file)
    except FileNotFoundError as error:
        raise Http404(GONE) from error
    except Refused:
        return False
    return True


def _read(file):
    try:
        return FileResponse(file.open("rb"))
    except FileNotFoundError as error:
        raise Http404(GONE) from error


def _handed_by_proxy(file):
    path = f"{settings.EVIDENCE_X_ACCEL_PREFIX}{file.name}"
    return HttpResponse(headers={"X-Accel-Redirect": quote(path)})


def remove_after_commit(field, names):
    """Removes stored files of a model's FileField after the transaction that deletes the rows commits.

    A file that another row of the model still uses stays.
    """
    names = {name for name in names if name}

    def after_commit():
        rows = field.model._base_manager.filter(**{f"{field.name}__in": names})
        remove(field.storage, names.difference(rows.values_list(field.name, flat=True)))

    if names:
        transaction.on_commit(after_commit, robust=True)  # a disk error must not fail the request
