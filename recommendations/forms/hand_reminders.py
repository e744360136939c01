"""Whom a reminder by hand is for."""

from django import forms

from sakip.converters import key_of
from sakip.text_fields import LineFormField

EVERYBODY = "semua"


class RemindForm(forms.Form):
    """`unit` is the key of a body, EVERYBODY, or empty for no choice yet."""

    unit = LineFormField(required=False, max_length=20)

    def chosen(self, late):
        """Returns which of these keys of bodies are chosen; None without a choice or when it is none of them."""
        unit = self.cleaned_data["unit"] if self.is_valid() else ""
        if unit == EVERYBODY:
            return set(late) or None
        return {key_of(unit)} & set(late) or None
