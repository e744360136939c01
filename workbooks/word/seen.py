"""Notices that what a page shows was read again or corrected elsewhere since it was opened."""

import hashlib
import json
from dataclasses import asdict

from django import forms

from sakip.text_fields import LineFormField

CHANGED = (
    "Belum disimpan: hasil baca ini berubah di tab lain atau oleh orang lain sesudah halaman ini dibuka. "
    "Tekan Kembali di peramban untuk menyalin yang Anda ketik, lalu buka ulang halaman ini."
)


def state_of(mapping, entries=()) -> str:
    """Of how the file is read, and of these of its entries."""
    content = [asdict(one) for one in (mapping, *entries)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:20]


class ReadingForm(forms.Form):
    """`state` is that of what is stored now; the page sends back the one it was opened with."""

    seen = LineFormField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.state = self.initial["seen"] = state

    def clean(self):
        data = super().clean()
        if data.pop("seen", "") not in ("", self.state):
            self.add_error(None, CHANGED)
        return data
