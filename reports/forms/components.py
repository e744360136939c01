"""The form on the page of the components: one field of each kind."""

from django import forms

from sakip.forms.fields import IndonesianDateField, IndonesianDecimalField, UploadField
from sakip.text_fields import LineFormField, LinesFormField

CHOICES = [("a", "Pilihan pertama"), ("b", "Pilihan kedua")]


class SampleForm(forms.Form):
    """Bound with `WRONG` it shows an error at almost every field."""

    name = LineFormField(label="Teks", help_text="Satu kalimat tentang isinya.")
    number = IndonesianDecimalField(label="Angka")
    day = IndonesianDateField(label="Tanggal")
    text = LinesFormField(label="Teks panjang", widget=forms.Textarea({"rows": 3}))
    choice = forms.ChoiceField(label="Pilihan", choices=CHOICES)
    one = forms.ChoiceField(label="Satu dari beberapa", choices=CHOICES, widget=forms.RadioSelect)
    ticked = forms.BooleanField(label="Dicentang")
    file = UploadField()


WRONG = {"name": "", "number": "1.234", "day": "12/31/2026", "choice": "c", "one": "a"}
RIGHT = {"name": "Biro Umum", "number": "87,5", "day": "2 Oktober 2023", "text": "Isi", "one": "b"}
