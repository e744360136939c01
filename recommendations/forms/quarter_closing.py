"""The form that chooses the year on the page of closed quarters."""

from django import forms


class QuarterYearForm(forms.Form):
    tahun = forms.IntegerField(label="Tahun", min_value=2000, max_value=2100, localize=False)
