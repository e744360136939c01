"""What a person typed is not lost with the record it was meant for."""

from functools import wraps

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.html import linebreaks

from sakip.errors import WrongState
from sakip.richtext import RichTextFormField, clean, plain_text

GONE = "Yang hendak Anda ubah sudah tidak ada; mungkin orang lain menghapusnya lebih dahulu."


def keep_typed(form_class: type[forms.BaseForm]):
    """A view whose 404 and 409 show what was typed into the form when it cannot be saved any more.

    The answer is the same whether the record has gone or is not for this person to see.
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
    """Pairs of label and HTML of the texts; a choice is no work to lose."""
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
