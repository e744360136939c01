"""Saving what a person typed into a form.

A form carries the version of the record it was made from (or `digest` of the words it showed, in the
hidden field `seen`). The service compares it under the lock and raises StaleEdit when somebody else
saved in between; the page then answers 409 and shows both texts. Only `attempt` calls a service with
a form: when the service or the database refuses, the reason is shown on the form.
"""

import hashlib
import json
import logging
import re
from functools import partial

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.shortcuts import resolve_url
from django.utils import timezone

from sakip.dates import time_of
from sakip.errors import WrongState
from sakip.field_errors import OLD_PAGE
from sakip.forms.unsaved import KeptForm
from sakip.text_fields import LineFormField

logger = logging.getLogger(__name__)
AT_ONCE = (
    "Orang lain menyimpan hal yang sama pada saat yang sama. Periksa isinya, lalu simpan lagi."
)


class Versioned(models.Model):
    """A record that several people edit. `sakip.writing.write` adds 1 to `version` with every change."""

    version = models.PositiveIntegerField("versi", default=0, editable=False)

    class Meta:
        abstract = True


class StaleEdit(WrongState):
    """Somebody else saved first. `current` is the record as it is now, None when it is deleted.

    `reason` replaces the standard message when it would not be accurate.
    """

    def __init__(self, what, current, *, reason=""):
        who, when = _last_writer(current)
        words = f"{who} menyimpan perubahan pada {what} ini lebih dahulu{when}."
        super().__init__(reason or words)
        self.current = current


def _last_writer(record) -> tuple[str, str]:
    """Who wrote the record last, and when, in words; one query, or none for what is no record."""
    if not isinstance(record, models.Model) or record.pk is None:
        return "Orang lain", ""
    last = apps.get_model("sakip.HistoryEntry").objects.on(type(record), record.pk).with_actor()
    entry = last.order_by("-pk").first()
    if entry is None or entry.actor is None:
        return "Orang lain", ""
    return str(entry.actor), f" ({time_of(entry.at, timezone.localdate())})"


def require_version(record, version: int | None, what: str):
    """Raises StaleEdit when the locked `record` is newer than the `version` that the person read.

    `version` None skips the check. It is for callers without a form, such as an import, which
    compare in their own way.
    """
    if version is not None and record.version != version:
        raise StaleEdit(what, record)


def version_field(**kwargs):
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), OLD_PAGE)
    kwargs = {"label": "Versi", "min_value": 0, "max_value": 2**31 - 1} | kwargs
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=messages, **kwargs)


class VersionedForm(KeptForm, forms.ModelForm):
    """Has the version of its instance in a hidden field.

    `cleaned_data["version"]` is the version that the person read. The form of a new record has no
    such field.
    """

    version = version_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["version"]
        else:
            self.fields["version"].initial = self.instance.version


def digest(values) -> str:
    """A short hash of plain values in order. Values that are displayed as the same text are equal."""
    text = json.dumps([str(value or "") for value in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def seen_field():
    """The hidden field for a `digest`. A client that has not read the page, such as a program, omits it."""
    return LineFormField(widget=forms.HiddenInput, required=False, max_length=32)


def posted(request) -> tuple:
    """The data and files to bind a form to; (None, None) unless the request is a POST.

    A form that the person filled in before and did not save gets what was typed (sakip/unsaved.py).
    """
    if request.method == "POST":
        return request.POST, request.FILES
    unsaved = getattr(request, "unsaved", None)
    return (unsaved.restored if unsaved else None), None


def typed(request) -> dict:
    """What the person has typed into the form of this page, sent or kept; empty without."""
    return posted(request)[0] or {}


def again(request, **now):
    """The posted data, with the values `now` in the hidden fields. After a StaleEdit the form is shown
    again with this data: it keeps what was typed, and saving it again overwrites the other text."""
    data = request.POST.copy()
    for name, value in now.items():
        data[name] = "" if value is None else str(value)
    return data


def begin_once(request):
    """Call it before something is made of a form with a key (sakip/once.py). Raises ValidationError."""
    if once := getattr(request, "once", None):
        once.begin()


def made_once(request, made):
    """Notes that something was made of the form. Where the answer is no redirect, whoever sends the same
    form again is led to the page of `made`, a record or an address."""
    if once := getattr(request, "once", None):
        has_page = isinstance(made, str) or hasattr(made, "get_absolute_url")
        once.made_at = resolve_url(made) if has_page else request.path


def attempt(request, form, service, *, cleaned=None, **arguments):
    """Calls the service with the content of the form and returns its result.

    When the service raises ValidationError, adds the errors to the form and returns None. `form` may
    be any object with `cleaned_data`, `fields` and `add_error`. `cleaned`, when given, is passed to
    the service instead of `form.cleaned_data`.

    When two people save the same name at the same moment, only the database notices it. The service
    then runs a second time: now it finds the other record and refuses with a clear sentence.
    """
    given = {**arguments, **(form.cleaned_data if cleaned is None else cleaned)}
    try:
        begin_once(request)
        made = _twice(partial(service, actor=request.user, at=timezone.now(), **given))
    except ValidationError as error:
        add_errors(form, error)
        return None
    made_once(request, made)
    return made


def _twice(call):
    """Calls again after an IntegrityError; a second one becomes a ValidationError."""
    try:
        return call()
    except IntegrityError:
        logger.info("Saved at the same moment as somebody else; trying again.", exc_info=True)
    try:
        return call()
    except IntegrityError as error:
        logger.warning("The database refused what was sound in words.", exc_info=True)
        raise ValidationError(broken_rule(error)) from error


def broken_rule(error: IntegrityError) -> str:
    """The message of the constraint that the error names, else AT_ONCE.

    SQLite does not name unique constraints.
    """
    named = set(re.findall(r"\w+", str(error)))
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name in named:
                return constraint.get_violation_error_message()
    return AT_ONCE


def add_errors(form, error):
    """Adds the errors of a service to the fields they belong to, and the others to the whole form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
