"""Nothing typed is lost: what was typed into a form is kept until the form is saved.

A view with `@keeps_typed(itsForms)` takes part. While the person types, js/draft.js sends the fields to
`unsaved-keep`. What the view did not save, whatever the reason, is kept here once more, so it does not
depend on scripts. Whoever opens the form again finds the fields as they were, below a sentence with a
button to throw them away (`{% unsaved %}` in the form). A form that leads to another page has been saved,
and its text goes.
"""

import logging
from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.defaultfilters import linebreaks_filter
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import cached_property

from sakip import once
from sakip.converters import key_of
from sakip.dates import time_of
from sakip.errors import WrongState
from sakip.forms.unsaved import KeptForm, Restored
from sakip.operations import outages
from sakip.richtext import RichTextFormField, plain_text, shown
from sakip.services import unsaved as services
from sakip.uploads import joining

logger = logging.getLogger(__name__)
GONE = "Yang hendak Anda ubah sudah tidak ada; mungkin orang lain menghapusnya lebih dahulu."
FORBIDDEN = "Anda tidak lagi berhak mengubah ini."
ADDRESS = "alamat-formulir"  # the field or parameter with the path of a form
NOT_TYPED = ("csrfmiddlewaretoken", once.FIELD, joining.FIELD)
LONGEST_ADDRESS = 150  # of the 200 letters of the column; the rest is for the page


def keeps_typed(*form_classes, by=None, of_page=False):
    """A decorator for views that show these forms at the address to which they are sent.

    `by` is the view that keeps what is typed there, where a page keeps it in a way of its own. With
    `of_page` each page of a long form (`?page=2`) is a form of its own.
    """
    strange = [one for one in form_classes if not issubclass(one, KeptForm)]
    if strange:  # it would check, and perhaps save, what was only kept
        raise TypeError(f"{strange} must inherit from KeptForm")

    def mark(view):
        view.shows_typed = form_classes
        view.kept_by, view.is_kept_by_page = by, of_page
        return view

    return mark


def typed_fields(data) -> list[tuple[str, str]]:
    """The fields of a form as they are kept. PostgreSQL takes no NUL."""
    return [
        (name, value.replace("\0", ""))
        for name, values in data.lists()
        for value in values
        if name not in NOT_TYPED
    ]


def sentence(text: str, status=200) -> HttpResponse:
    """What js/draft.js shows as it is."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def kept_answer(kept) -> HttpResponse:
    """`kept` is an UnsavedText or a Draft."""
    return sentence(f"Draf tersimpan {time_of(kept.saved_at, timezone.localdate())}")


def of_form(request, address) -> "UnsavedForm | None":
    """What the person has typed into the form at this address; None where nothing is kept."""
    path, _, query = address.partition("?")
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if not (hasattr(match.func, "shows_typed") and _is_keepable(path)):
        return None
    return UnsavedForm(request, match, path, QueryDict(query).get("page"))


def _is_keepable(path: str) -> bool:
    """Whether the database can hold the address. The others are of no record."""
    return len(path) <= LONGEST_ADDRESS and "\0" not in path


class UnsavedForm:
    """What the person of the request has typed into one form."""

    def __init__(self, request: HttpRequest, match, path, page=None):
        self.request, self.match = request, match
        self.by = match.func.kept_by
        number = key_of(page or "") if match.func.is_kept_by_page else None
        address = f"{path}?page={number}" if number and number > 1 else path
        self.about = {"address": address, "actor": request.user}

    @cached_property
    def kept(self):
        """The kept text; None without one, or where the page keeps it by itself. One query."""
        return None if self.by else services.form_kept(**self.about)

    @property
    def restored(self) -> Restored | None:
        return Restored.of(self.kept.content["fields"]) if self.kept else None

    def end(self, response):
        """After the form was sent: forgets what was saved, keeps what was not."""
        is_saved = 300 <= response.status_code < 400 or "HX-Redirect" in response.headers
        if not is_saved:
            # A page that keeps its texts by itself has shown them again, but for a refusal.
            if self.by is None or response.status_code >= 400:
                self.keep()
        elif self.by is None:
            with outages.optional("that a form was saved"):
                services.discard_form(**self.about)

    def keep(self):
        try:
            with outages.optional("what was typed"):
                if self.by:
                    self.by(self.request, **self.match.kwargs)
                else:
                    fields = typed_fields(self.request.POST)
                    services.keep_form(**self.about, at=timezone.now(), fields=fields)
        except (WrongState, PermissionDenied, Http404) as refused:
            logger.warning("What was typed is not kept: %s", refused)  # the answer shows it

    def texts(self) -> list[tuple[str, str]]:
        """Label and HTML of what was typed, without choices: they are quick to repeat."""
        data = self.request.POST if self.request.method == "POST" else self.restored
        return list(_texts(self.match.func.shows_typed, data)) if data else []


def _texts(form_classes, data) -> Iterator[tuple[str, str]]:
    fields = {name: field for one in form_classes for name, field in one.base_fields.items()}
    for name, words in data.items():
        field = fields.get(name) or fields.get(name.rpartition("-")[2])
        if not isinstance(field, forms.CharField | forms.DateField) or field.widget.is_hidden:
            continue
        if plain_text(words).strip():
            is_rich = isinstance(field, RichTextFormField)
            yield field.label, shown(words) if is_rich else linebreaks_filter(words)


class UnsavedMiddleware:
    """Must come before the middleware that asks another post: that one may still open the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        unsaved = getattr(request, "unsaved", None)
        if unsaved and request.method == "POST":
            unsaved.end(response)
        return response

    def process_view(self, request, view, args, kwargs):
        is_form = hasattr(view, "shows_typed") and _is_keepable(request.path_info)
        if is_form and request.user.is_authenticated:
            about = request.path_info, request.GET.get("page")
            request.unsaved = UnsavedForm(request, request.resolver_match, *about)

    def process_exception(self, request, exception):
        """The record is gone, locked or another's: the texts are shown once more, to be copied.

        The answer is the same when the record is gone and when this person may not see it.
        """
        unsaved = getattr(request, "unsaved", None)
        status = next((code for kind, code in REFUSALS.items() if isinstance(exception, kind)), 0)
        if not status or unsaved is None or not (typed := unsaved.texts()):
            return None
        reason = {404: GONE, 403: str(exception) or FORBIDDEN}.get(status, str(exception))
        context = {"typed": typed, "reason": reason}
        return render(request, "sakip/typed.html", context, status=status)


REFUSALS = {Http404: 404, PermissionDenied: 403, WrongState: 409}
