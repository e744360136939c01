"""The form for the year of the tables."""

from django import forms


class YearForm(forms.Form):
    """The year of the tables, from the query string."""

    tahun = forms.IntegerField(
        label="Tahun",
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": "Tulis tahun dengan empat angka, misalnya 2023.",
            "min_value": "Tahun paling awal adalah 2000.",
            "max_value": "Tahun paling akhir adalah 2100.",
        },
    )
