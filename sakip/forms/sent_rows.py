"""Formsets whose number of rows is what the browser has sent, not what it claims."""

from django import forms

from sakip.field_errors import OLD_PAGE
from sakip.forms.unsaved import KeptRows


class SentRowsFormSet(KeptRows, forms.BaseFormSet):
    """Makes as many rows as were sent, and never more than `absolute_max`.

    A page counts its rows in a hidden field. Thirty bytes can claim a thousand rows there, and each row
    costs two milliseconds and two kilobytes.
    """

    default_error_messages = {
        "missing_management_form": OLD_PAGE,
        "too_many_forms": "Terlalu banyak baris. Simpan paling banyak %(num)d baris sekali jalan.",
    }

    def total_form_count(self):
        claimed = super().total_form_count()
        return min(claimed, self._sent()) if self.is_bound else claimed

    def _sent(self):
        head = f"{self.prefix}-"
        names = (
            name.removeprefix(head).partition("-")[0]
            for name in (*self.data, *self.files)
            if name.startswith(head)
        )
        # Nine digits: Python reads no longer numbers than a few thousand digits, and slowly.
        return 1 + max((int(one) for one in names if one.isdecimal() and len(one) < 9), default=-1)
