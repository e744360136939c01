"""A new token: its name, what it reads, how long it lives."""

from django import forms
from django.conf import settings

from api.rules.scopes import SCOPES
from sakip.text_fields import LineFormField

DAYS = [(days, f"{days} hari") for days in settings.API_TOKEN_DAYS]


class TokenForm(forms.Form):
    name = LineFormField(
        label="Nama",
        max_length=60,
        help_text="Program apa yang memakainya, misalnya “e-SAKIP provinsi”.",
        error_messages={"required": "Tulis nama program yang akan memakai token ini."},
    )
    scopes = forms.MultipleChoiceField(
        label="Data yang dibaca",
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Pilih hanya yang diperlukan. Token tidak dapat mengubah apa pun.",
    )
    days = forms.TypedChoiceField(
        label="Masa berlaku",
        choices=DAYS,
        coerce=int,
        initial=90,
        help_text="Sesudah itu token mati sendiri.",
    )
