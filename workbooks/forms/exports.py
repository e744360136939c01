"""Which columns, which rows and which kind of file an export has; read from the address."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from recommendations.forms.evaluations import EvaluationFilterForm
from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import Evaluation
from sakip.selectors.unit_tree import unit_tree
from sakip.text_fields import LineFormField
from workbooks.writers import exports
from workbooks.writers.formats import FORMATS


def _renaksi(query, user):
    return FilterForm(query, user=user).rows(timezone.localdate())


def _evaluations(query, user):
    visible = Evaluation.objects.visible_to(user)
    return EvaluationFilterForm(query, visible, tree=unit_tree(user)).narrowed()


# The lists whose filters an export follows, by kind.
LISTS = {"renaksi": _renaksi, "evaluations": _evaluations}


class ExportForm(forms.Form):
    """Nothing chosen means everything, as XLSX. `saringan` are the filters of the list it came from."""

    bentuk = forms.ChoiceField(
        label="Bentuk berkas",
        choices=[(name, row.label) for name, row in FORMATS.items()],
        required=False,
    )
    kolom = forms.MultipleChoiceField(
        label="Kolom",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tidak ada yang dipilih berarti semua. Kolom kunci selalu ikut.",
    )
    saringan = LineFormField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, kind, user):
        super().__init__(data)
        self.kind, self.user = kind, user
        self.exports = exports.exports(kind, user)
        self.fields["kolom"].choices = [
            (
                export.sheet.title,
                [
                    (f"{export.sheet.title}!{column.label}", column.label)
                    for column in export.columns
                    if not column.key
                ],
            )
            for export in self.exports
        ]

    @property
    def format(self) -> str:
        return self.cleaned_data.get("bentuk") or "xlsx"

    @property
    def columns(self) -> list[str] | None:
        return self.cleaned_data.get("kolom") or None

    @property
    def among(self) -> QuerySet | None:
        """The rows that the list shows; None without filters."""
        query = self.cleaned_data.get("saringan", "") if hasattr(self, "cleaned_data") else ""
        if query and self.kind.name in LISTS:
            return LISTS[self.kind.name](QueryDict(query), self.user)
        return None

    @property
    def count(self) -> int:
        """Rows of the first sheet."""
        return exports.exports(self.kind, self.user, among=self.among)[0].count()
