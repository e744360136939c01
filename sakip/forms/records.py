"""What the forms of the settings pages have in common."""

from django import forms

from sakip.editing import VersionedForm


class NipField(forms.CharField):
    """Printed NIP carry spaces (19710808 199103 2 007); they mean nothing."""

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(**kwargs)  # The model counts the digits once the spaces are gone.

    def to_python(self, value):
        return "".join(super().to_python(value).split())


class RecordForm(VersionedForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
