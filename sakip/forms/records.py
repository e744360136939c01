"""What the forms of the settings pages have in common."""

from sakip.editing import VersionedForm
from sakip.text_fields import LineFormField


class NipField(LineFormField):
    """Removes the spaces of a printed NIP (19710808 199103 2 007); they have no meaning."""

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(
            **kwargs
        )  # The model checks the number of digits, after the spaces are removed.

    def to_python(self, value):
        return "".join(super().to_python(value).split())


class RecordForm(VersionedForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
