"""Saving what a person typed into a form.

A form carries the version of the record it was made from (or `digest` of the words it showed, in the
hidden field `seen`). The service compares it under the lock and raises StaleEdit when somebody else
saved in between; the page then answers 409 and shows both texts. `attempt` is the one place that
calls a service with a form: whatever the service or the database refuses becomes a sentence on the form.
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
from django.utils import timezone

from sakip.errors import WrongState

logger = logging.getLogger(__name__)
OLD_PAGE = "Halaman ini sudah usang. Buka lagi formulirnya, lalu isi kembali."
AT_ONCE = (
    "Orang lain menyimpan hal yang sama pada saat yang sama. Periksa isinya, lalu simpan lagi."
)


class Versioned(models.Model):
    """A record that several people edit. `sakip.writing.write` raises `version` with every change."""

    version = models.PositiveIntegerField("versi", default=0, editable=False)

    class Meta:
        abstract = True


class StaleEdit(WrongState):
    """Somebody saved in between; `current` is the record as it is now, None when it has gone.

    `reason` says it in other words where that is not quite what happened.
    """

    def __init__(self, what, current, *, reason=""):
        super().__init__(reason or f"Orang lain menyimpan perubahan pada {what} ini lebih dahulu.")
        self.current = current


def require_version(record, version: int | None, what: str):
    """StaleEdit when the locked `record` is newer than the `version` that the person read.

    None is for callers that show no form, such as an import, which compare in their own way.
    """
    if version is not None and record.version != version:
        raise StaleEdit(what, record)


def version_field(**kwargs):
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), OLD_PAGE)
    kwargs = {"label": "Versi", "min_value": 0, "max_value": 2**31 - 1} | kwargs
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=messages, **kwargs)


class VersionedForm(forms.ModelForm):
    """Carries the version of its instance in a hidden field; `cleaned_data["version"]` is what was read.

    A record that is not there yet has no such field.
    """

    version = version_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["version"]
        else:
            self.fields["version"].initial = self.instance.version


def digest(values) -> str:
    """Of plain values in their order; the same for what is read as the same text."""
    text = json.dumps([str(value or "") for value in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def seen_field():
    """Left out by whoever writes without having read, such as another program."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)


def posted(request) -> tuple:
    """What a form is bound to: data and files of a POST, nothing otherwise."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def again(request, **now):
    """What was posted, with what the page shows `now` in its hidden fields: for a form that is shown
    once more after a StaleEdit, with everything typed, and overwrites when it is sent again."""
    data = request.POST.copy()
    for name, value in now.items():
        data[name] = "" if value is None else str(value)
    return data


def attempt(request, form, service, *, cleaned=None, **arguments):
    """What the service returns for the form's content, or None with its reasons added to the form.

    `form` may be anything with `cleaned_data`, `fields` and `add_error`; `cleaned` is what the service
    is given in place of its `cleaned_data`.

    Two people who save the same name at the same moment are told apart by the database alone. The
    service then runs once more: it finds the other's record and says so in words.
    """
    given = {**arguments, **(form.cleaned_data if cleaned is None else cleaned)}
    try:
        return _twice(partial(service, actor=request.user, at=timezone.now(), **given))
    except ValidationError as error:
        add_errors(form, error)
        return None


def _twice(call):
    """ValidationError for what the database refuses a second time."""
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
    """The message of the constraint that the database names; SQLite names no unique one."""
    named = set(re.findall(r"\w+", str(error)))
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name in named:
                return constraint.get_violation_error_message()
    return AT_ONCE


def add_errors(form, error):
    """Puts a service's ValidationError on the fields it names, the rest on the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
