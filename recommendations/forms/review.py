"""The filters of the review queue, and the one form by which an item is accepted or returned."""

from urllib.parse import urlencode

from django import forms

from recommendations.forms.renaksi import SeenForm
from recommendations.models import Component, ReviewDecision
from recommendations.selectors import review_queue
from sakip.converters import key_of
from sakip.forms.unit_choices import UnitFilterField

INDENT = "\u2007\u2007"  # a blank as wide as a figure, which a list of choices does not swallow


class ReviewUnitField(UnitFilterField):
    indent = INDENT


class QueueForm(forms.Form):
    """`data` is the query of an address. Units without anything in the queue are not offered."""

    unit = ReviewUnitField(None, label="Unit", required=False, empty_label="Semua unit")
    komponen = forms.ModelChoiceField(
        None, label="Komponen", required=False, empty_label="Semua komponen"
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        chosen = key_of(data.get("unit", ""))
        also = [chosen] if chosen else []  # stays on offer when its last item has just been decided
        self.fields["unit"].queryset = review_queue.units_of(review_queue.queue(user), also)
        self.fields["komponen"].queryset = Component.objects.all()

    def rows(self):
        """The queue as far as the filters are understood."""
        self.is_valid()
        chosen = self.cleaned_data
        return review_queue.queue(
            self.user, unit=chosen.get("unit"), component=chosen.get("komponen")
        )

    @property
    def query(self) -> str:
        """The filters as the addresses of this queue carry them, with the question mark."""
        pairs = [(name, self.data[name]) for name in self.fields if self.data.get(name)]
        return f"?{urlencode(pairs)}" if pairs else ""


class ReviewDecisionForm(SeenForm):
    """Two buttons named `decision` send it; which words are needed is the workflow's to say."""

    ACCEPT, RETURN = "accept", "return"

    reason = forms.ChoiceField(
        label="Alasan pengembalian",
        choices=ReviewDecision.Reason,
        widget=forms.RadioSelect(attrs={"class": "btn-check"}),
        required=False,
    )
    note = forms.CharField(
        label="Catatan",
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        required=False,
        max_length=2000,
        help_text="dibaca oleh unit; wajib bila dikembalikan",
    )
    decision = forms.ChoiceField(choices=[(ACCEPT, ""), (RETURN, "")], widget=forms.HiddenInput)

    def clean(self):
        """A reason chosen says "return": accepting then takes a second press, with the choice undone."""
        cleaned = super().clean()
        if cleaned.get("decision") == self.ACCEPT and cleaned.get("reason"):
            self.data = self.data.copy()
            del self.data["reason"]
            raise forms.ValidationError(
                "Tadi ada alasan pengembalian yang terpilih; sekarang sudah dikosongkan. "
                "Tekan “Terima dan berikutnya” sekali lagi bila memang diterima."
            )
        return cleaned
