"""What is asked of the search of the header."""

from django import forms

from sakip.finding.asked import LONGEST, Asked
from sakip.text_fields import LineFormField


class SearchForm(forms.Form):
    """Read from the query string; a text that is too long is read to its limit, an unknown kind is none."""

    teks = LineFormField(required=False)
    jenis = LineFormField(required=False)

    @property
    def asked(self) -> Asked:
        self.is_valid()
        return Asked(self.cleaned_data.get("teks", "")[:LONGEST])

    @property
    def code(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("jenis", "")
