"""Keeps what a person typed when the record can no longer be saved."""

from functools import wraps

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.html import linebreaks

from sakip.errors import WrongState
from sakip.richtext import RichTextFormField, clean, plain_text

GONE = "Yang hendak Anda ubah sudah tidak ada; mungkin orang lain menghapusnya lebih dahulu."


def keep_typed(form_class: type[forms.BaseForm]):
    """Returns a decorator for views: their 404 and 409 pages show the texts typed into the form.

    The answer is the same when the record is gone and when this person may not see it.
    """

    def decorate(view):
        @wraps(view)
        def kept(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except (Http404, WrongState) as refused:
                typed = _typed(form_class, request.POST)
                if not typed:
                    raise
                is_gone = isinstance(refused, Http404)
                context = {"typed": typed, "reason": GONE if is_gone else str(refused)}
                status = 404 if is_gone else 409
                return render(request, "reports/typed.html", context, status=status)

        return kept

    return decorate


def _typed(form_class, data):
    """Returns pairs of label and HTML of the typed texts. Choices are left out, because they are quick to
    repeat.
    """
    return [
        (field.label, _shown(field, data[name]))
        for name, field in form_class.base_fields.items()
        if isinstance(field, forms.CharField | forms.DateField)
        and not field.widget.is_hidden
        and plain_text(data.get(name, "")).strip()
    ]


def _shown(field, text):
    return (
        clean(text) if isinstance(field, RichTextFormField) else linebreaks(text, autoescape=True)
    )
