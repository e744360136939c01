"""What is asked of the page that reads a number or a date."""

from django import forms

from sakip.echo import KINDS
from sakip.text_fields import LineFormField


class EchoForm(forms.Form):
    jenis = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in KINDS])
    isi = LineFormField(required=False, max_length=100)
