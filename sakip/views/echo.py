"""The line under a field that says how its number or date is read (static/js/echo.js)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sakip.echo import KINDS
from sakip.forms.echo import EchoForm


@require_safe
def echo(request):
    """Reads with the parsers of the forms, and changes nothing. Of an unknown kind, or of nothing, it says nothing."""
    form = EchoForm(request.GET)
    form.is_valid()
    kind, text = form.cleaned_data.get("jenis"), form.cleaned_data.get("isi")
    told = KINDS[kind](text) if kind and text else None
    return render(request, "components/_echo.html", {"echo": told})
