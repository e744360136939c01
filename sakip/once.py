"""A form that is sent twice makes one record.

A form that creates something has a hidden key, made when the form is shown (`{% once form %}`). Before
the service writes, `begin` stores the key in the same transaction. Whoever sends the same form at the
same moment waits there, and is led to what the first one made. A form that was refused leaves no row, so
it may be sent again. A form that was changed after it had made something (“back”, and sent again) is shown
again with what was typed: a second record may be meant, and needs a second press.
"""

import hashlib
from contextlib import ExitStack
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from sakip.dates import format_datetime
from sakip.services import submissions
from sakip.uploads.joining import JoinedUpload, LostUpload

FIELD = "kunci"
LONGEST = 500  # of an address
TWICE = "Formulir ini terkirim lebih dari satu kali. Yang tersimpan hanya satu, yaitu ini."
CHANGED = (
    "Formulir ini sudah tersimpan pada {}: <a href='{}'>lihat hasilnya</a>. Isian Anda sekarang berbeda dan belum "
    "disimpan. Bila memang hendak menambah satu lagi, simpan sekali lagi. {}"
)
CHOOSE_AGAIN = "Pilih lagi berkasnya."


class SentBefore(Exception):
    """The same form has made something already; the answer leads there."""

    def __init__(self, location):
        self.location = location


class Once:
    """The key of a posted form. The transaction that `begin` opens ends with the answer."""

    def __init__(self, request, key: UUID):
        self.request, self.key = request, key
        self.row = None
        self.made_at = ""
        self._open, self._is_open = ExitStack(), False

    @cached_property
    def digest(self) -> str:
        """Of the address and everything that was sent, files too."""
        digest = hashlib.sha256(self.request.get_full_path().encode())
        for name, values in sorted(self.request.POST.lists()):
            if name not in (FIELD, "csrfmiddlewaretoken"):
                digest.update(repr((name, values)).encode())
        for name, files in sorted(self.request.FILES.lists()):
            for file in filter(_came_along, files):
                digest.update(repr((name, file.name, file.size)).encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
        return digest.hexdigest()

    def earlier(self):
        """Where the same form has led before; "" when it has made nothing. One query."""
        row = submissions.find(person=self.request.user, key=self.key)
        return row.location if row and row.digest == self.digest else ""

    def begin(self):
        """Stores the key. Raises SentBefore, or ValidationError when another content was sent with it."""
        if self.row:
            return
        digest = self.digest  # before the transaction: it reads the files
        self._open.enter_context(transaction.atomic())
        self._is_open = True
        row, is_new = submissions.claim(
            person=self.request.user, key=self.key, digest=digest, at=timezone.now()
        )
        if is_new:
            self.row = row
            return
        self.undo()
        if row.digest == digest:
            raise SentBefore(row.location)
        again = CHOOSE_AGAIN if self.request.FILES else ""
        raise ValidationError(
            format_html(CHANGED, format_datetime(row.sent_at), row.location, again),
            code="sent_before",
        )

    def end(self, response):
        """Keeps what was made together with the key, or takes both back. Returns the answer to give."""
        is_redirect = 300 <= response.status_code < 400
        if self.row is None:
            is_refused = not is_redirect and response.status_code < 500
            before = self.earlier() if is_refused else ""
            return self.lead_to(before) if before else response
        if is_redirect or self.made_at:
            location = response.headers.get("Location") or self.made_at
            submissions.settle(
                self.row, location if len(location) <= LONGEST else self.request.path
            )
            self._close()
        else:
            self.undo()
        return response

    def undo(self):
        """Takes back whatever was written since `begin`."""
        if self._is_open:
            transaction.set_rollback(True)
            self._close()
        self.row = None

    def _close(self):
        self._is_open = False
        self._open.close()

    def lead_to(self, location):
        messages.info(self.request, TWICE)
        return HttpResponseRedirect(location)


class OnceMiddleware:
    """Must be the last one: `process_view` after the sign-in, `process_exception` before all others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        once = getattr(request, "once", None)
        if once is None:
            return response
        try:
            return once.end(response)
        except Exception:
            once.undo()
            raise

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "csrf_exempt", False):  # such a view decides itself when its body is read
            return None
        key = key_of(request)
        if key is None or not request.user.is_authenticated:
            return None
        once = Once(request, key)
        if before := once.earlier():
            return once.lead_to(before)
        request.once = once
        return None

    def process_exception(self, request, exception):
        once = getattr(request, "once", None)
        if once is None:
            return None
        once.undo()
        if isinstance(exception, SentBefore):
            del request.once
            return once.lead_to(exception.location)
        return None


def _came_along(file) -> bool:
    """A file that came in parts is told by its key, which is among the fields."""
    return not isinstance(file, JoinedUpload | LostUpload)


def key_of(request) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
