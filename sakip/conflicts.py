"""Two people with one text open: the second hears of the first and loses nothing.

A form carries `digest` of what it showed in its hidden field `seen`; whoever writes compares under
the lock and raises StaleText, which a page answers with 409 and both texts.
"""

import hashlib
import json

from django import forms

from sakip.errors import WrongState


class StaleText(WrongState):
    """Somebody saved in between; `current` is what stands there now."""

    def __init__(self, what, current):
        super().__init__(f"Orang lain menyimpan perubahan pada {what} ini lebih dahulu.")
        self.current = current


def digest(values) -> str:
    """Of plain values in their order; the same for what is read as the same text."""
    text = json.dumps([str(value or "") for value in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def seen_field():
    """Left out by whoever writes without having read, such as another program."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
