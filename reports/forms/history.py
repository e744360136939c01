"""What the history is filtered by."""

from functools import cached_property

from django import forms

from recommendations.forms.offered import OfferedField
from recommendations.models import Evaluation
from reports.selectors.history import KINDS
from sakip.forms.fields import IndonesianDateField
from sakip.forms.selects import LongSelect
from sakip.forms.unit_choices import told_apart
from sakip.history.words import action_choices
from sakip.models import Unit
from sakip.selectors.unit_tree import unit_tree
from sakip.text_fields import LineFormField


class HistoryFilter(forms.Form):
    """Read from the query string; an empty field filters nothing."""

    orang = LineFormField(label="Orang", required=False, max_length=150)
    jenis = forms.ChoiceField(
        label="Jenis data",
        required=False,
        choices=[("", "Semua"), *((key, kind.label) for key, kind in KINDS.items())],
        widget=LongSelect,
    )
    unit = OfferedField(Unit, label="Perangkat daerah")
    tindakan = forms.ChoiceField(
        label="Tindakan",
        required=False,
        choices=lambda: [("", "Semua"), *action_choices()],
        widget=LongSelect,
    )
    dari = IndonesianDateField(label="Sejak tanggal", required=False)
    sampai = IndonesianDateField(label="Sampai tanggal", required=False)
    teks = LineFormField(label="Kata kunci", required=False, max_length=100)
    # The pk of one record of the kind `jenis`; set by links from its page.
    data = forms.IntegerField(  # type: ignore[assignment]  # Django removes fields from the class
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )
    # One act; set by the link below an act of which only the newest entries are shown.
    sekali = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Tautan ini tidak lengkap. Buka lagi dari halaman riwayat."},
    )

    def __init__(self, data, *, user):
        """Only bodies of LHE that the person may see can be chosen."""
        super().__init__(data)
        self.user = user
        self.fields["unit"].offer = lambda: self._bodies

    @cached_property
    def _bodies(self) -> list[tuple[int, str]]:
        visible, tree = Evaluation.objects.visible_to(self.user), unit_tree(self.user)
        keys = visible.order_by().values_list("unit", flat=True).distinct()
        units = [tree.units[pk] for pk in sorted(keys, key=tree.ranks.__getitem__)]
        return list(told_apart(units, tree=tree).items())

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        start, end = cleaned.get("dari"), cleaned.get("sampai")
        if start and end and end < start:
            self.add_error("sampai", "Tulis tanggal yang tidak mendahului “sejak tanggal”.")
        return cleaned
