"""The filters of the review queue, and the forms by which items are accepted or returned."""

from urllib.parse import urlencode

from django import forms

from recommendations.forms.offered import OfferedField, units_of
from recommendations.forms.renaksi import SeenForm
from recommendations.models import Component, Evaluation, ReviewDecision
from recommendations.permissions import evaluation_policy
from recommendations.selectors import review_queue
from recommendations.selectors.review_order import BY_LHE, OLDEST_FIRST
from recommendations.transitions import NO_EVIDENCE, NO_NOTE, NO_REASON
from recommendations.workflow import missing
from sakip.converters import key_of
from sakip.forms.unsaved import KeptForm
from sakip.models import Unit
from sakip.prepared import Prepared
from sakip.text_fields import LinesFormField


def _choice(label, choices, empty_label="Semua"):
    return forms.ChoiceField(label=label, choices=[("", empty_label), *choices], required=False)


# Parameter of the address → argument of `review_queue.narrowed`.
FILTERS = {
    "unit": "unit",
    "tahun": "year",
    "komponen": "component",
    "batas": "due",
    "kembali": "returned",
    "bukti": "evidence",
}


def _years_of(lhes):
    return lhes.order_by("-performance_year").values_list("performance_year").distinct()


ALL_YEARS = Prepared(lambda: _years_of(Evaluation.objects.all()))


class QueueForm(forms.Form):
    """`data` is the query of the address. Units and years within the reach of the evaluator can be chosen."""

    unit = OfferedField(Unit, label="Unit", empty_label="Semua unit")
    tahun = forms.TypedChoiceField(label="Tahun kinerja", coerce=int, required=False)
    komponen = forms.ModelChoiceField(None, label="Komponen", required=False, empty_label="Semua")
    batas = _choice("Batas waktu", review_queue.DUE_CHOICES)
    kembali = _choice("Pengembalian", review_queue.RETURN_CHOICES)
    bukti = _choice("Bukti dukung", review_queue.EVIDENCE_CHOICES)
    urut = _choice("Urutan", [(OLDEST_FIRST, "Terlama dahulu")], "Menurut LHE")

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self._rows: dict = {}  # a page asks several times, and the question is long
        self.fields["unit"].offer = lambda: units_of(user)
        self.fields["tahun"].choices = self._years  # asked when they are needed
        self.fields["komponen"].queryset = Component.objects.all()
        self.is_valid()  # an invalid filter is ignored

    def _years(self):
        if evaluation_policy.allows_all(self.user, "view"):
            years = [year for (year,) in ALL_YEARS()]
        else:
            years = [year for (year,) in _years_of(Evaluation.objects.visible_to(self.user))]
        year = key_of(self.data.get("tahun", ""))
        if year and 2000 <= year <= 2100 and year not in years:
            years.append(year)  # a year without an LHE has nothing that waits
        return [("", "Semua"), *((year, year) for year in years)]

    @property
    def order(self) -> str:
        return self.cleaned_data.get("urut") or BY_LHE

    def rows(self, today):
        """Returns the filtered queue; `review_order` sorts it."""
        if today not in self._rows:
            chosen = {argument: self.cleaned_data.get(name) for name, argument in FILTERS.items()}
            rows = review_queue.queue(self.user)
            self._rows[today] = review_queue.narrowed(rows, today=today, **chosen)
        return self._rows[today].all()

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in FILTERS)

    @property
    def query(self) -> str:
        """Returns filters and order as a query string with the question mark; empty without them."""
        pairs = [(name, self.data[name]) for name in self.fields if self.data.get(name)]
        return f"?{urlencode(pairs)}" if pairs else ""


ACCEPT, RETURN = "accept", "return"


class _JudgementForm(KeptForm, forms.Form):
    """What a decision consists of. Two buttons named `decision` submit the form."""

    reason = forms.ChoiceField(
        label="Alasan pengembalian",
        choices=ReviewDecision.Reason,
        widget=forms.RadioSelect(attrs={"class": "btn-check"}),
        required=False,
    )
    note = LinesFormField(
        label="Catatan",
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        required=False,
        max_length=2000,
        help_text="dibaca oleh unit; wajib bila dikembalikan",
    )
    decision = forms.ChoiceField(
        label="Keputusan", choices=[(ACCEPT, ""), (RETURN, "")], widget=forms.HiddenInput
    )
    accept_label = ""

    def clean(self):
        """Refuses to accept while a reason for a return is chosen: the person must first remove the reason."""
        cleaned = super().clean()
        if cleaned.get("decision") == ACCEPT and cleaned.get("reason"):
            self.data = self.data.copy()
            del self.data["reason"]
            raise forms.ValidationError(
                "Tadi ada alasan pengembalian yang terpilih; sekarang sudah dikosongkan. "
                f"Tekan “{self.accept_label}” sekali lagi bila memang diterima."
            )
        return cleaned


class ReviewDecisionForm(_JudgementForm, SeenForm):
    """The decision on one item. The workflow checks whether a note or a reason is needed."""

    without_evidence = forms.BooleanField(
        label="Terima walaupun tanpa bukti dukung", required=False
    )
    accept_label = "Terima dan berikutnya"
    asks_about_evidence = False  # the page shows the question only when it came up

    def __init__(self, *args, renaksi, **kwargs):
        super().__init__(*args, renaksi=renaksi, **kwargs)
        self.renaksi = renaksi

    def clean(self):
        cleaned = super().clean()
        is_sure = cleaned.pop("without_evidence", False)
        if cleaned.get("decision") == ACCEPT and NO_EVIDENCE in missing(self.renaksi):
            self.asks_about_evidence = True
            if not is_sure:
                raise forms.ValidationError(
                    "Tidak ada bukti dukung. Bila tetap diterima, centang "
                    f"“{self.fields['without_evidence'].label}”, lalu tekan “{self.accept_label}”."
                )
        return cleaned

    @classmethod
    def with_note(cls, data, earlier, *, renaksi):
        """A form that was not sent: what was typed so far, with the note of the decision `earlier` added.

        An empty note takes its text, a note that was begun gets it as a new line. The reason is taken
        when none was chosen. `earlier` None adds nothing.
        """
        fields = ("version", "last_entry", "reason", "note")
        begun = {name: data[name] for name in fields if data.get(name)}
        if earlier:
            lines = [begun.get("note", "").rstrip(), earlier.note]
            begun["note"] = "\n".join(filter(None, lines))
            begun.setdefault("reason", earlier.reason)
        return cls(initial=begun, renaksi=renaksi)


class BulkDecisionForm(_JudgementForm):
    """The same decision on those of `rows` that the person ticked as checked.

    Each row sends a tick named `renaksi`, and the version that the page showed.
    """

    accept_label = "Terima yang dicentang"

    def __init__(self, data=None, *, rows):
        super().__init__(data)
        self.rows = rows

    @property
    def ticked(self) -> set[int]:
        return {key_of(text) for text in self.data.getlist("renaksi")} if self.is_bound else set()

    @property
    def items(self):
        """Returns pairs of a ticked row and the version that the person saw."""
        chosen = [row for row in self.rows if row.pk in self.ticked]
        return [(row, key_of(self.data.get(f"version-{row.pk}", ""))) for row in chosen]

    def clean(self):
        cleaned = super().clean()
        if not self.items:
            raise forms.ValidationError("Centang paling sedikit satu yang sudah Anda periksa.")
        if cleaned.get("decision") == RETURN:
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", NO_REASON)
            if not cleaned.get("note", "").strip() and "note" not in self.errors:
                self.add_error("note", NO_NOTE)
        return cleaned
