"""The filters of the review queue, and the one form by which an item is accepted or returned."""

from urllib.parse import urlencode

from django import forms

from recommendations.forms.renaksi import SeenForm
from recommendations.models import Component, ReviewDecision
from recommendations.selectors import review_queue
from sakip.converters import key_of
from sakip.forms.unit_choices import UnitFilterField, with_units_above

INDENT = "\u2007\u2007"  # spaces as wide as a digit; browsers do not remove them from options


class ReviewUnitField(UnitFilterField):
    indent = INDENT


class QueueForm(forms.Form):
    """`data` is the query of the address. Only units with items in the queue can be chosen."""

    unit = ReviewUnitField(None, label="Unit", required=False, empty_label="Semua unit")
    komponen = forms.ModelChoiceField(
        None, label="Komponen", required=False, empty_label="Semua komponen"
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        chosen = key_of(data.get("unit", ""))
        also = {chosen} - {None}  # stays a choice after its last item was decided
        if user.reach is not None:
            also &= user.reach
        leads = review_queue.queue(user).order_by().values_list("lead_unit", flat=True)
        self.fields["unit"].queryset = with_units_above(user, {*leads.distinct()} | also)
        self.fields["komponen"].queryset = Component.objects.all()

    def rows(self):
        """Returns the filtered queue; an invalid filter is ignored."""
        self.is_valid()
        chosen = self.cleaned_data
        return review_queue.queue(
            self.user, unit=chosen.get("unit"), component=chosen.get("komponen")
        )

    @property
    def query(self) -> str:
        """Returns the filters as a query string with the question mark; empty without filters."""
        pairs = [(name, self.data[name]) for name in self.fields if self.data.get(name)]
        return f"?{urlencode(pairs)}" if pairs else ""


class ReviewDecisionForm(SeenForm):
    """Two buttons named `decision` submit it. The workflow checks whether a note or a reason is needed."""

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
    decision = forms.ChoiceField(
        label="Keputusan", choices=[(ACCEPT, ""), (RETURN, "")], widget=forms.HiddenInput
    )

    def clean(self):
        """Refuses to accept while a reason for a return is chosen: the person must first remove the reason."""
        cleaned = super().clean()
        if cleaned.get("decision") == self.ACCEPT and cleaned.get("reason"):
            self.data = self.data.copy()
            del self.data["reason"]
            raise forms.ValidationError(
                "Tadi ada alasan pengembalian yang terpilih; sekarang sudah dikosongkan. "
                "Tekan “Terima dan berikutnya” sekali lagi bila memang diterima."
            )
        return cleaned
