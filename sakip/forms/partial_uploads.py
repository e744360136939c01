"""What a browser says of a file before it sends it in parts."""

from django import forms

from sakip.text_fields import LineFormField

MOST = 2**53 - 1  # the largest whole number of a browser


class PromiseForm(forms.Form):
    """`modified` is the time of change of the file in milliseconds since 1970."""

    name = LineFormField(max_length=1000)
    size = forms.IntegerField(min_value=0, max_value=MOST)
    modified = forms.IntegerField(min_value=0, max_value=MOST)
