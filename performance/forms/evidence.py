"""The form for evidence of a realisation."""

from django import forms

from sakip.forms.fields import UploadField


class FigureEvidenceForm(forms.Form):
    file = UploadField(error_messages={"required": "Pilih berkas yang dilampirkan."})
